"""The names of groups in tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Result

NO_SEGMENT = "(none)"
TOTAL = "total"


def segment_text(value: str | None) -> str:
    return NO_SEGMENT if value is None else value


def group_cells(result: Result, by: Sequence[str]) -> list[str]:
    """Return the values of --by; for several groups together the name of the row and empty cells."""
    if by and not result.group:
        name = f"other ({plural(result.folded, 'group')})" if result.folded else TOTAL
        return [name, *[""] * (len(by) - 1)]
    return [segment_text(result.group.get(name)) for name in by]
