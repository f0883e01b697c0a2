"""JSON lines: per line a result of the JSON contract and the rows it stands on, a row of a listing, or an inspected file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render._flat import rows_behind, unique
from custmetrics_cli.render._format import Can, Format, Screen
from custmetrics_cli.render._inspection import file_record
from custmetrics_cli.render._record import dumped, listing_rows, result_record

if TYPE_CHECKING:
    from custmetrics_cli.result import Answer, Inspected, Listing


def answer_lines(answer: Answer, screen: Screen) -> str:
    behind = rows_behind(answer.inputs)
    return "".join(dumped({**result_record(result), **behind}, screen) + "\n" for result in answer.results)


def listing_lines(listing: Listing, screen: Screen) -> str:
    names = unique(listing.columns)
    return "".join(dumped(dict(zip(names, row, strict=True)), screen) + "\n" for row in listing_rows(listing))


def inspected_lines(inspected: Inspected, can: Can, screen: Screen) -> str:
    return "".join(dumped(file_record(file, can), screen) + "\n" for file in inspected.files)


FORMAT = Format((".jsonl", ".ndjson"), answer_lines, listing_lines, inspected_lines)
