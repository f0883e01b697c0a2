"""Warnings about columns that may hold states, but are not read: their words are not all known, or their header is not clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from custmetrics_cli.columns.orders.payment import PAYMENT
from custmetrics_cli.columns.status import STATUS
from custmetrics_cli.core.errors import Choice
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch, settled_positions
from custmetrics_cli.ingest.recognise.roles.questions import may_have_role
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import rank_of
from custmetrics_cli.tables.shared.column import Column

STATES = (PAYMENT, STATUS)
MOST_STATES = 12  # distinct words; a column with more holds other things
SHORT = 3  # letters; a column of mostly such words holds codes of regions
SHOWN = 3


def state_remarks(match: TableMatch, header: Header, sample: Sample, needs: Callable[[str], bool]) -> Iterator[Remark]:
    """Yield W272 for the first column that may hold the states of the rows. needs: whether the answer reads a column."""
    for column in match.table.columns:
        is_open = column.kind in STATES and column.words and column.name not in (*match.columns, *match.constants)
        if is_open and needs(column.name) and not match.preset:
            yield from (_remark(column, header.cells[at], sample, at) for at in _doubtful(column, match, header, sample)[:1])


def _remark(column: Column, name: str, sample: Sample, at: int) -> Remark:
    shown = ", ".join(map(repr, sample.distinct(at)[:SHOWN]))
    choice = Choice("column", f"{column.name}={name}")
    return Remark("W272", f"'{name}' may hold states ({shown}), but is not read; to read it, pass {choice}", column.name)


def _doubtful(column: Column, match: TableMatch, header: Header, sample: Sample) -> list[int]:
    used = {*match.columns.values(), *settled_positions(match.preset, header)}
    free = [at for at, name in enumerate(header.cells) if name and at not in used and may_have_role(column, name)]
    return [at for at in free if _may_be_states(column, header.cells[at], sample.distinct(at))]


def _may_be_states(column: Column, name: str, cells: list[str]) -> bool:
    """Return whether a few words repeat, and half of them are known or the header is a word for a state."""
    words = {cell.casefold() for cell in cells}
    if not 1 < len(words) <= MOST_STATES or 2 * sum(len(word) <= SHORT for word in words) > len(words):
        return False
    is_named = column.words is not None and rank_of(name, column.words) is not None
    return column.kind.fits(cells) >= 0.5 or (is_named and all(map(_is_word, words)))


def _is_word(text: str) -> bool:
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
