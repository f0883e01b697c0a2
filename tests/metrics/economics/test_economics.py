"""Compare unit economics on random tables with references that look at every row and every day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Result
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.metrics.economics.value_metrics import BANDS
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.formats import json as as_json
from custmetrics_cli.render.output import Output
from tests.metrics.revenue.test_mrr import PERIOD, RATES_CSV, crowds, csv, day
from tests.support.asking import ENGINES, ask, ask_list, question, written
from tests.support.reference import totals
from tests.support.reference_economics import (
    CHANNELS,
    KEEPS,
    MONTHS,
    QUARTER,
    WINS,
    as_csv,
    costs,
    lost_in,
    spent,
    subscribers,
    subscriptions,
    value_of,
)

FEW = settings(max_examples=2, phases=[Phase.generate])
SEEDS = st.integers(0, 2**32)


def asked(tables: Mapping[str, str], metrics: str, period: str, engine: str, definition: str = "standard", **more: Any) -> list[Result]:
    """Return the results of several metrics, in order of metric. The tables are read once."""
    first, *others = metrics.split()
    one = question(first, period, definition, **more)
    every = one._replace(metrics=(*one.metrics, *((METRICS[name].only("standard"), "standard") for name in others)))
    with TemporaryDirectory() as folder:
        return list(ask(written(Path(folder), tables), every, engine).results)


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(seed=SEEDS, currencies=st.sampled_from([("EUR",), ("EUR", "USD")]))
def test_acquisition_and_retention_costs_match_the_reference(seed: int, currencies: tuple[str, ...], engine: str) -> None:
    dice = Random(seed)
    rows, people = costs(dice, currencies), subscribers(dice)
    tables = {"costs": as_csv(rows), "subscriptions": subscriptions(people), "rates": RATES_CSV}
    more: dict[str, Any] = {"currency": "EUR", "every": "month"}
    months = list(pairwise(MONTHS[:6]))
    found = asked(tables, "cac retention-cost", "2022-01..2022-05", engine, **more)
    for result, (start, end) in zip(found[:5], months, strict=True):
        assert result.totals["spend"] == spent(rows, WINS, start, end)
        assert result.totals["starts"] == sum(counts["starts"] for counts in totals(people, start, end).values())
        assert result.totals["without_channel"] == spent(rows, WINS, start, end, "")
        assert result.totals["other_spend"] == spent(rows, (*KEEPS, "rent", "sales tax", ""), start, end)
    for result, (start, end) in zip(found[5:], months, strict=True):
        kept = sum(counts["kept"] for counts in totals(people, start, end).values())
        assert result.value == (spent(rows, KEEPS, start, end) / kept * 12 if kept else None)
    (start, end), by = QUARTER, {"currency": "EUR", "by": ["channel"]}
    starts = totals(people, start, end)
    for result in asked(tables, "cac", "2022-Q2", engine, **by):
        channel = result.group["channel"] or ""
        assert result.totals["spend"] == spent(rows, WINS, start, end, channel)
        assert result.totals["starts"] == starts.get(channel, {}).get("starts", 0)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("period", "span"), [("2022-Q2", QUARTER), ("2022-05", (MONTHS[4], MONTHS[5]))])
@FEW
@given(seed=SEEDS)
def test_customer_value_matches_the_reference(seed: int, period: str, span: tuple[int, int], engine: str) -> None:
    dice = Random(seed)
    people, rows = subscribers(dice), costs(dice)
    tables = {"subscriptions": subscriptions(people), "costs": as_csv(rows)}
    clv, starts = value_of(people, *span), sum(counts["starts"] for counts in totals(people, *span).values())
    cac = spent(rows, WINS, *span) / starts if starts else None
    found, ratio, profit = asked(tables, "clv clv-cac profit-per-customer", period, engine, options={"margin": "70%"})
    assert found.value == clv
    assert found.interval is None or found.value is None or found.interval.low <= found.value <= found.interval.high
    assert ratio.value == (clv / cac if clv is not None and cac else None)
    assert profit.value == (clv - cac if clv is not None and cac is not None else None)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("currencies", "pauses"), [(("EUR",), False), (("EUR",), True), (("EUR", "USD"), None)])
@FEW
@given(data=st.data(), gap=st.sampled_from([0, 3]))
def test_mrr_of_lost_customers_matches_the_reference(
    data: st.DataObject, gap: int, currencies: tuple[str, ...], pauses: bool | None, engine: str
) -> None:
    """Without pauses and conversion it comes from spans, else and for a list from stints."""
    crowd = data.draw(crowds(currencies, pauses))
    tables, expected = {"subscriptions": csv(crowd), "rates": RATES_CSV}, lost_in(crowd, gap)
    named = ("lost", "lost_customers_mrr")
    (whole,) = asked(tables, "lost-revenue", PERIOD, engine, gap=gap, currency="EUR")
    assert [whole.totals[name] for name in named] == [sum(each[at] for each in expected.values()) for at in (0, 1)]
    for result in asked(tables, "lost-revenue", PERIOD, engine, gap=gap, currency="EUR", by=["plan"]):
        assert tuple(result.totals[name] for name in named) == expected.get(result.group["plan"], (0, 0))
    with TemporaryDirectory() as folder:
        question_ = question("lost-revenue", PERIOD, gap=gap, currency="EUR")
        listing = ask_list(written(Path(folder), tables), question_, named[1], engine)
    assert (
        sum((Fraction(number) for *_, number in listing.rows if isinstance(number, int | Fraction)), Fraction(0)) == whole.totals[named[1]]
    )


@pytest.mark.parametrize(
    ("value", "word"),
    [("-1", "losing"), ("0.99", "losing"), ("1", "thin"), ("2.99", "thin"), ("3", "healthy"), ("5", "healthy"), ("5.01", "underinvesting")],
)
def test_a_rule_of_thumb_is_shown_only_with_a_margin(value: str, word: str) -> None:
    assert BANDS.word(Fraction(value), {"margin": Fraction(1)}) == word
    assert BANDS.word(Fraction(value), {"to_win": "sales"}) is None
    assert BANDS.word(None, {"margin": Fraction(1)}) is None


CUSTOMER = "customer_id,started_at,ended_at,amount,currency\nA,2022-01-01,2022-04-10,100,EUR\nB,2022-04-05,,100,EUR\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_json_has_the_rule_of_thumb_beside_the_value(tmp_path: Path, engine: str) -> None:
    paths = written(tmp_path, {"subscriptions": CUSTOMER, "costs": "date,amount,currency\n2022-04-05,50,EUR\n"})
    for own, band in ({}, None), ({"margin": "100%"}, "thin"):
        answer = ask(paths, question("clv-cac", "2022-04", options=own), engine)
        (record,) = json.loads(as_json.FORMAT.write(AnswerDocument(answer), Output()))["results"]
        assert (record["value"], record.get("band")) == (2.0, band)


def test_costs_and_revenue_in_two_currencies_need_rates(tmp_path: Path) -> None:
    paths = written(tmp_path, {"subscriptions": CUSTOMER, "costs": "date,amount,currency\n2022-04-05,50,USD\n"})
    with pytest.raises(CustmetricsError, match="E330"):
        ask(paths, question("clv-cac", "2022-04"))


def test_a_payment_before_the_first_rate_is_an_error(tmp_path: Path) -> None:
    tables = {"purchases": "customer_id,date,amount,currency\nA,2021-05-01,10,USD\nB,2022-04-05,10,EUR\n"}
    tables["rates"] = "date,from,to,rate\n2022-01-01,USD,EUR,0.5\n"
    with pytest.raises(CustmetricsError, match=r"E332 .* on or before 2021-05-01"):
        ask(written(tmp_path, tables), question("clv", "2022-04", "historic", currency="EUR"))


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(seed=SEEDS)
def test_historic_value_matches_the_reference(seed: int, engine: str) -> None:
    dice = Random(seed)
    rows = [
        {
            "customer_id": f"C{dice.randint(1, 20)}",
            "date": day(dice.randint(0, 200)),
            "amount": dice.randint(-20, 50),
            "channel": dice.choice(CHANNELS),
        }
        for _ in range(40)
    ]
    results = asked({"purchases": as_csv(rows)}, "clv", "2022-01..2022-06", engine, "historic", every="month", by=["channel"])
    for result in results:
        seen = [row for row in rows if row["date"] < result.period.end.isoformat()]
        first: dict[str, tuple[str, bool, str]] = {}
        for row in (row for row in seen if row["amount"] >= 0):
            here = (row["date"], not row["channel"], row["channel"])
            first[row["customer_id"]] = min(here, first.get(row["customer_id"], here))
        channel = result.group["channel"] or ""
        assert result.totals["revenue_to_date"] == sum(row["amount"] for row in seen if row["channel"] == channel)
        assert result.totals["buyers_to_date"] == sum(place[2] == channel for place in first.values())


COSTS = (
    "date,amount,category,channel\n2022-04-05,50,sales,\n2022-04-05,25,marketing,web\n2022-04-09,5,marketing,web\n2022-04-09,7,rent,web\n"
)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_list_of_costs_has_days_instead_of_customers(tmp_path: Path, engine: str) -> None:
    paths = written(tmp_path, {"subscriptions": CUSTOMER, "costs": COSTS})
    listed = ask_list(paths, question("cac", "2022-04"), "spend", engine)
    assert listed.columns == ("date", "category", "channel", "spend")
    assert listed.rows == [
        ("2022-04-05", "marketing", "web", 25),
        ("2022-04-05", "sales", None, 50),
        ("2022-04-09", "marketing", "web", 5),
    ]


def test_a_column_to_split_by_must_be_in_every_table(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": "customer_id,started_at,plan\nA,2022-04-05,pro\n", "costs": COSTS})
    with pytest.raises(CustmetricsError, match="E124 costs has no column 'plan'; customers has"):
        ask(paths, question("cac", "2022-04", by=["plan"]))


@pytest.mark.parametrize(("rows", "codes"), [("A,2022-01-05,\nB,2022-04-05,\n", set()), ("A,2022-01-05,\nC,2022-04-05,\n", {"W303"})])
def test_a_warning_if_customers_and_subscriptions_disagree(tmp_path: Path, rows: str, codes: set[str]) -> None:
    tables = {"subscriptions": CUSTOMER.replace("2022-04-10", ""), "costs": COSTS, "customers": "customer_id,started_at,ended_at\n" + rows}
    warnings = ask(written(tmp_path, tables), question("cac", "2022-04")).warnings
    assert {warned.code for warned in warnings if warned.code == "W303"} == codes
    assert all("use subscriptions" in warned.message for warned in warnings if warned.code == "W303")
