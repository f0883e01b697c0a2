"""The order of the groups of --by (--sort), the groups beyond --limit as one, and the total of all groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.compute.counts import Group, Periods, Slot
from custmetrics_cli.compute.evaluate import Evaluation, evaluate
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.split.filters import NOT_IN, Condition
from custmetrics_cli.core.data.reading import AS_READ
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.options import BY_NAME, BY_SIZE
from custmetrics_cli.tables import TABLES

FEWEST_FOLDED = 2  # one group is shown under its own name


class Ranked(NamedTuple):
    """The groups to show, in order, and the number of the others."""

    shown: Sequence[Group]
    folded: int = 0


def ranked(run: Run, definition: Definition, groups: Sequence[Group], periods: Periods) -> Ranked:
    """Return the groups in the order of --sort, by their last period. groups: in order of name. Groups beyond --limit are folded."""
    limit = run.question.limit
    is_folded = 0 < limit <= len(groups) - FEWEST_FOLDED
    is_by_name = run.question.sort == BY_NAME or len(groups) < FEWEST_FOLDED
    ordered = list(groups) if is_by_name else _by_number(run, definition, groups, periods)
    return Ranked(ordered[:limit], len(groups) - limit) if is_folded else Ranked(ordered)


def _by_number(run: Run, definition: Definition, groups: Sequence[Group], periods: Periods) -> list[Group]:
    """Return the groups by value or size, the largest first. A missing word is last, and a missing value before it."""
    by_size = run.question.sort == BY_SIZE

    def key(group: Group) -> tuple[object, ...]:
        now = evaluate(run, definition, Slot(periods, len(periods), group), check=False)
        number = _size(definition, now) if by_size else now.value
        return not isinstance(group, int) and None in group, number is None, -(number or 0)

    return sorted(groups, key=key)


def _size(definition: Definition, now: Evaluation) -> Number | None:
    """Return the largest count behind a value, such as the customers at the start, else the value."""
    counts = [Fraction(now.totals[total.name]) for total in definition.totals if total.unit == "count" and total.name in now.totals]
    return max(map(abs, counts)) if counts else now.value


def of_all_groups(question: Question) -> Question:
    """Return the question about all groups together."""
    return question._replace(by=(), sort=BY_NAME, limit=0)


def whole_is_total(run: Run) -> bool:
    """Return True if the counts of WHOLE answer the question about all groups together: then it need not be asked."""
    question = run.question
    if question.where or question.compare or question.compare_also or run.currencies.tables:
        return False
    return all(_whole_is_total(run, metric.definitions[name]) for metric, name in question.metrics)


def _whole_is_total(run: Run, definition: Definition) -> bool:
    """Return True if the groups decide nothing that the definition counts. A reader may read every count of its dataset."""
    reads_all = definition.model or definition.exhibits or (definition.interval and definition.interval.data)
    for dataset in definition.datasets:
        view, unless = run.view(dataset), dataset.whole_unless
        if unless is None or view.reading != AS_READ or not TABLES[view.tables[0]].has_spans:
            return False
        if reads_all and any(map(view.is_read, unless)):
            return False
    totals = (*definition.totals, *definition.needed_totals, *definition.pending_totals)
    return not any(total.between_groups or {*total.needs}.intersection(total.dataset.whole_unless or ()) for total in totals)


def of_other_groups(question: Question, shown: Sequence[Group]) -> Question:
    """Return the question about the groups that are not shown. One column splits the rows."""
    words = tuple(group[0] or "" for group in shown if not isinstance(group, int))
    return of_all_groups(question)._replace(where=(*question.where, Condition(question.by[0], NOT_IN, words)))
