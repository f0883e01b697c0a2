"""The lists of a report: the customers behind a total, the largest or the newest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.listing import comments, listing
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.split.columns import CUSTOMER
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Listing
from custmetrics_cli.metrics import METRICS

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Report
    from custmetrics_cli.ingest.loaded import Loaded

Questions = Mapping[str, Question | CustmetricsError]
HASH_LENGTH = 12
MOST_ROWS = 200_000  # of all inputs: above, a list takes longer than the whole report, so it has to be asked for


class WantedList(NamedTuple):
    """A total to list. required: named by the user, so an error is shown."""

    metric: Metric
    total: str
    required: bool = False


def default_lists() -> list[WantedList]:
    """Return the lists that metrics declare."""
    return [WantedList(metric, total) for metric in METRICS.values() for total in metric.report_list.split(",") if total]


def affordable(wanted: Sequence[WantedList], report: Report) -> list[WantedList]:
    """Return the lists that the user named and, for files that are not large, the others too."""
    small = sum(each.used for each in report.answer.inputs) <= MOST_ROWS
    return [each for each in wanted if small or each.required]


def with_comments(questions: Questions, wanted: Sequence[WantedList]) -> Questions:
    """Return the questions, with the comments of those whose answers are listed."""
    names = {each.metric.name for each in wanted}
    return {name: each._replace(with_comments=name in names) if isinstance(each, Question) else each for name, each in questions.items()}


def lists(questions: Questions, loaded: Loaded, wanted: Sequence[WantedList]) -> Iterator[Listing]:
    """Yield each list that the files can answer. Raises CustmetricsError if they cannot answer one that the user named."""
    for each in wanted:
        question = questions[each.metric.name]
        try:
            if isinstance(question, CustmetricsError):
                raise question
            yield _ordered(_listing(question, loaded, each))
        except CustmetricsError:
            if each.required:
                raise


def _listing(question: Question, loaded: Loaded, wanted: WantedList) -> Listing:
    """Return the comments behind a total if there are any, else its customers."""
    total = wanted.metric.totals.get(wanted.total)
    if total and total.dataset.comment_column:
        try:
            return comments(question, loaded, wanted.total)
        except CustmetricsError:
            question = question._replace(with_comments=False)
    return listing(question, loaded, wanted.total)


def _ordered(found: Listing) -> Listing:
    """Return the rows with the largest amount first, or with the newest day first."""
    if not found.rows:
        return found
    if found.units.get(found.columns[-1]) == "money":
        return found._replace(rows=sorted(found.rows, key=lambda row: -_amount(row[-1])))
    days = [at for at, name in enumerate(found.columns) if name.endswith("_at") or name == "day"]
    return found._replace(rows=sorted(found.rows, key=lambda row: str(row[days[-1]]), reverse=True)) if days else found


def _amount(cell: object) -> float:
    return 0.0 if cell is None or isinstance(cell, str) else float(cell)  # type: ignore[arg-type]


def without_names(found: Listing) -> Listing:
    """Return the list without the customer ids."""
    kept = [at for at, name in enumerate(found.columns) if name != CUSTOMER]
    rows = [tuple(row[at] for at in kept) for row in found.rows]
    return found._replace(columns=tuple(found.columns[at] for at in kept), rows=rows)


def with_hashes(found: Listing) -> Listing:
    """Return the list with a hash in place of each customer id: the same customer has the same one in each list."""
    at = found.columns.index(CUSTOMER) if CUSTOMER in found.columns else None
    if at is None:
        return found
    return found._replace(rows=[(*row[:at], _hash(str(row[at])), *row[at + 1 :]) for row in found.rows])


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]
