"""Tables with one row per customer and month: find them, and write each row as a subscription of that month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.orders.flag import FLAG, NO, UNKNOWN, YES
from custmetrics_cli.columns.parsing.blank_words import BLANKS, drop_blank_word
from custmetrics_cli.columns.status import STATUS, STATUSES
from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.model import Reshaped
from custmetrics_cli.ingest.recognise.roles.words import rank_of, split_words
from custmetrics_cli.ingest.snapshots.month_texts import MOST, days_of, months_of
from custmetrics_cli.ingest.snapshots.months import Months
from custmetrics_cli.ingest.snapshots.source import HALF, NINE_IN_TEN, Source
from custmetrics_cli.tables.subscriptions import TABLE
from custmetrics_cli.tables.words import amounts, snapshots

ENDS = ("ended_at", "canceled_at", "paid_through", "trial_end")
PAYING = {STATUSES.index(name) for name in ("", "active", "active_until_end", "past_due", "unknown")}


class Long(NamedTuple):
    """A table with one row per customer and month."""

    source: Source
    customer: int
    dated: int
    amount: int
    pays: tuple[int, ...]  # columns that show whether the customer pays: yes and no, or a state
    left: tuple[int, ...]  # columns that show whether the customer left
    months: Months

    @property
    def amount_header(self) -> str:
        return self.source.cells[self.amount]

    def reshaped(self) -> Reshaped:
        name = self.source.cells[self.dated]
        note = f"one row per customer and month of '{name}'; each is a subscription of that month"
        return self.months.reshaped(self.source, self.customer, self.amount_header, note, 1)

    def names(self) -> list[str]:
        return list(self.source.cells)

    def rows(self) -> Iterator[tuple[list[str], date | None, str]]:
        """Yield the cells, the month and the amount of each record. A record that is not a row has no month."""
        width = len(self.source.cells)
        for cells in self.source.rows():
            if len(cells) != width:
                yield cells, None, ""
                continue
            amount = drop_blank_word(cells[self.amount].strip(BLANKS)) or "0"
            month = self.months.by_text.get(cells[self.dated].strip(BLANKS))
            yield cells, month, amount if self._is_paying(cells) else "0"

    def _is_paying(self, cells: list[str]) -> bool:
        has_left = any(_is_yes(cells[at]) for at in self.left)
        return not has_left and all(_pays(cells[at]) for at in self.pays)


def _is_yes(cell: str) -> bool:
    return bool(FLAG.read_cell(cell.strip(BLANKS), ColumnFormat()) == YES)


def _pays(cell: str) -> bool:
    """Return whether a yes or a state means that the customer pays. An unknown word does: the amount decides."""
    text = cell.strip(BLANKS)
    flag = FLAG.read_cell(text, ColumnFormat())
    if flag not in (UNKNOWN, 0):
        return bool(flag != NO)
    return int(STATUS.read_cell(text, ColumnFormat())) in PAYING


class _Facts:
    """Facts about all rows of a file: the months of the dates, and how often a customer returns."""

    def __init__(self, source: Source, customer: int, at: int) -> None:
        self.texts: dict[str, None] = {}
        self.dates_of: dict[str, set[str]] = {}
        self.rows = 0
        width = len(source.cells)
        for cells in source.rows():
            if len(cells) == width and (text := cells[at].strip(BLANKS)) and (customer_id := cells[customer].strip(BLANKS)):
                self.rows += 1
                self.texts[text] = None
                self.dates_of.setdefault(customer_id, set()).add(text)
            if len(self.texts) > MOST:
                break

    @property
    def once_per_date(self) -> float:
        """The share of rows that are the only one of their customer and date, at least."""
        return sum(map(len, self.dates_of.values())) / max(1, self.rows)

    def recurring(self, last: str) -> float:
        """Return the share of the customers before the last date that have several dates."""
        before = [dates for dates in self.dates_of.values() if dates != {last}]
        return sum(len(dates) > 1 for dates in before) / max(1, len(before))


def find_long(source: Source) -> Long | Problem | None:
    """Return the table with one row per customer and month, or the problem with it; None if it is another table."""
    dated = [(rank, at) for at, cell in enumerate(source.cells) if cell and (rank := rank_of(cell, snapshots.DATE)) is not None]
    has_mrr = any(map(source.is_mrr, range(len(source.cells))))
    named = [(rank, at) for rank, at in sorted(dated) if has_mrr or rank != snapshots.WEAK]
    rank, at = next(((rank, at) for rank, at in named if months_of(source.sample.distinct(at), source.settings.order)), (0, -1))
    if at < 0 or not source.amounts or _has_other_meaning(source, at):
        return None
    customers = [each for each in source.customers or _unclear(source) if each not in (at, source.amounts[0])]
    if not customers or (rank == snapshots.WEAK and not source.is_mrr(source.amounts[0])):
        return None
    return _checked(source, customers[0], rank, at)


def _unclear(source: Source) -> list[int]:
    """Return columns such as account: they name customers beside MRR."""
    return source.having(snapshots.UNCLEAR) if source.is_mrr(source.amounts[0]) else []


def _has_other_meaning(source: Source, date_at: int) -> bool:
    """Return whether rows have an end, or are orders."""
    ends = {at for name in ENDS for at in source.named(TABLE.by_name[name]) if at != date_at}
    has_end = any((fit := source.sample.fit(at, DAY)) is not None and fit >= NINE_IN_TEN for at in ends)
    return has_end or any(snapshots.ORDER.are_in(split_words(cell)) for cell in source.cells)


def _checked(source: Source, customer: int, rank: int, at: int) -> Long | Problem | None:
    """Read the whole file to decide: the same days of months for many customers, each customer once per day."""
    facts = _Facts(source, customer, at)
    months = months_of(facts.texts, source.settings.order)
    if not months or not _is_evident(facts, months, rank):
        return None
    found = Months(months)
    pays, left = source.having(snapshots.PAYS), source.having(snapshots.LEFT)
    table = Long(source, customer, at, source.amounts[0], tuple(pays), tuple(left), found)
    return _total_value(table) or table


def _is_evident(facts: _Facts, months: Mapping[str, date], rank: int) -> bool:
    if len(months) == 1:
        return rank == snapshots.STRONGEST
    last = max(months, key=lambda text: months[text])
    share = facts.recurring(last)
    if rank == snapshots.STRONGEST:
        return share > 0
    recurs = share >= HALF
    is_edge = rank == snapshots.STRONG or _are_edges(facts.texts)
    return recurs and is_edge and facts.once_per_date >= NINE_IN_TEN


def _are_edges(texts: dict[str, None]) -> bool:
    """Return whether all dates are first days of months, or all are last days. A name of a month is both."""
    readings = [days for order in ("", "dmy", "mdy") if (days := days_of(texts, order)) is not None]
    each = [[*days.values()] for days in readings]
    first = any(all(day.day == 1 for day in days) for days in each)
    return not readings or first or any(all((day + timedelta(1)).day == 1 for day in days) for days in each)


def _total_value(table: Long) -> Problem | None:
    """Return E352 if the amount is the value of a whole contract: it is not an amount per month."""
    name = table.amount_header
    if not amounts.CONTRACT.are_in(split_words(name)):
        return None
    message = f"has one row per customer and month, but '{name}' may be the value of a whole contract"
    return Problem("E352", message, table.source.place(table.amount), 'name the amount of a month: --column amount="MRR"')
