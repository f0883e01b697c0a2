"""The meaning of an amount, from its header: for which time, for how many units, in which size.

An amount per month or year is not divided by the interval again. A total is not multiplied by the quantity again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.amounts.products import ONES, has_product
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.tables.words import amounts

PLAIN = {"amount", "price", "fee", "plan", "цена", "preis", "prix", "precio", "preço", "prezzo", "prijs", "cena", "ціна"}


class Meaning(NamedTuple):
    """A match whose columns agree with the meaning of its amount, or the question that is open."""

    match: TableMatch
    problem: Problem | None = None


def apply_meaning(match: TableMatch, header: Header, sample: Sample, mapping: Mapping[str, str], path: str, line: int) -> Meaning:
    """Leave out columns that would be applied to the amount twice. mapping: the user's own; it settles its columns."""
    if "amount" not in match.columns or match.preset:
        return Meaning(match)
    name = header.cells[match.columns["amount"]]
    place = Place(path, line, match.columns["amount"] + 1)
    match = match._replace(cents=amounts.CENTS.are_in(split_words(name)), remarks=(*match.remarks, *_size_remark(name)))
    if "interval" not in match.table.by_name:
        return _apply_unit(match, name, header, sample, mapping, place)
    match = _apply_time(match, name, mapping)
    if problem := _contract_value(match, name, mapping, place):
        return Meaning(match, problem)
    return _apply_unit(match, name, header, sample, mapping, place)


def _size_remark(name: str) -> list[Remark]:
    """Return W275 for an amount in thousands or millions."""
    if not amounts.THOUSAND.are_in(split_words(name)):
        return []
    text = f"'{name}' names thousands or millions, but amounts are read as units of the currency; write the amounts in full"
    return [Remark("W275", text)]


def _apply_time(match: TableMatch, name: str, mapping: Mapping[str, str]) -> TableMatch:
    words = split_words(name)
    time = "month" if amounts.MONTH.are_in(words) else "year" if amounts.YEAR.are_in(words) else ""
    if not time or mapping.get("interval") or "interval" in match.constants:
        return match
    columns = {column: at for column, at in match.columns.items() if column not in ("interval", "interval_count")}
    note = f"'{name}' is the amount of a {time}; no interval is applied to it"
    return match._replace(columns=columns, constants={**match.constants, "interval": time}, notes=(*match.notes, note))


def _contract_value(match: TableMatch, name: str, mapping: Mapping[str, str], place: Place) -> Problem | None:
    """Return E326 for the value of a whole contract: nothing shows how long it is."""
    if not amounts.CONTRACT.are_in(split_words(name)) or "interval" in mapping or "interval" in match.constants:
        return None
    choices = (Choice("interval", "year", "the value of a year"), Choice("interval", "month", "the value of a month"))
    message = f"'{name}' may be the value of a whole contract, or of a year"
    return Problem("E326", message, place, pass_one(choices), choices=choices)


def _apply_unit(match: TableMatch, name: str, header: Header, sample: Sample, mapping: Mapping[str, str], place: Place) -> Meaning:
    at = match.columns.get("quantity", -1)
    if at < 0 or "quantity" in mapping or ONES.issuperset(sample.distinct(at)):
        return Meaning(match)
    words, is_subscription = split_words(name), "interval" in match.table.by_name
    is_each = amounts.EACH.are_in(words) or (is_subscription and PLAIN.issuperset(words))
    if is_each or has_product(match, sample, at):
        return Meaning(match)
    quantity = header.cells[at]
    if amounts.TOTAL.are_in(words) or not (is_subscription or amounts.PRICE.are_in(words)):
        columns = {column: at for column, at in match.columns.items() if column not in ("quantity", "discount")}
        note = f"'{name}' is the total of a row; '{quantity}' is not multiplied with it"
        return Meaning(match._replace(columns=columns, notes=(*match.notes, note)))
    choices = (Choice("column", f"quantity={quantity}", "a price per unit"), Choice("column", "quantity=", "the total of the row"))
    message = f"'{name}' may be the price of one unit, or the total for '{quantity}'"
    hint = f"for a price per unit pass {choices[0]}, for a total pass {choices[1]}"
    return Meaning(match, Problem("E327", message, place, hint, choices=choices))
