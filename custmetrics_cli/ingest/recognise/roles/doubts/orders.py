"""A warning about a column that may hold the numbers of orders: without it, each line of an order is an order of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.core.errors import Choice
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.sample import Sample

LEAST_REPEATED = 2  # values on several rows
NOT_A_NUMBER = ".,:@"  # characters of amounts, times and addresses


def order_remarks(match: TableMatch, header: Header, sample: Sample, needs: Callable[[str], bool]) -> Iterator[Remark]:
    """Yield W273 for the first column whose values repeat on rows of one customer and day only. needs: see state_remarks."""
    keys = [column.name for column in match.table.columns if column.kind.is_key]
    if match.preset or not keys or keys[0] in (*match.columns, *match.constants) or not needs("date"):
        return
    free = [at for at, name in enumerate(header.cells) if name and at not in match.columns.values()]
    found = next((at for at in free if _holds_orders(match, sample, at)), None)
    if found is not None:
        name = header.cells[found]
        choice = Choice("column", f"{keys[0]}={name}")
        text = f"rows of one customer and day share a value of '{name}'; if it is the number of an order, pass {choice}"
        yield Remark("W273", text, "date")


def _holds_orders(match: TableMatch, sample: Sample, at: int) -> bool:
    """Return whether the values of a column look like numbers, and each of them has one customer and one day."""
    customer, day = (match.columns.get(name, -1) for name in ("customer_id", "date"))
    cells = sample.distinct(at)
    if min(customer, day) < 0 or not all(map(_is_number, cells)) or _are_days(cells):
        return False
    counts = Counter(cell for cell in sample.column(at) if cell)
    owners = {(row[at], row[customer], row[day]) for row in sample.rows if row[at]}
    return len(owners) == len(counts) and sum(count > 1 for count in counts.values()) >= LEAST_REPEATED


def _are_days(cells: list[str]) -> bool:
    """Return whether cells are dates. Digits alone are numbers."""
    return not all(map(str.isdigit, cells)) and DAY.fits(cells) > 0


def _is_number(text: str) -> bool:
    return any(map(str.isdigit, text)) and not any(mark in text for mark in NOT_A_NUMBER)
