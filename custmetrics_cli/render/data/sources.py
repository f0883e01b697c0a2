"""The source of a definition, as data of the JSON contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.figures import period_record
from custmetrics_cli.render.document import Record

if TYPE_CHECKING:
    from custmetrics_cli.core.data.yardsticks import Kept
    from custmetrics_cli.core.metric import Source
    from custmetrics_cli.core.result import Result


def source_record(source: Source, kept: Sequence[Kept]) -> Record:
    """Return a profile for the JSON contract."""
    return {
        "name": source.profile,
        "vendor": source.vendor,
        "source": source.page,
        "date": source.date,
        "confidence": source.confidence,
        "choices": dict(source.choices),
        "open": list(source.open),
        "kept": [{"axis": each.axis, "column": each.column, "value": each.value, "rows": each.rows or None} for each in kept],
    }


def result_sources(result: Result) -> Record:
    """Return the keys of a result about its source; {} for our own definitions."""
    window = {"window": period_record(result.window)} if result.window else {}
    return {**window, **({"profile": source_record(result.source, result.kept)} if result.source else {})}
