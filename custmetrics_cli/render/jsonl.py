"""JSON lines: one result of the JSON contract per line, with the count of rows it stands on; a listing, one object per row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render._flat import rows_behind, unique
from custmetrics_cli.render._format import Format, Screen
from custmetrics_cli.render._record import dumped, result_record

if TYPE_CHECKING:
    from custmetrics_cli.result import Answer, Listing


def answer_lines(answer: Answer, screen: Screen) -> str:
    behind = rows_behind(answer.inputs)
    return "".join(dumped({**result_record(result), **behind}, screen) + "\n" for result in answer.results)


def listing_lines(listing: Listing, screen: Screen) -> str:
    names = unique(listing.columns)
    return "".join(dumped(dict(zip(names, row, strict=True)), screen) + "\n" for row in listing.rows)


FORMAT = Format("jsonl", (".jsonl", ".ndjson"), answer_lines, listing_lines)
