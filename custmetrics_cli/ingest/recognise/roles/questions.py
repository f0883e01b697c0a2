"""Questions about decisive columns: cells that only a role has, under a header without a word of the role."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from custmetrics_cli.columns import ColumnFormat, ColumnKind, UnreadableCell
from custmetrics_cli.columns.interval import INTERVAL, INTERVALS
from custmetrics_cli.columns.orders import payment
from custmetrics_cli.columns.orders.payment import PAYMENT, PAYMENTS
from custmetrics_cli.columns.status import STATUS, STATUSES, UNKNOWN
from custmetrics_cli.core.errors import Choice, Place, Problem
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import CELLS, TableMatch, settled_positions
from custmetrics_cli.ingest.recognise.roles.choose import CONFIRMED, Rival, kind_of
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.shared.header_words import words

NAMES = words("product plan type tier package segment category тариф план тип продукт пакет сегмент категория")
SHOWN = 2  # sample cells
COMMON = frozenset(
    re.findall(r"\w+", "USD EUR GBP RUB UAH KZT CHF PLN CZK SEK NOK DKK CAD AUD NZD JPY CNY INR BRL MXN TRY BYN ILS AED SGD HKD ZAR")
)
NO_CHANGE = {
    INTERVAL: {INTERVALS.index("month")},
    STATUS: {0, STATUSES.index("active"), UNKNOWN},
    PAYMENT: {0, PAYMENTS.index("paid"), PAYMENTS.index("in_process"), payment.UNKNOWN},
}


class Open(NamedTuple):
    """A column that may have a role, without a word that shows it."""

    column: Column
    header: str
    cells: tuple[str, ...]

    @property
    def choice(self) -> Choice:
        return Choice("column", f"{self.column.name}={self.header}", f"cells such as {' and '.join(self.cells)}")


def find_open(match: TableMatch, header: Header, sample: Sample, settled: Collection[str]) -> Iterator[Open]:
    """Yield the columns whose cells all have a role that no column has, and that the preset does not use."""
    used = settled_positions(match.preset, header)
    for column in match.table.columns:
        is_open = column.name not in (*match.columns, *match.constants, *settled)
        if kind_of(column) in CONFIRMED and column.words and is_open:
            for at in _free(match, header):
                if at not in used and may_have_role(column, header.cells[at]) and _has_role(column, sample, at):
                    yield Open(column, header.cells[at], tuple(sample.distinct(at)[:SHOWN]))


def open_question(found: list[Open], path: str, line: int) -> Problem:
    """Return E324: all columns that could have a role, in one message."""
    first = found[0]
    cells = " and ".join(map(repr, first.cells))
    message = f"the cells of '{first.header}' ({cells}) look like the {first.column.name}, but its header does not show it"
    others = [each for each in found[1:] if each.column is first.column]
    message += f"; so do {', '.join(repr(each.header) for each in others)}" if others else ""
    roles = list(dict.fromkeys(each.column.name for each in found))
    yes = " ".join(str(next(each.choice for each in found if each.column.name == role)) for role in roles)
    no = " ".join(f"--column {role}=" for role in roles)
    choices = (*(each.choice for each in found), *(Choice("column", f"{role}=", "there is none") for role in roles))
    return Problem("E324", message, Place(path, line), f"pass {yes}, or {no} if there is none", choices=choices)


def rival_question(rivals: tuple[Rival, ...], header: Header, path: str, line: int) -> Problem:
    """Return E325: two columns fit one role equally well and differ."""
    rival = rivals[0]
    names = [header.cells[at] for at in rival.positions]
    choices = tuple(Choice("column", f"{rival.column.name}={name}") for name in names)
    message = f"{' and '.join(map(repr, names))} could both be the {rival.column.name}, and they differ"
    return Problem("E325", message, Place(path, line), f"pass {' or '.join(map(str, choices))}", choices=choices)


def adopt_currency(match: TableMatch, header: Header, sample: Sample, settled: Collection[str]) -> TableMatch:
    """Use a column as the currency if all its cells are one common currency."""
    for column in match.table.columns:
        if column.is_currency and column.name not in (*match.columns, *match.constants, *settled):
            for at in _free(match, header):
                if _is_one_currency(column, header.cells[at], sample, at):
                    columns, found_by = {**match.columns, column.name: at}, {**match.found_by, column.name: CELLS}
                    return match._replace(columns=columns, found_by=found_by)
    return match


def _is_one_currency(column: Column, name: str, sample: Sample, at: int) -> bool:
    cells = sample.distinct(at)
    is_common = len(cells) == 1 and cells[0].upper() in COMMON
    return is_common and all(sample.column(at)) and may_have_role(column, name)


def _free(match: TableMatch, header: Header) -> list[int]:
    return [at for at, name in enumerate(header.cells) if name and at not in match.columns.values()]


def may_have_role(column: Column, name: str) -> bool:
    """Return whether a header leaves open that its column has a role: it has no word of another one."""
    words = split_words(name)
    if column.words is None:
        return True
    foreign = column.words.foreign.without(column.words.asks_about)
    return not foreign.are_in(words) and not (column.kind in (STATUS, PAYMENT) and NAMES.are_in(words))


def _has_role(column: Column, sample: Sample, at: int) -> bool:
    """Return whether all cells fit, at least two differ, and reading them changes a row."""
    cells, kind = sample.distinct(at), kind_of(column)
    if len({cell.casefold() for cell in cells}) < 2 or kind.fits(cells) < 1:
        return False
    return kind not in NO_CHANGE or any(_changes_row(kind, cell) for cell in cells)


def _changes_row(kind: ColumnKind, cell: str) -> bool:
    """Return whether reading a cell changes a number. A word for "empty" cannot be read, and changes nothing."""
    try:
        return kind.read_cell(cell, ColumnFormat()) not in NO_CHANGE[kind]
    except UnreadableCell:
        return False
