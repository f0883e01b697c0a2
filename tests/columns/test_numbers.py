"""Money, discounts and counts: every way to write a number is read, and none is guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import MONEY_PARTS, ColumnFormat, ColumnKind
from custmetrics_cli.columns.count import COUNT
from custmetrics_cli.columns.discount import DISCOUNT
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence

PARTS = MONEY_PARTS // 100  # of a hundredth
AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


def read(text: str, decimal: str = "", kind: ColumnKind = MONEY) -> Fraction:
    """Return the number of a text; money in hundredths."""
    value = number(text, decimal, kind)
    return Fraction(value, PARTS) if kind is MONEY or (kind is DISCOUNT and value > 0) else Fraction(value)


def number(text: str, decimal: str, kind: ColumnKind) -> int:
    column = kind.read_column(pa.array([text]), ColumnFormat(decimal=decimal))
    assert column.ok.all()
    assert kind.read_cell(text, ColumnFormat(decimal=decimal)) == column.values[0]
    return int(column.values[0])


def refusal(text: str, decimal: str = "", kind: ColumnKind = MONEY) -> str:
    assert not kind.read_column(pa.array([text]), ColumnFormat(decimal=decimal)).ok.any()
    with pytest.raises(ValueError, match=r"^'") as refused:
        kind.read_cell(text, ColumnFormat(decimal=decimal))
    return str(refused.value)


def evidence(*texts: str) -> MoneyEvidence:
    return MONEY.gather(pa.array(list(texts), pa.string()))


@given(AMOUNTS)
def test_every_way_to_write_an_amount_gives_the_same_number(amount):
    english, hundredths = f"{amount:,.2f}", int(amount * 100)
    continental = english.translate(str.maketrans(",.", ".,"))
    for text, decimal in ((f"{amount:.2f}", "."), (english, "."), (f"${english}", "."), (f"{amount:.2f}000", ".")):
        assert read(text, decimal) == hundredths
    for text in (
        continental,
        english.replace(",", "\u202f").replace(".", ","),
        f"{continental} €",
        english.replace(",", "\u00a0").replace(".", ","),
    ):
        assert read(text, ",") == read(text) == hundredths
    assert read(english.replace(",", "'")) == hundredths
    assert read(f"({abs(amount):.2f})") == -abs(hundredths)


@pytest.mark.parametrize(
    ("text", "decimal", "hundredths"),
    [
        ("29", "", 2900),
        ("1234.5", "", 123450),
        ("0,125", "", 12.5),
        ("0,120", "", 12),
        (".5", "", 50),
        ("1,234", ".", 123400),
        ("1.234", ",", 123400),
        ("1.230", ".", 123),
        ("12,34,567.89", "", 123456789),
        ("1.234.567", "", 123456700),
        ("2 317,25", "", 231725),
        ("US$ 12", "", 1200),
        ("-$5", "", -500),
        ("$-5", "", -500),
        ("\u22125,00", "", -500),
        ("1 200 руб.", "", 120000),
        ("1200р.", "", 120000),
        ("CHF 1'200.00", "", 120000),
        ("12 USD", "", 1200),
        ("10000000000000", "", 10**15),
        ("10000000000000.01", "", None),
        ("12k", "", None),
        ("5 млн", "", None),
        ("1e3", "", 100000),
        ("1.5e1", "", 1500),
        ("1,5E1", ".", 1500),  # the mark of a number with an exponent is always the decimal one
        ("2.675e-1", "", 26.75),
        ("1.2345e+2", "", 12345),
        ("1.5E+03", "", 150000),
        ("1.20E+02", "", 12000),
        ("1.20E+03", "", None),  # a spreadsheet hides the other digits
        ("1.23457E+11", "", None),
        ("1e-400", "", 0),
        ("0e999", "", 0),
        ("1e13", "", 10**15),
        ("1e14", "", None),
        ("1e999", "", None),
        ("-2e0", "", -200),
        ("1e", "", None),
        ("12-", "", -1200),
        ("12,50 -", "", -1250),
        ("12- €", "", -1200),
        ("12 €-", "", -1200),
        ("-12-", "", None),
        ("(12-)", "", None),
        ("(12) €", "", -1200),
        ("(12 €)", "", -1200),
        ("$(1,234.50)", "", -123450),
        ("((12))", "", None),
        ("(12))", "", None),
        ("$12.00 USD", "", 1200),
        ("USD $12.00", "", 1200),
        ("$12.00 CAD", "", 1200),
        ("$12 EUR", "", None),
        ("12 units", "", None),
        ("R$ 1.234,50", "", 123450),
        ("1 234,50 zł", "", 123450),
        ("10 тыс. руб.", "", None),
        ("1.005", ".", 100.5),
        ("1.0125", ".", 101.25),
        ("1.0050000000000000000000000000000000000001", ".", 100.5),
        ("13.375", ".", 1337.5),
        ("-1.015", ".", -101.5),
        ("0.004999999999999999999", "", 0.5),
        ("32.75999993272126", "", 3276),
        ("0.30000000000000004", "", 30),
        ("9999999999999.995", "", 10**15 - 0.5),
        ("12%", "", None),
        ("1,23", ".", None),
        ("1.23", ",", None),
        ("1,2345", ".", None),
        ("1 23", "", None),
        ("1,234 567", "", None),
        ("(5", "", None),
        ("-(5)", "", None),
        ("--5", "", None),
        ("5.", "", None),
        ("NaN", "", None),
        ("99999999999999999999", "", None),
    ],
)
def test_amounts_are_read_as_real_exports_write_them(text, decimal, hundredths):
    if hundredths is None:
        assert refusal(text, decimal)
    else:
        assert read(text, decimal) == hundredths


@pytest.mark.parametrize(
    ("text", "decimal", "reason"),
    [
        ("1.20E+03", "", "has an exponent that hides its last digits"),
        ("ten", "", "is not an amount"),
        ("1,5", ".", "is not an amount with '.' for decimals"),
        ("1,234", "", "could be 1.234 (',' for decimals) or 1234 ('.' for decimals)"),
        ("99999999999999999999", "", "is more than 10,000,000,000,000"),
        ("10000000000001", "", "is more than 10,000,000,000,000"),
    ],
)
def test_a_bad_amount_is_refused_with_the_reason(text, decimal, reason):
    assert refusal(text, decimal) == f"'{text}' {reason}"


@pytest.mark.parametrize(
    ("texts", "decimal", "ambiguous"),
    [
        (["1,234", "5"], "", True),
        (["1,234", "5.50"], ".", False),
        (["1,234", "5,50"], ",", False),
        (["1.234", "0.500"], ".", False),
        (["1,234,567"], ".", False),
        (["1 234,567"], ",", False),
        (["29", "49"], "", False),
        (["5.50", "6,50", "1,234"], ".", True),
        (["5.50", "6.50", "7,50"], ".", False),
        (["12,5%"], ",", False),
        (["abc 1,5 def"], "", False),
    ],
)
def test_evidence_shows_the_decimal_mark_or_that_it_is_ambiguous(texts, decimal, ambiguous):
    found = evidence(*texts)
    assert (found.decimal(), found.ambiguous) == (decimal, ambiguous)
    assert sum((evidence(text) for text in texts), MoneyEvidence()) == found


@given(st.lists(AMOUNTS.filter(lambda amount: amount % 1), min_size=1, max_size=20))
def test_evidence_shows_the_decimal_mark_of_amounts_with_cents(amounts):
    english = [f"{amount:,.2f}" for amount in amounts]
    assert evidence(*english).decimal() == "."
    assert evidence(*(text.translate(str.maketrans(",.", ".,")) for text in english)).decimal() == ","


@pytest.mark.parametrize(
    ("text", "expected"),
    [("20%", -200_000), ("12.5 %", -125_000), ("100%", -1_000_000), ("0%", 0), ("33,3333%", -333_333), ("5", 500), ("$5.50", 550)],
)
def test_a_discount_is_a_percentage_or_money(text, expected):
    assert read(text, kind=DISCOUNT) == expected


@pytest.mark.parametrize("text", ["-5", "-20%", "101%", "1.23456%", "LAUNCH20", "20 percent", "(5)", "1,234", "1,234%"])
def test_a_bad_discount_is_refused(text):
    assert refusal(text, kind=DISCOUNT)


@given(st.integers(1, 999_999_999))
def test_a_count_may_have_decimals_that_are_zero(number):
    assert read(str(number), kind=COUNT) == read(f"{number}.0", kind=COUNT) == read(f"{number},00", kind=COUNT) == number


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1,000", "1.000", "ten", "1e3", "1000000000", "0.0"])
def test_a_bad_count_is_refused(text):
    assert refusal(text, kind=COUNT) == f"'{text}' is not a positive whole number"


def test_every_number_of_cents_is_exact():
    texts = [f"{Decimal(cents) / 100:.2f}" for cents in range(100_000)]
    assert MONEY.read_column(pa.array(texts), ColumnFormat()).values.tolist() == [PARTS * cents for cents in range(100_000)]


@given(st.decimals(-(10**9), 10**9, places=7))
def test_what_rounding_leaves_out_is_known_exactly(amount):
    column = MONEY.read_column(pa.array([f"{amount:.7f}", f"{amount:.7e}"]), ColumnFormat(decimal="."))
    rest = 0 if column.rests is None else int(column.rests[0])
    assert column.values[0] == round(Fraction(amount) * MONEY_PARTS)
    assert Fraction(int(column.values[0])) + Fraction(rest, 10**9) == Fraction(amount) * MONEY_PARTS


@given(st.integers(-(10**12), 10**12), st.integers(-20, 6))
def test_a_number_with_an_exponent_is_rounded_once_half_to_even(digits, power):
    value = digits * Fraction(10) ** power
    text = f"{digits}e{power}"
    if abs(value) < 10**13:
        assert number(text, "", MONEY) == round(value * MONEY_PARTS)
    elif abs(value) > 10**13:
        assert refusal(text)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("5 руб.", "RUB"),
        ("5р.", "RUB"),
        ("₽5", "RUB"),
        ("US$ 5", "USD"),
        ("$5", "$"),
        ("$5 USD", "USD"),
        ("EUR 5", "EUR"),
        ("5 zł", "PLN"),
        ("£5.00", "GBP"),
        ("5 kr.", "KR"),
        ("KZT 5", "KZT"),
        ("5", ""),
    ],
)
def test_an_amount_names_its_currency_on_either_side(text, currency):
    assert list(evidence(text).signs) == ([currency] if currency else [])
