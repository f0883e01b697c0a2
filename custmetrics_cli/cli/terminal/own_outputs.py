"""Files that custmetrics itself wrote into a folder of inputs: they are left out, and a warning names them.

A CSV of answers is known by its first columns, a list of customers by all of its columns.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.core.data.delimiters import likely_delimiter
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.result import Notice

if TYPE_CHECKING:
    from custmetrics_cli.ingest.model import InputFile

ANSWER = ("metric", "definition", "unit")
CUSTOMER, COUNT = "customer_id", "count"
DAYS = {"started_at", "ended_at", "first_order", "last_order"}
AT_THE_END = {"currency", "options", "policies"}  # beside the columns of a list
SUFFIXES = (".csv", ".tsv")
LONGEST = 10_000  # bytes of a header


def without_own_outputs(files: Sequence[InputFile]) -> tuple[list[InputFile], list[Notice]]:
    """Return the files that are not outputs found in a folder, and a warning for each output. A file that the user names is read."""
    own = [file for file in files if not file.is_named and file.path.casefold().endswith(SUFFIXES) and is_own_output(_header(file.path))]
    notices = [Notice("W285", f"{file.path} was written by custmetrics, so it is left out; to read it, name the file") for file in own]
    return [file for file in files if file not in own], notices


def explain_own_outputs(error: CustmetricsError) -> CustmetricsError:
    """Return an error in which a file that is not a known table is named as an output of custmetrics, if it is one."""
    return CustmetricsError(*map(_explained, error.problems), total=error.total)


def _explained(problem: Problem) -> Problem:
    path = problem.place.path
    is_own = problem.code in ("E301", "E302", "E303", "E305") and path.casefold().endswith(SUFFIXES) and is_own_output(_header(path))
    message = "was written by custmetrics: it holds answers, not the rows of an export"
    return Problem("E358", message, Place(path), "pass the files that the answers were computed from") if is_own else problem


def _header(path: str) -> list[str]:
    if not Path(path).is_file():
        return []  # opening a pipe would wait for somebody who writes to it
    try:
        with Path(path).open("rb") as file:
            line = file.readline(LONGEST).decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return []
    return next(csv.reader([line], delimiter=likely_delimiter(line)), [])


def is_own_output(header: Sequence[str]) -> bool:
    """Return whether a header is that of an answer or of a list of customers.

    >>> is_own_output(["metric", "definition", "unit", "period"]), is_own_output(["plan", "customer_id", "score", "count", "options"])
    (True, True)
    >>> is_own_output(["customer_id", "date", "amount"]), is_own_output(["customer_id", "date", "revenue"])
    (False, False)
    """
    if tuple(header[: len(ANSWER)]) == ANSWER:
        return True
    columns = list(header)
    while columns and columns[-1] in AT_THE_END:
        columns.pop()
    if CUSTOMER not in columns[:-1]:
        return False
    *details, last = columns[columns.index(CUSTOMER) + 1 :]
    names, money = _columns_of_lists()
    return (last == COUNT or last in money) and names.issuperset(details)


@cache
def _columns_of_lists() -> tuple[set[str], set[str]]:
    """Return the columns that lists show beside the customer, and the totals of money that no file of a user has as a header."""
    from custmetrics_cli.metrics import METRICS

    datasets = [dataset for metric in METRICS.values() for dataset in metric.datasets]
    names = {name for dataset in datasets for name in (*dataset.detail_columns, dataset.comment_column) if name}
    totals = {total.name for metric in METRICS.values() for total in metric.totals.values() if total.unit == "money"}
    return names | DAYS, {name for name in totals if "_" in name}
