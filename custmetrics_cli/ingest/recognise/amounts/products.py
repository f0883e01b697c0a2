"""Columns of a file that are the product of a price and a quantity."""

from __future__ import annotations

from fractions import Fraction

from custmetrics_cli.columns import MONEY_PARTS, ColumnFormat, UnreadableCell
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.sample import Sample

NINE_IN_TEN = Fraction(9, 10)
ONES = {"", "1", "1.0", "1,0", "1.00", "1,00"}


def has_product(match: TableMatch, sample: Sample, quantity: int) -> bool:
    """Return whether another column holds amount x quantity in nine of ten rows."""
    amount = match.columns["amount"]
    return any(_share_of_products(sample, amount, quantity, other) >= NINE_IN_TEN for other in _unused(match, sample))


def is_line_total(match: TableMatch, sample: Sample, amount: int) -> bool:
    """Return whether the amount is the product of two other columns in nine of ten rows."""
    others = [*_unused(match, sample), *(at for name, at in match.columns.items() if name == "quantity")]
    numeric = [at for at in others if any(_number(cell) is not None for cell in sample.distinct(at)[:1])]
    return any(_share_of_products(sample, price, count, amount) >= NINE_IN_TEN for price in numeric for count in numeric if price != count)


def _unused(match: TableMatch, sample: Sample) -> list[int]:
    used = set(match.columns.values())
    return [at for at in range(len(sample.rows[0])) if at not in used] if sample.rows else []


def _share_of_products(sample: Sample, amount: int, quantity: int, product: int) -> Fraction:
    rows = [(row[amount], row[quantity], row[product]) for row in sample.rows if row[quantity] not in ONES]
    return Fraction(sum(_is_product(*map(_number, row)) for row in rows), len(rows)) if rows else Fraction(0)


def _is_product(amount: int | None, quantity: int | None, product: int | None) -> bool:
    """Return whether a product is that of an amount and a quantity, to half a hundredth: totals are often rounded."""
    if amount is None or quantity is None or product is None:
        return False
    return abs(Fraction(amount * quantity, MONEY_PARTS) - product) <= MONEY_PARTS // 200


def _number(text: str) -> int | None:
    """Return a number in the parts of money; None if the text is not one, or can be read in two ways."""
    try:
        return int(MONEY.read_cell(text, ColumnFormat(decimal="," if "," in text[-3:] else ".")))
    except UnreadableCell:
        return None
