"""Exchange rates and currency codes."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.currency import CURRENCY
from custmetrics_cli.columns.parsing.currencies import LETTERS, LONGEST_CODE, code_to_number, currency_name, is_code, number_to_code
from custmetrics_cli.columns.rate import MOST, PLACES, RATE

CODES = st.text(LETTERS, min_size=1, max_size=LONGEST_CODE).filter(is_code)


@given(st.decimals(Decimal("1e-12"), MOST - 1, places=PLACES), st.sampled_from([".", ","]))
def test_a_rate_is_kept_exactly(rate: Decimal, mark: str) -> None:
    text = f"{rate:.{PLACES}f}".replace(".", mark)
    assert RATE.read_cell(text, ColumnFormat(decimal=mark)) == rate * 10**PLACES
    assert RATE.read_column(pa.array([text]), ColumnFormat(decimal=mark)).values.tolist() == [rate * 10**PLACES]


@pytest.mark.parametrize(
    ("text", "decimal", "reason"),
    [
        ("0", "", "is not more than 0"),
        ("0.000000000000", "", "is not more than 0"),
        ("-1.5", "", "is not more than 0"),
        ("1.0000000000001", "", "has more than 12 decimals"),
        ("9000000", "", "is not less than 9,000,000"),
        ("99999999999999", "", "is not less than 9,000,000"),
        ("999999999999999999999", "", "has too many digits"),
        ("1.082", "", "could be 1.082 ('.' for decimals) or 1082 (',' for decimals)"),
        ("1,5", ".", "is not a number with '.' for decimals"),
        ("5 %", "", "is not a number"),
        ("8.9e-1", "", "is not a number"),
        ("-", "", "is not a number"),
    ],
)
def test_a_bad_rate_is_refused_with_the_reason(text: str, decimal: str, reason: str) -> None:
    assert not RATE.read_column(pa.array([text]), ColumnFormat(decimal=decimal)).ok.any()
    with pytest.raises(ValueError, match=r"^'") as refused:
        RATE.read_cell(text, ColumnFormat(decimal=decimal))
    assert str(refused.value) == f"'{text}' {reason}"


@given(st.lists(CODES, min_size=1, unique=True))
def test_different_codes_have_different_numbers(codes: list[str]) -> None:
    numbers = [code_to_number(code) for code in codes]
    assert [number_to_code(number) for number in numbers] == codes
    assert max(numbers) < 2**63


@given(st.text())
def test_the_name_of_a_currency_is_stable(text: str) -> None:
    assert currency_name(currency_name(text)) == currency_name(text) == currency_name(f" {text}\u00a0")


@pytest.mark.parametrize(
    ("text", "code"),
    [("usd", "USD"), ("US$", "USD"), ("€", "EUR"), ("Руб.", "RUB"), ("₽", "RUB"), ("RUR", "RUB"), ("zł", "PLN"), ("usdt", "USDT")],
)
def test_currencies_are_read_as_people_write_them(text: str, code: str) -> None:
    assert currency_name(text) == code
    assert number_to_code(CURRENCY.read_cell(text, ColumnFormat())) == code


@pytest.mark.parametrize("text", ["$", "¥", "kr", "KR", "US dollar bills", "юани", "ABCDEFGHIJKL"])
def test_a_text_without_a_clear_currency_is_refused(text: str) -> None:
    assert not CURRENCY.read_column(pa.array([text]), ColumnFormat()).ok.any()
    with pytest.raises(ValueError, match=r"could be|is not a currency code"):
        CURRENCY.read_cell(text, ColumnFormat())
