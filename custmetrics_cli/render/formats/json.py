"""JSON: a contract (schema.json). New keys may come, old ones stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render._format import Can, Format, Screen
from custmetrics_cli.render._inspection import inspection_document
from custmetrics_cli.render._record import SCHEMA_VERSION, document, dumped, listing_period, listing_rows, problem_record, result_record

if TYPE_CHECKING:
    from custmetrics_cli.errors import Problem
    from custmetrics_cli.result import Answer, Inspected, Listing

ANY = Screen(ascii=True)  # standard error may have any encoding


def answer_document(answer: Answer, screen: Screen) -> str:
    body = {"results": [result_record(result) for result in answer.results]}
    return dumped(document(answer.inputs, body, answer.warnings), screen, indent=2) + "\n"


def listing_document(listing: Listing, screen: Screen) -> str:
    body = {
        "list": listing.name,
        "means": listing.means,
        "period": listing_period(listing.period),
        "columns": list(listing.columns),
        "rows": [list(row) for row in listing_rows(listing)],
    }
    return dumped(document(listing.inputs, body, listing.warnings), screen, indent=2) + "\n"


def errors_document(problems: Sequence[Problem], total: int = 0, screen: Screen = ANY) -> str:
    """What a refused run says under --json. total counts all problems where only the first were kept."""
    body = {"schema_version": SCHEMA_VERSION, "errors": [problem_record(p) for p in problems], "total": max(total, len(problems))}
    return dumped(body, screen, indent=2) + "\n"


def inspected_document(inspected: Inspected, can: Can, screen: Screen) -> str:
    return dumped(inspection_document(inspected, can), screen, indent=2) + "\n"


FORMAT = Format((".json",), answer_document, listing_document, inspected_document)
