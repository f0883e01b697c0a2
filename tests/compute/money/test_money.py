"""The currency of an answer, and the exchange rates of other currencies on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.compute.money.asked import AskedCurrency
from custmetrics_cli.compute.money.convert import ConvertedMoney, RateSeries, SingleCurrency
from custmetrics_cli.compute.money.currency import Currencies
from custmetrics_cli.compute.money.rates import rate_series
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.loaded import Loaded
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection
from tests.support.asking import ENGINES, TODAY, ask, ask_list, question, written

END = dt.date(2022, 2, 28)  # the last day of the files
HEAD = "customer_id,started_at,ended_at,amount,currency\n"
RATES = "date,from,to,rate\n"
DOLLARS = RATES + "2022-01-03,USD,EUR,0.88\n2022-01-07,USD,EUR,0.90\n2022-01-10,USD,EUR,0.90\n2022-01-11,usd,eur,0.875\n"


def day(text: str) -> int:
    return day_number(dt.date.fromisoformat(text))


@contextmanager
def tables(folder: Path, engine: str = "pandas", **texts: str) -> Iterator[Loaded]:
    wanted = {"rates": Selection(reads=("date", "from", "to", "rate")), "subscriptions": Selection(reads=("monthly",))}
    with load(find(written(folder, texts), TABLES), wanted, Settings(today=TODAY), engine) as loaded:
        yield loaded


def currencies(folder: Path, requested: str, *, engine: str = "pandas", **texts: str) -> tuple[str | None, dict[str, Fraction]]:
    """Return the currency of the answer, and the rate of each currency at the end of January."""
    with tables(folder, engine, **texts) as loaded:
        found = Currencies(loaded, [name for name in texts if name != "rates"], AskedCurrency(requested))
        money, words = found.money("subscriptions"), loaded.words["subscriptions"].get("currency", ())
        return found.answer_currency, {word: money.rate(code, day("2022-01-31")) for code, word in enumerate(words)}


def error_of(folder: Path, requested: str = "", **texts: str) -> str:
    with pytest.raises(CustmetricsError) as error:
        currencies(folder, requested, **texts)
    return str(error.value)


def subscriptions(*names: str) -> str:
    return HEAD + "".join(f"C{n},2022-01-01,,10,{name}\n" for n, name in enumerate(names))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("on", "rate"),
    [
        ("2022-01-02", None),
        ("2022-01-03", "0.88"),
        ("2022-01-06", "0.88"),
        ("2022-01-07", "0.90"),
        ("2022-01-09", "0.90"),
        ("2022-01-11", "0.875"),
        ("2030-01-01", "0.875"),
    ],
)
def test_the_latest_rate_on_or_before_a_day_counts(tmp_path: Path, on: str, rate: str | None, engine: str) -> None:
    with tables(tmp_path, engine, rates=DOLLARS) as loaded:
        assert rate_series(loaded, "EUR")["USD"].on(day(on)) == (Fraction(rate) if rate else None)
        assert rate_series(loaded, "USD")["EUR"].on(day(on)) == (1 / Fraction(rate) if rate else None)


def test_change_days_are_the_days_with_a_new_rate() -> None:
    money = ConvertedMoney(("EUR", "GBP", "USD", ""), "EUR", {"USD": RateSeries([3, 7, 10], [Fraction(1), Fraction(2), Fraction(2)])}, {})
    assert money.change_days == [3, 7]
    assert [money.rate(2, on) for on in (3, 6, 7, 9, 11)] == [1, 1, 2, 2, 2]
    assert money.rate(0, 5) == 1


def test_a_missing_rate_is_noted_with_the_first_day_that_needs_it() -> None:
    missing: dict[str, int] = {}
    money = ConvertedMoney(("GBP", "USD"), "EUR", {"USD": RateSeries([10], [Fraction(2)])}, missing)
    assert [money.rate(code, on) for code, on in ((1, 12), (1, 9), (1, 4), (1, 8), (0, 20))] == [2, 1, 1, 1, 1]
    assert missing == {"USD": 4, "GBP": 20}


def test_a_direct_rate_overrides_inverse_rates_from_its_first_day(tmp_path: Path) -> None:
    text = RATES + "2022-01-01,EUR,USD,2\n2022-03-01,USD,EUR,0.4\n2022-04-01,EUR,USD,4\n"
    with tables(tmp_path, rates=text) as loaded:
        assert rate_series(loaded, "EUR") == {"USD": RateSeries([day("2022-01-01"), day("2022-03-01")], [Fraction(1, 2), Fraction("0.4")])}


def test_rates_between_other_currencies_are_ignored(tmp_path: Path) -> None:
    with tables(tmp_path, rates=DOLLARS + "2022-01-01,USD,GBP,0.7\n2022-01-01,USD,GBP,0.8\n") as loaded:
        assert list(rate_series(loaded, "EUR")) == ["USD"]


@given(st.dictionaries(st.integers(0, 30), st.fractions(Fraction(1, 9), 9), min_size=1, max_size=9))
def test_no_rate_changes_between_change_days(rates: dict[int, Fraction]) -> None:
    found = RateSeries(*zip(*sorted(rates.items()), strict=True))
    money = ConvertedMoney(("USD",), "EUR", {"USD": found}, {})
    changed = [now for before, now in pairwise(range(-1, 32)) if found.on(before) != found.on(now)]
    assert list(money.change_days) == changed
    for on in range(min(rates), 32):
        assert money.rate(0, on) == rates[max(known for known in rates if known <= on)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("names", "requested", "expected"),
    [
        (["EUR", "EUR"], "", "EUR"),
        (["eur", "€", "EUR"], "", "EUR"),
        (["руб.", "₽", "RUR"], "", "RUB"),
        (["$", "$"], "", "$"),
        (["USD"], "usd", "USD"),
        (["", ""], "", None),
        (["", ""], "EUR", "EUR"),
    ],
)
def test_one_currency_needs_no_rates(tmp_path: Path, names: list[str], requested: str, expected: str | None, engine: str) -> None:
    text = subscriptions(*names)
    with tables(tmp_path, engine, subscriptions=text) as loaded:
        found = Currencies(loaded, ["subscriptions"], AskedCurrency(requested))
        assert (found.answer_currency, found.money("subscriptions")) == (expected, SingleCurrency())


@pytest.mark.parametrize("engine", ENGINES)
def test_several_currencies_are_converted_at_their_rates(tmp_path: Path, engine: str) -> None:
    texts = {"subscriptions": subscriptions("USD", "eur", "€", "usd"), "rates": DOLLARS}
    currency, rates = currencies(tmp_path, "eur", engine=engine, **texts)
    assert (currency, rates) == ("EUR", {"USD": Fraction("0.875"), "eur": 1, "usd": Fraction("0.875"), "€": 1})


@pytest.mark.parametrize(
    ("names", "requested", "code", "words"),
    [
        (["EUR", "USD", "usd"], "", "E330", "EUR (1 row), USD (2 rows)"),
        (["EUR", "USD"], "GBP", "E331", "EUR and USD cannot be converted to GBP without exchange rates"),
        (["$", "USD"], "USD", "E331", "'$' could be USD, CAD, AUD and more"),
        (["EUR", "gold coins"], "EUR", "E331", "'GOLD COINS' is not a currency code"),
        (["EUR", "", ""], "", "E333", "2 rows have no currency, but other rows have EUR"),
        (["USD", ""], "USD", "E333", "1 row has no currency, but other rows have USD"),
    ],
)
def test_a_currency_is_never_guessed(tmp_path: Path, names: list[str], requested: str, code: str, words: str) -> None:
    message = error_of(tmp_path, requested, subscriptions=subscriptions(*names))
    assert code in message
    assert words in message


def test_a_sign_of_several_currencies_has_no_rate(tmp_path: Path) -> None:
    assert "E331" in error_of(tmp_path, "EUR", subscriptions=subscriptions("$", "EUR"), rates=DOLLARS)


def test_two_different_rates_of_one_day_are_an_error(tmp_path: Path) -> None:
    again = DOLLARS + "2022-01-03,USD,EUR,0.880\n"
    assert currencies(tmp_path, "EUR", subscriptions=subscriptions("USD"), rates=again)[0] == "EUR"
    message = error_of(tmp_path, "EUR", subscriptions=subscriptions("USD"), rates=again + "2022-01-03,USD,EUR,0.89\n")
    assert "E334 several exchange rates are given from USD to EUR on 2022-01-03: 0.88 and 0.89" in message


@pytest.mark.parametrize("engine", ENGINES)
def test_rates_may_have_decimal_commas_and_semicolons(tmp_path: Path, engine: str) -> None:
    text = "date;from;to;rate\n2022-01-01;USD;EUR;0,123456789012\n"
    with tables(tmp_path, engine, rates=text) as loaded:
        assert rate_series(loaded, "EUR")["USD"].rates == [Fraction("0.123456789012")]


LEDGER = HEAD + "A,2022-01-01,,100,USD\nB,2022-01-01,,100,EUR\nC,2022-02-10,,10,eur\nD,2022-02-10,2022-02-20,40,USD\n"
MONTHS = RATES + "2022-01-01,USD,EUR,0.90\n2022-02-01,USD,EUR,0.95\n2022-02-15,USD,EUR,0.80\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_ledger_shows_the_effect_of_rates_separately(tmp_path: Path, engine: str) -> None:
    """Opening 190; new 10 + 40 x 0.95; lost D at 40 x 0.80; the rates change A by 100 x (0.05 - 0.15) and D by 40 x -0.15."""
    paths = written(tmp_path, {"subscriptions": LEDGER, "rates": MONTHS})
    (result,) = ask(paths, question("mrr", "2022-02", currency="EUR"), engine).results
    totals = {name: result.totals[name] for name in ("opening_mrr", "new_mrr", "churned_mrr", "fx_mrr", "closing_mrr")}
    fx = Fraction(5) + 140 * Fraction("-0.15")
    assert totals == {"opening_mrr": 190, "new_mrr": 48, "churned_mrr": 32, "fx_mrr": fx, "closing_mrr": 190}
    assert (result.value, result.currency) == (190, "EUR")


@pytest.mark.parametrize("metric", ["grr", "nrr"])
def test_a_constant_price_under_moving_rates_keeps_all_revenue(tmp_path: Path, metric: str) -> None:
    paths = written(tmp_path, {"subscriptions": subscriptions("USD", "EUR"), "rates": MONTHS})
    assert [r.value for r in ask(paths, question(metric, "2022-02", as_of=END, currency="EUR")).results] == [1]


def test_the_list_of_a_total_is_in_the_currency_of_the_answer(tmp_path: Path) -> None:
    paths = written(tmp_path, {"subscriptions": LEDGER, "rates": MONTHS})
    listed = ask_list(paths, question("mrr", "2022-02", as_of=END, currency="EUR"), "new_mrr")
    assert listed.currency == "EUR"
    assert [(row[0], row[-1]) for row in listed.rows] == [("C", 10), ("D", 38)]


def test_a_metric_without_money_ignores_currencies(tmp_path: Path) -> None:
    paths = written(tmp_path, {"subscriptions": LEDGER})
    answer = ask(paths, question("churn", "2022-02", as_of=END))
    assert [(r.value, r.currency) for r in answer.results] == [(0, None)]
    assert "W210" not in {warning.code for warning in answer.warnings}


def test_money_without_a_currency_column_has_no_currency(tmp_path: Path) -> None:
    text = "customer_id,started_at,ended_at,amount\nA,2022-01-01,,100\n"
    (result,) = ask(written(tmp_path, {"subscriptions": text}), question("mrr", "2022-02", as_of=END)).results
    assert (result.value, result.currency) == (100, None)


PAID = "customer_id,date,amount,currency\nA,2022-02-05,20,{}\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_money_of_two_tables_is_added_in_one_currency(tmp_path: Path, engine: str) -> None:
    text = HEAD + "A,2022-01-01,,100,EUR\n"
    paths = written(tmp_path, {"subscriptions": text, "purchases": PAID.format("eur")})
    (result,) = ask(paths, question("mrr-with-one-off", "2022-02", as_of=END), engine).results
    assert (result.value, result.currency) == (120, "EUR")
    paths = written(tmp_path, {"subscriptions": text, "purchases": PAID.format("USD"), "rates": MONTHS})
    (result,) = ask(paths, question("mrr-with-one-off", "2022-02", as_of=END, currency="EUR"), engine).results
    assert (result.value, result.currency) == (100 + 20 * Fraction("0.95"), "EUR")


@pytest.mark.parametrize(("currency", "code"), [("USD", "E330"), ("", "E333")])
def test_money_of_two_tables_in_different_currencies_is_an_error(tmp_path: Path, currency: str, code: str) -> None:
    paths = written(tmp_path, {"subscriptions": HEAD + "A,2022-01-01,,100,EUR\n", "purchases": PAID.format(currency)})
    with pytest.raises(CustmetricsError, match=code):
        ask(paths, question("mrr-with-one-off", "2022-02", as_of=END))
    assert ask(paths, question("mrr", "2022-02", as_of=END)).results[0].currency == "EUR"


def test_the_currency_of_a_table_without_one_is_set_by_hand(tmp_path: Path) -> None:
    paths = written(
        tmp_path, {"subscriptions": HEAD + "A,2022-01-01,,100,EUR\n", "purchases": "customer_id,date,amount\nA,2022-02-05,20\n"}
    )
    with pytest.raises(CustmetricsError, match="E333") as refused:
        ask(paths, question("mrr-with-one-off", "2022-02", as_of=END))
    assert refused.value.problems[0].hint == "if purchases is in EUR, too, pass --currency EUR"
    answer = ask(paths, question("mrr-with-one-off", "2022-02", as_of=END, currency="EUR"))
    assert (answer.results[0].value, answer.results[0].currency) == (120, "EUR")
    assert "purchases: no row names a currency, so amounts are read as EUR (--currency)" in [each.message for each in answer.warnings]
    with pytest.raises(CustmetricsError, match=r"E33[13]"):  # not with a rate: it may be in either currency
        ask(paths, question("mrr-with-one-off", "2022-02", as_of=END, currency="USD"))


def test_an_empty_table_has_no_currency_and_needs_none(tmp_path: Path) -> None:
    texts = {"subscriptions": HEAD + "A,2022-01-01,,100,EUR\n", "purchases": "customer_id,date,amount\n"}
    assert ask(written(tmp_path, texts), question("mrr-with-one-off", "2022-02", as_of=END)).results[0].currency == "EUR"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_header_of_amounts_may_name_the_currency(tmp_path: Path, engine: str) -> None:
    text = "customer_id,started_at,ended_at,Amount (USD)\nA,2022-01-01,,100\n"
    paths = written(tmp_path, {"subscriptions": text, "rates": MONTHS})
    assert ask(paths, question("mrr", "2022-02", as_of=END), engine).results[0].currency == "USD"
    (result,) = ask(paths, question("mrr", "2022-02", as_of=END, currency="EUR"), engine).results
    assert (result.value, result.currency) == (80, "EUR")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_customer_who_pays_in_another_currency_later_is_counted_once(tmp_path: Path, engine: str) -> None:
    text = HEAD + "B,2022-01-07,2022-01-22,10,USD\nB,2022-02-10,,7,EUR\n"
    paths = written(tmp_path, {"subscriptions": text, "rates": MONTHS})
    first, second = ask(paths, question("mrr", "2022-01-01..2022-02-28", as_of=END, every="month", currency="EUR"), engine).results
    (alone,) = ask(paths, question("mrr", "2022-01", currency="EUR"), engine).results
    assert (first.totals["new_mrr"], first.totals["churned_mrr"], second.totals["reactivation_mrr"]) == (9, 9, 7)
    assert alone.totals == first.totals
