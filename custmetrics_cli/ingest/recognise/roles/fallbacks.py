"""Columns of a file without a preset that are used where the cell of another is empty."""

from __future__ import annotations

from collections.abc import Iterator

from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.words import rank_for, rank_of
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked
from custmetrics_cli.tables.words import people

REACHED = HeaderWords(ranked(people.EMAIL, people.PHONE), people.NOT_CUSTOMER, people.FILLERS)
EMAILS = HeaderWords(ranked(people.EMAIL, "почты"), people.NOT_CUSTOMER, people.EMAIL_FILLERS)


def is_email_header(header: str) -> bool:
    """Return whether a header names the e-mail of a customer.

    >>> is_email_header("Customer Email"), is_email_header("Person Email"), is_email_header("Sales rep email")
    (True, True, False)
    """
    return rank_of(header, EMAILS) is not None


def plain_fallbacks(match: TableMatch, header: Header, settings: Settings) -> dict[str, tuple[int, ...]]:
    """Return the positions of the columns that replace a column, the best first."""
    found = {
        column.name: tuple(_fallbacks(column, match, header, settings)) for column in match.table.columns if column.name in match.columns
    }
    return {column: positions for column, positions in found.items() if positions}


def _fallbacks(column: Column, match: TableMatch, header: Header, settings: Settings) -> Iterator[int]:
    """Yield an e-mail or phone for an id, and the day of the order for the day of its payment if unpaid orders count."""
    role = column.header_role(header.cells[match.columns[column.name]]) if column.header_role else ""
    free = [at for at, name in enumerate(header.cells) if name and at not in match.columns.values()]
    if column.nobody and not role:
        yield from _by_rank((rank_of(header.cells[at], REACHED), at) for at in free)
    if role and role == column.optional_as and settings.policies.get(column.empty_kept[0]) == column.empty_kept[1]:
        named = header.positions(column.names)
        yield from dict.fromkeys([*(at for at in named if at in free), *_by_rank((rank_for(header.cells[at], column), at) for at in free)])


def _by_rank(ranks: Iterator[tuple[int | None, int]]) -> Iterator[int]:
    yield from (at for _, at in sorted((rank, at) for rank, at in ranks if rank is not None))
