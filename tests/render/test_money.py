"""Money and settings in every format."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from custmetrics_cli.core.data.comparison import Comparison
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.result import Answer
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.documents.explain import explain
from custmetrics_cli.render.output import Output
from custmetrics_cli.stats.intervals import Interval
from tests.render.test_json import read, validate
from tests.support import made_results as made

TABLE, JSON = FORMATS["table"], FORMATS["json"]


def result(answer: Answer) -> dict[str, object]:
    (found,) = json.loads(made.answer(JSON, answer, Output()))["results"]
    return dict(found)


def test_a_value_in_money_names_its_currency_once() -> None:
    text = made.answer(TABLE, made.ANSWERS["money"], Output())
    assert "│ 3.70 EUR │ 33.33 / 9 │" in text
    assert "   spend  33.33  spent\n   new        9  new customers\n" in text
    assert "amounts in" not in text


def test_the_footer_names_the_currency_of_the_totals_of_a_share() -> None:
    assert made.answer(TABLE, made.ANSWERS["money of a share"], Output()).endswith("""\
nrr = kept_mrr / base_mrr
   base_mrr  471.43  MRR at the start
   kept_mrr  450.00  MRR of the same customers at the end

amounts in EUR
settings: past-due=keep, discounts=subtract
customers.csv: 1,200 of 1,203 rows used; skipped: 3 blank score
""")


def test_a_formula_over_another_metric_has_both_formulas() -> None:
    text = made.answer(TABLE, made.ANSWERS["uses money"], Output())
    assert "│ 5,400.00 EUR │ 12 * 450.00 │" in text
    assert "arr = 12 * net_price\nnet_price = kept_mrr\n" in text


def test_a_value_that_is_a_total_is_not_repeated() -> None:
    plain = made.price()._replace(
        metric=made.NET_PRICE, formula="kept_mrr", totals={"kept_mrr": Fraction(100, 27)}, units={"kept_mrr": "money"}
    )
    assert "how" not in made.answer(TABLE, Answer([plain]), Output())


def test_an_interval_and_a_difference_of_money() -> None:
    comparison = Comparison(made.Q1, Fraction(5, 3), Fraction(55, 27), Interval(-1.00005, 3000.123456, "bootstrap"))
    answer = Answer([made.price()._replace(interval=Interval(1.00001, 5000.98765, "bootstrap"), comparison=comparison)])
    text = made.answer(TABLE, answer, Output())
    assert "│ 1.00 to 5,000.99 EUR │ 1.67 EUR (2022-Q1) │ +2.04 EUR (-1.00 to +3,000.12) │" in text
    (found,) = json.loads(made.answer(JSON, answer, Output()))["results"]
    assert (found["interval"]["low"], found["interval"]["high"]) == (1.0, 5000.9877)
    other = found["comparison"]
    assert (other["value"], other["difference"], other["interval"]["high"]) == (float(Fraction(5, 3)), float(Fraction(55, 27)), 3000.1235)


def test_a_series_of_money() -> None:
    totals = {"base_mrr": Fraction(9), "kept_mrr": Fraction(7, 2)}
    one, two = (made.kept(currency="EUR")._replace(period=when, totals=totals) for when in (made.Q1, made.Q2))
    assert "│ 2022-Q1 │ 95.45 % │ 3.50 / 9.00 │" in made.answer(TABLE, Answer([one, two]), Output())


def test_data_has_a_currency_only_if_some_figure_is_money() -> None:
    known, unknown = (result(made.ANSWERS[name]) for name in ("money of a share", "money without a currency"))
    assert (known["currency"], unknown["currency"]) == ("EUR", None)
    assert known["totals"] == {"base_mrr": float(Fraction(3300, 7)), "kept_mrr": 450.0}
    assert "currency" not in result(Answer([made.churn(1, 8, currency="EUR")]))
    assert ",currency," not in made.answer(FORMATS["csv"], Answer([made.churn(1, 8, currency="EUR")]), Output())


def test_a_definition_may_have_its_own_unit() -> None:
    share = made.kept()._replace(metric=made.NET_PRICE, value=Fraction(1, 2))
    assert "50.00 %" in made.answer(TABLE, Answer([share]), Output())
    metric = replace(
        made.NET_PRICE,
        definitions={**made.NET_PRICE.definitions, "share": Definition(Formula("kept_mrr / base_mrr"), (), "of all", unit="ratio")},
    )
    assert "  share  kept_mrr / base_mrr  of all  a share, shown in percent" in explain(metric, {})


def test_a_listing_of_money() -> None:
    assert (
        made.listing(TABLE, made.SOLD, Output())
        == """\
kept_mrr: MRR of the same customers at the end, 2022-Q2 (2022-04-01 to 2022-06-30)

╭─────────────┬──────────────┬──────────┬──────╮
│ customer_id │       before │ kept_mrr │    n │
├─────────────┼──────────────┼──────────┼──────┤
│ C1          │              │    33.33 │ 1200 │
│ C2          │ 1,234,567.00 │     0.00 │    1 │
╰─────────────┴──────────────┴──────────┴──────╯
2 rows

amounts in EUR
settings: past-due=keep, discounts=subtract
"""
    )
    assert made.listing(FORMATS["csv"], made.SOLD, Output()) == (
        "customer_id,before,kept_mrr,n,currency,policies\n"
        "C1,,33.333333333333336,1200,EUR,past-due keep; discounts subtract\n"
        "C2,1234567.0,0.0,1,EUR,past-due keep; discounts subtract\n"
    )
    document = read(made.listing(JSON, made.SOLD, Output()))
    validate(document, "listing")
    assert (document["currency"], document["units"]) == ("EUR", {"before": "money", "kept_mrr": "money"})
    assert document["rows"] == [["C1", None, float(Fraction(100, 3)), 1200], ["C2", 1234567.0, 0.0, 1]]


@pytest.mark.parametrize("name", made.TEXTS)
def test_every_format_shows_the_settings(name: str) -> None:
    """Without settings no format mentions them."""
    answer = made.ANSWERS["money of a share"]
    for shown, bare in (
        (made.answer(FORMATS[name], answer, Output()), made.answer(FORMATS[name], answer._replace(policies={}), Output())),
        (made.listing(FORMATS[name], made.SOLD, Output()), made.listing(FORMATS[name], made.SOLD._replace(policies={}), Output())),
    ):
        assert "past-due" in shown
        assert "discounts" in shown
        assert "past-due" not in bare
        assert "policies" not in bare


def test_settings_as_data_and_as_text() -> None:
    answer = made.ANSWERS["money of a share"]
    assert json.loads(made.answer(JSON, answer, Output()))["policies"] == made.POLICIES
    assert json.loads(made.answer(FORMATS["jsonl"], answer, Output()))["policies"] == "past-due keep; discounts subtract"
    assert "settings: past-due=keep, discounts=subtract\n" in explain(made.NRR, {}, answer)
    assert "settings: past-due=keep" in made.answer(TABLE, Answer([], policies=made.POLICIES), Output())
