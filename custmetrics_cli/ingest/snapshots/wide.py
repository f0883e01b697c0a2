"""Tables with one column per month: find them, and write a row for each customer and month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.blank_words import BLANKS, drop_blank_word
from custmetrics_cli.core.errors import Choice, Problem, pass_one
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.model import Reshaped
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.ingest.snapshots.month_texts import is_month_name, month_of, months_of
from custmetrics_cli.ingest.snapshots.months import Months
from custmetrics_cli.ingest.snapshots.source import HALF, Source
from custmetrics_cli.tables.words import amounts, snapshots

FEWEST_MONTHS = 2
DATE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}.*")


class Wide(NamedTuple):
    """A table with one column per month."""

    source: Source
    customer: int
    columns: tuple[int, ...]  # of the months, in the order of the file
    months: Months

    @property
    def dated(self) -> int:
        """The first column of a month."""
        return self.columns[0]

    @property
    def others(self) -> list[int]:
        """The positions of the columns that are not months."""
        return [at for at, _ in enumerate(self.source.cells) if at not in set(self.columns)]

    @property
    def amount(self) -> str:
        """The header of the amount: what the headers of the months have in common."""
        parts = [self.source.header.parts[at] for at in self.columns]
        name = "ARR" if all(amounts.ARR.are_in(split_words(self.source.cells[at])) for at in self.columns) else "MRR"
        currencies = {part.currency for part in parts}
        return f"{name} ({currencies.pop()})" if len(currencies) == 1 and "" not in currencies else name

    def reshaped(self) -> Reshaped:
        first, last = self.source.cells[self.columns[0]], self.source.cells[self.columns[-1]]
        note = f"{plural(len(self.columns), 'column')} of months ('{first}' to '{last}'); each cell is a subscription of one month"
        return self.months.reshaped(self.source, self.customer, self.amount, note, len(self.columns))

    def names(self) -> list[str]:
        return [self.source.cells[at] for at in self.others]

    def rows(self) -> Iterator[tuple[list[str], date | None, str]]:
        """Yield the other cells, the month and the amount of each cell. A row of totals has no month."""
        width, others = len(self.source.cells), self.others
        by_column = [(at, self.months.by_text[self.source.cells[at]]) for at in self.columns]
        for cells in self.source.rows():
            kept = [cells[at] for at in others] if len(cells) == width else cells
            if len(cells) == width and self._is_total(cells):
                kept = ["Total"]
            is_row = len(cells) == width and any(map(str.strip, cells)) and kept != ["Total"]
            for at, month in by_column:
                yield (kept, month, drop_blank_word(cells[at].strip(BLANKS)) or "0") if is_row else (kept, None, "")

    def _is_total(self, cells: Sequence[str]) -> bool:
        return cells[self.customer].strip(BLANKS + ":").casefold() in snapshots.TOTAL_ROW


def find_wide(source: Source) -> Wide | Problem | None:
    """Return the table with one column per month, or the problem with it; None if it is another table."""
    headers = {cell: at for at, cell in enumerate(source.cells) if cell}
    months = month_columns(source, headers)
    columns = tuple(at for cell, at in headers.items() if cell in months)
    if len(columns) < FEWEST_MONTHS:
        return _without_years(source)
    if len({*months.values()}) < len(columns) or not _are_amounts(source, columns):
        return None
    if not source.customers:
        return _which_customer(source)
    paid = _columns_with_amounts(source, columns)
    found = Months({cell: months[cell] for at in paid for cell in [source.cells[at]]})
    if not paid:
        return None
    return Wide(source, source.customers[0], paid, found)


def month_columns(source: Source, headers: Iterable[str]) -> dict[str, date]:
    """Return the months of the headers that are months. Days may show their order only together."""
    months = {cell: month for cell in headers if (month := month_of(cell))}
    days = [cell for cell in headers if cell not in months and DATE.fullmatch(cell)]
    return {**months, **months_of(days, source.settings.order)}


def _columns_with_amounts(source: Source, columns: Sequence[int]) -> tuple[int, ...]:
    """Return the columns in which some customer pays. Spreadsheets have columns for the months to come."""
    left, width = set(columns), len(source.cells)
    for cells in source.rows():
        if len(cells) == width:
            left -= {at for at in left if drop_blank_word(cells[at].strip(BLANKS)).strip("0.,") != ""}
        if not left:
            break
    return tuple(at for at in columns if at not in left)


def _are_amounts(source: Source, columns: Sequence[int]) -> bool:
    """Return whether most cells of the months are numbers. A mistyped one is an error of its own, later."""
    cells = [drop_blank_word(cell) for at in columns for cell in source.sample.distinct(at)]
    known = [cell for cell in cells if cell]
    return bool(known) and MONEY.fits(known) >= HALF


def _which_customer(source: Source) -> Problem | None:
    """Return E350 if a column may name the customers, or the accounts of a ledger."""
    unclear = source.having(snapshots.UNCLEAR)
    if not unclear or is_of_measures(source, unclear[0]):
        return None
    choices = [
        Choice("column", f"customer_id={source.cells[at]}", source.sample.distinct(at)[0]) for at in unclear if source.sample.distinct(at)
    ]
    message = "has one column per month, and it is not clear which column names the customers"
    return Problem("E350", message, source.place(unclear[0]), pass_one(choices), choices=tuple(choices)) if choices else None


def is_of_measures(source: Source, at: int) -> bool:
    """Return whether the cells of a column name measures, such as MRR and customers."""
    known = snapshots.MEASURE_ROWS.joined
    cells = ["".join(split_words(cell)) for cell in source.sample.distinct(at)]
    return bool(cells) and 2 * sum(cell in known for cell in cells) >= len(cells)


def _without_years(source: Source) -> Problem | None:
    """Return E353 if the columns are months whose year is not known."""
    months = [cell for cell in source.cells if is_month_name(cell)]
    if len(months) <= FEWEST_MONTHS or not source.customers:
        return None
    message = f"has one column per month ('{months[0]}' to '{months[-1]}'), but their year is not known"
    return Problem("E353", message, source.place(), f"rename the headers: '{months[0]}' to '{months[0]} 2026', for example")
