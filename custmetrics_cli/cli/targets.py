"""Targets, benchmarks and the tests of --fail-if that name their metric."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.thresholds import TEST, Threshold
from custmetrics_cli.core.data.yardsticks import Benchmark, Target
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Answer, Result
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.report.benchmarks import read_benchmarks

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.question import CompareOptions


def thresholds(option: str, texts: Sequence[str]) -> list[tuple[Metric, Threshold]]:
    """Return each threshold with the metric that it names. Raises CustmetricsError E113, E131, E132, E175."""
    named = [(_metric(option, text), text) for text in texts]
    return [(metric, Threshold.parse(text, metric, "standard", option)) for metric, text in named]


def targets(options: CompareOptions) -> dict[str, Threshold]:
    """Return the targets by name of metric. Raises CustmetricsError E176 for a metric with two targets."""
    by_metric: dict[str, Threshold] = {}
    for metric, target in thresholds("--target", options.target):
        if metric.name in by_metric:
            both = f"'{by_metric[metric.name].without_name}' and '{target.without_name}'"
            raise CustmetricsError(Problem("E176", f"{metric.name} has two targets: {both}", hint="leave out one of them"))
        by_metric[metric.name] = target
    return by_metric


def _metric(option: str, text: str) -> Metric:
    names = {name: metric for metric in METRICS.values() for name in (metric.name, *metric.aliases)}
    match = re.match(TEST, text)
    name = match["name"].casefold() if match else text.strip()
    if name not in names:
        raise CustmetricsError(Problem("E175", f"{option} '{text}' does not name a metric", hint=near(name, names)))
    return names[name]


def benchmarks(options: CompareOptions) -> list[Benchmark]:
    """Return the shipped benchmarks, and those of the user's file."""
    from custmetrics_cli.report.benchmarks import SHIPPED

    if options.benchmarks in ("", "none"):
        return []
    return [*read_benchmarks(SHIPPED), *(read_benchmarks(Path(options.benchmarks)) if options.benchmarks != "shipped" else [])]


def annotate(answer: Answer, targets: Mapping[str, Threshold], benchmarks: Sequence[Benchmark]) -> Answer:
    """Return the answer with targets and benchmarks beside its values."""
    from custmetrics_cli.report.benchmarks import add_benchmarks

    with_targets = [result._replace(target=_target(result, targets.get(result.metric.name))) for result in answer.results]
    return add_benchmarks(answer._replace(results=with_targets), benchmarks)


def _target(result: Result, target: Threshold | None) -> Target | None:
    if target is None or result.definition != "standard":
        return None
    return Target(target.without_name, None if result.value is None else target.holds_for(result.value), target.limit)
