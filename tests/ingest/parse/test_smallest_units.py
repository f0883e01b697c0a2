"""Amounts of currencies with none or three decimals, in units and in the smallest unit, alone and converted."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.render.numbers import value_text
from tests.support.asking import ENGINES, ask, question, written

UNITS = {"JPY": "1050", "KWD": "13.375", "USD": "9.99", "ISK": "5"}
SMALLEST = {"JPY": "1050", "KWD": "13375", "USD": "999", "ISK": "500"}  # services still count hundredths of a krona
RATES = "date,from,to,rate\n2021-01-01,JPY,USD,0.01\n2021-01-01,KWD,USD,3\n2021-01-01,ISK,USD,0.2\n"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("amounts", "cells"), [("units", UNITS), ("cents", SMALLEST)])
def test_currencies_of_different_decimals_convert_exactly(tmp_path: Path, engine: str, amounts: str, cells: dict[str, str]) -> None:
    lines = [f"{code},2022-01-01,,{cell},{code}\n" for code, cell in cells.items()]
    text = "customer_id,started_at,ended_at,amount,currency\n" + "".join(lines)
    paths = written(tmp_path, {"subscriptions": text, "rates": RATES})
    asked = question("mrr", "2022-04", as_of=dt.date(2022, 12, 31), currency="USD")
    (result,) = ask(paths, asked, engine, amounts=amounts, decimal=".").results
    assert result.value == Fraction("10.5") + Fraction("40.125") + Fraction("9.99") + 1


@pytest.mark.parametrize(
    ("code", "text"), [("JPY", "1,235 JPY"), ("KWD", "1,234.568 KWD"), ("EUR", "1,234.57 EUR"), ("CLF", "1,234.5678 CLF")]
)
def test_money_has_the_decimals_of_its_currency(code: str, text: str) -> None:
    assert value_text(Fraction("1234.5678"), "money", code) == text
