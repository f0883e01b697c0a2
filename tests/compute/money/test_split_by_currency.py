"""Several currencies: filters come first, --by currency splits them, and --rate converts them by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.asking import ENGINES, ask, question, written

ROWS = """
customer_id,started_at,ended_at,amount,currency,interval,plan
A,2022-01-01,,10,USD,month,pro
B,2022-02-01,2022-05-10,20,USD,month,basic
C,2022-01-01,,30,EUR,month,pro
D,2022-04-20,,40,EUR,month,basic
"""
EUR_IN_USD = {"EUR": Fraction(27, 25)}


def mrr(folder: Path, engine: str, **more: Any) -> dict[str | None, tuple[Any, str | None]]:
    """Return value and currency by the first group."""
    results = ask(written(folder, {"subscriptions": ROWS}), question("mrr", "2022-Q2", **more), engine).results
    return {next(iter(result.group.values()), ""): (result.value, result.currency) for result in results}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_filter_that_leaves_one_currency_needs_no_rates(tmp_path: Path, engine: str) -> None:
    assert mrr(tmp_path, engine, where=("currency=USD",)) == {"": (10, "USD")}
    with pytest.raises(CustmetricsError, match="E330"):
        mrr(tmp_path, engine, where=("plan=pro",))


@pytest.mark.parametrize("engine", ENGINES)
def test_each_group_of_by_currency_has_its_own_currency(tmp_path: Path, engine: str) -> None:
    assert mrr(tmp_path, engine, by=("currency",)) == {"EUR": (70, "EUR"), "USD": (10, "USD")}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rate_by_hand_converts_to_the_other_currency(tmp_path: Path, engine: str) -> None:
    in_dollars = {"": (Fraction("85.6"), "USD")}
    assert mrr(tmp_path, engine, rates=EUR_IN_USD) == in_dollars
    assert mrr(tmp_path, engine, rates=EUR_IN_USD, currency="USD") == in_dollars
    assert mrr(tmp_path, engine, rates=EUR_IN_USD, currency="USD", where=("currency=EUR",)) == {"": (Fraction("75.6"), "USD")}
    with pytest.raises(CustmetricsError, match="E331"):
        mrr(tmp_path, engine, rates=EUR_IN_USD, currency="GBP")
