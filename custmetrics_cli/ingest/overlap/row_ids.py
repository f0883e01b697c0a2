"""Choose what identifies a row of a table in each of its files: the id of an order, a payment, an answer or a subscription."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.recognise.roles.words import rank_of
from custmetrics_cli.ingest.settings import KEEP, Settings
from custmetrics_cli.tables.shared.table import RowId
from custmetrics_cli.tables.words import row_ids


class Identity(Enum):
    """Properties that are equal in two rows if they are the same row."""

    ID = "the id"
    WEAK_ID = "the id, the customer, the day and the numbers: the id may be the number of a row"
    START = "the customer and the first day"
    ALL = "the customer, if known, the day and the numbers"


class RowIds(NamedTuple):
    """The columns that identify the rows of the files of one table."""

    identity: Identity
    headers: tuple[str, ...]  # of the ids, one for each file; '' = none


def choose_row_ids(layouts: Sequence[Layout], settings: Settings) -> RowIds:
    """Return the ids that all files have, the clear ones first, else what takes their place."""
    has_several = len(layouts) > 1 and settings.overlap != KEEP
    for rank, identity in ((row_ids.STRONG, Identity.ID), (row_ids.WEAK, Identity.WEAK_ID)):
        headers = [_header(layout, rank) if has_several else "" for layout in layouts]
        if all(headers):
            return RowIds(identity, tuple(headers))
    return RowIds(Identity.START if layouts[0].table.has_spans else Identity.ALL, ("",) * len(layouts))


def _header(layout: Layout, rank: int) -> str:
    """Return the header of the ids, up to a rank; '' = there is none."""
    column, words = layout.table.row_id or RowId()
    if column in layout.columns:
        return layout.names[layout.columns[column]]
    found = [(of_header, header) for header in layout.extra if words and (of_header := rank_of(header, words)) is not None]
    best, header = min(found, default=(rank + 1, ""), key=lambda each: each[0])
    return header if best <= rank else ""
