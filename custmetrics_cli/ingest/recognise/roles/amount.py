"""The meaning of an amount, from its header: for which time, for how many units, in which size.

An amount per month or year is not divided by the interval again. A total is not multiplied by the quantity again.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.columns import ColumnFormat, UnreadableCell
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import contains, split_words
from custmetrics_cli.tables.words import amounts

NINE_IN_TEN = Fraction(9, 10)
PLAIN = {"amount", "price", "fee", "plan", "цена", "preis", "prix", "precio", "preço", "prezzo", "prijs", "cena", "ціна"}
ONES = {"", "1", "1.0", "1,0", "1.00", "1,00"}


class Meaning(NamedTuple):
    """A match whose columns agree with the meaning of its amount, or the question that is open."""

    match: TableMatch
    problem: Problem | None = None


def apply_meaning(match: TableMatch, header: Header, sample: Sample, mapping: Mapping[str, str], path: str, line: int) -> Meaning:
    """Leave out columns that would be applied to the amount twice. mapping: the user's own; it settles its columns."""
    if "interval" not in match.table.by_name or "amount" not in match.columns or match.preset:
        return Meaning(match)
    name = header.cells[match.columns["amount"]]
    match = match._replace(cents=contains(split_words(name), amounts.CENTS))
    match = _apply_time(match, name, mapping)
    place = Place(path, line, match.columns["amount"] + 1)
    if problem := _contract_value(match, name, mapping, place):
        return Meaning(match, problem)
    return _apply_unit(match, name, header, sample, mapping, place)


def _apply_time(match: TableMatch, name: str, mapping: Mapping[str, str]) -> TableMatch:
    words = split_words(name)
    time = "month" if contains(words, amounts.MONTH) else "year" if contains(words, amounts.YEAR) else ""
    if not time or mapping.get("interval") or "interval" in match.constants:
        return match
    columns = {column: at for column, at in match.columns.items() if column not in ("interval", "interval_count")}
    note = f"'{name}' is the amount of a {time}; no interval is applied to it"
    return match._replace(columns=columns, constants={**match.constants, "interval": time}, notes=(*match.notes, note))


def _contract_value(match: TableMatch, name: str, mapping: Mapping[str, str], place: Place) -> Problem | None:
    """Return E326 for the value of a whole contract: nothing shows how long it is."""
    if not contains(split_words(name), amounts.CONTRACT) or "interval" in mapping or "interval" in match.constants:
        return None
    choices = (Choice("interval", "year", "the value of a year"), Choice("interval", "month", "the value of a month"))
    message = f"'{name}' may be the value of a whole contract, or of a year"
    return Problem("E326", message, place, pass_one(choices), choices=choices)


def _apply_unit(match: TableMatch, name: str, header: Header, sample: Sample, mapping: Mapping[str, str], place: Place) -> Meaning:
    at = match.columns.get("quantity", -1)
    if at < 0 or "quantity" in mapping or ONES.issuperset(sample.distinct(at)):
        return Meaning(match)
    words = split_words(name)
    if contains(words, amounts.EACH) or PLAIN.issuperset(words) or _has_product(match, sample, at):
        return Meaning(match)
    quantity = header.cells[at]
    if contains(words, amounts.TOTAL):
        columns = {column: at for column, at in match.columns.items() if column not in ("quantity", "discount")}
        note = f"'{name}' is the total of a row; '{quantity}' is not multiplied with it"
        return Meaning(match._replace(columns=columns, notes=(*match.notes, note)))
    choices = (Choice("column", f"quantity={quantity}", "a price per unit"), Choice("column", "quantity=", "the total of the row"))
    message = f"'{name}' may be the price of one unit, or the total for '{quantity}'"
    hint = f"for a price per unit pass {choices[0]}, for a total pass {choices[1]}"
    return Meaning(match, Problem("E327", message, place, hint, choices=choices))


def _has_product(match: TableMatch, sample: Sample, quantity: int) -> bool:
    """Return whether another column holds amount x quantity in nine of ten rows."""
    amount, used = match.columns["amount"], set(match.columns.values())
    others = [at for at in range(len(sample.rows[0])) if at not in used] if sample.rows else []
    return any(_share_of_products(sample, amount, quantity, other) >= NINE_IN_TEN for other in others)


def _share_of_products(sample: Sample, amount: int, quantity: int, product: int) -> Fraction:
    rows = [(row[amount], row[quantity], row[product]) for row in sample.rows if row[quantity] not in ONES]
    return Fraction(sum(_is_product(*map(_number, row)) for row in rows), len(rows)) if rows else Fraction(0)


def _is_product(amount: int | None, quantity: int | None, product: int | None) -> bool:
    return amount is not None and quantity is not None and product is not None and amount * quantity == product * 100


def _number(text: str) -> int | None:
    """Return a number in hundredths; None if the text is not one, or can be read in two ways."""
    try:
        return int(MONEY.read_cell(text, ColumnFormat(decimal="," if "," in text[-3:] else ".")))
    except UnreadableCell:
        return None
