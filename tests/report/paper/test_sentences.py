"""A sentence never claims more than its interval allows. Every kind of sentence has a case."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.data.comparison import Comparison
from custmetrics_cli.core.data.total import Identity
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.result import Result
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.render.words import Words
from custmetrics_cli.report.paper.sentences import change_sentence, ledger_sentence
from custmetrics_cli.stats.intervals import Interval
from tests.support import made_results as made

WORDS = Words()
CLOSING = made.CLOSING._replace(stock="closing")
LEDGER = Identity(made.LEDGER.left, made.LEDGER.right, (made.OPENING, made.NEW, made.LOST, CLOSING))
COUNT = made.metric(
    "customers", "count", Definition(Formula("closing"), (made.OPENING, made.NEW, made.LOST, CLOSING, made.STARTS)), identities=(LEDGER,)
)
Q1, Q2 = made.Q1, made.Q2
CLAIMS = ("rose", "fell")


def rate(now: Fraction | None, then: Fraction | None, interval: Interval | None = None, **more: object) -> Result:
    difference = None if now is None or then is None else now - then
    significant = None if interval is None else not interval.low <= 0 <= interval.high
    other = Comparison(Q1, then, difference, interval, significant)._replace(**more)  # type: ignore[arg-type]
    return Result(made.CHURN, "standard", Q2, True, {}, now, None, "", {}, comparison=other, unit="ratio")


def ledger(opening: int, new: int, lost: int) -> Result:
    totals = {"opening": opening, "new": new, "lost": lost, "closing": opening + new - lost, "starts": new}
    return Result(COUNT, "standard", Q2, True, {}, Fraction(totals["closing"]), None, "", totals, unit="count")


TEN, FIVE = Fraction(1, 10), Fraction(1, 20)
PART = Period(dt.date(2022, 4, 1), dt.date(2022, 4, 15))
RATES = {
    "significant rise": (
        rate(TEN, FIVE, Interval(0.01, 0.09, "")),
        "Churn rose from 5.00 % to 10.00 % (+5.00 points): a significant change.",
    ),
    "significant fall": (
        rate(FIVE, TEN, Interval(-0.09, -0.01, "")),
        "Churn fell from 10.00 % to 5.00 % (-5.00 points): a significant change.",
    ),
    "no significant change": (rate(TEN, FIVE, Interval(-0.01, 0.11, "")), "Churn 10.00 %, 5.00 % before: no significant change."),
    "no interval": (rate(TEN, FIVE), "Churn 10.00 %, 5.00 % before."),
    "no interval, no change": (rate(TEN, TEN), "Churn 10.00 %, the same as before."),
    "part of a period": (
        rate(TEN, FIVE, Interval(0.01, 0.09, ""), value_of_span=FIVE, span=PART),
        "Churn 5.00 % in 2022-04-01..2022-04-14, 5.00 % in the same days before.",
    ),
    "the other period is partial": (rate(TEN, FIVE, Interval(0.01, 0.09, ""), complete=False), "Churn 10.00 %, 5.00 % before."),
    "no earlier value": (rate(TEN, None), ""),
    "no value": (rate(None, TEN), ""),
}
LEDGERS = {
    "gain": (ledger(100, 30, 10), "Customers rose by 20 (+20.00 %): 30 new, less 10 lost."),
    "loss": (ledger(100, 0, 10), "Customers fell by 10 (-10.00 %): less 10 lost."),
    "as before": (ledger(100, 5, 5), "Customers stayed at 100: 5 new, less 5 lost."),
    "no movements": (ledger(100, 0, 0), "Customers stayed at 100: no movements."),
    "from nothing": (ledger(0, 5, 0), "Customers rose by 5: 5 new."),
}


@pytest.mark.parametrize("case", RATES)
def test_sentences_about_rates(case: str) -> None:
    result, expected = RATES[case]
    assert change_sentence(result, WORDS) == expected


@pytest.mark.parametrize("case", LEDGERS)
def test_sentences_about_ledgers(case: str) -> None:
    result, expected = LEDGERS[case]
    assert ledger_sentence(result, WORDS) == expected


SHARES = st.fractions(-2, 2, max_denominator=1000)


def test_a_sum_that_is_not_a_ledger_claims_nothing() -> None:
    """One kind of users plus another are all users, but neither is the level of an earlier day."""
    users = made.metric("users", "count", made.COUNT.standard, identities=(made.LEDGER,))
    result = ledger(100, 30, 10)._replace(metric=users)
    assert ledger_sentence(result, WORDS) == ""


@given(SHARES, SHARES, st.floats(-3, 3), st.floats(0, 3), st.booleans(), st.booleans())
def test_a_claim_needs_an_interval_that_excludes_zero(
    now: Fraction, then: Fraction, low: float, width: float, has_interval: bool, complete: bool
) -> None:
    interval = Interval(low, low + width, "") if has_interval else None
    sentence = change_sentence(rate(now, then, interval, complete=complete), WORDS)
    claims = [word for word in CLAIMS if word in sentence]
    if claims == ["rose"]:
        assert interval
        assert interval.low > 0
        assert now > then
    elif claims == ["fell"]:
        assert interval
        assert interval.high < 0
        assert now < then
    else:
        assert not claims
        assert "a significant change" not in sentence
    if interval and interval.low <= 0 <= interval.high and complete:
        assert "no significant change" in sentence


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.data())
def test_the_movements_of_a_sentence_explain_its_difference(opening: int, new: int, data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, opening + new))
    sentence = ledger_sentence(ledger(opening, new, lost), WORDS)
    change = new - lost
    assert ("rose" in sentence, "fell" in sentence) == (change > 0, change < 0)
    assert (f"by {abs(change):,}" in sentence) == (change != 0)
    assert (f"{new:,} new" in sentence) == (new > 0)
    assert (f"less {lost:,} lost" in sentence) == (lost > 0)
