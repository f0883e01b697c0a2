"""The groups that a metric is answered for."""

from __future__ import annotations

from custmetrics_cli.compute.counts import Group, Periods, sort_key
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.split.groups import only_known_of_lost
from custmetrics_cli.core.metric import Metric


def groups_of(run: Run, metric: Metric, periods: Periods) -> list[Group]:
    """Return the groups in which a total of the metric is not 0, in order of name. Without --by there is one group, ().

    A split by the reason why customers left has the groups of lost customers only.
    """
    if not run.question.by:
        return [()]
    _check_split(run, metric)
    totals = [total for total in metric.totals.values() if not total.monthly]
    split = [total for total in totals if total.by_leave_reason or not any(run.view(total.dataset).groups.by_leave_reason)]
    numbers = range(1, len(periods) + 1)
    groups: set[Group] = set()
    for total in split:
        table = run.counts(total.dataset, periods)
        groups.update(group for group in table.groups if table.add_up(total, numbers, [group]))
    return sorted(groups, key=sort_key)


def _check_split(run: Run, metric: Metric) -> None:
    """Raise CustmetricsError E133 if a metric without lost customers is split by the reason why they left."""
    used = [metric.definitions[name] for metric, name in run.question.metrics]
    counts_lost = any(total.by_leave_reason for definition in used for total in (*definition.needed_totals, *definition.totals))
    splits = [run.view(dataset).groups for dataset in metric.datasets]
    reasons = [column for groups in splits for column, is_reason in zip(groups.by, groups.by_leave_reason, strict=True) if is_reason]
    if reasons and not counts_lost:
        raise only_known_of_lost(reasons[0], f"{metric.name} cannot be split by it")
