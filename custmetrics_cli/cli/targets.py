"""What stands beside a value: targets and benchmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.thresholds import TEST, Threshold
from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Benchmark, Result, Target
from custmetrics_cli.metrics import METRICS

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import CompareOptions

Tests = list[tuple[Metric, Threshold]]


def limits(option: str, texts: Sequence[str]) -> Tests:
    """Each with the metric that it names, in its standard definition. Raises CustmetricsError E113, E131, E132, E175."""
    named = [(_named(option, text), text) for text in texts]
    return [(metric, Threshold.parse(text, metric, "standard", option)) for metric, text in named]


def targets(options: CompareOptions) -> dict[str, Threshold]:
    """By metric. Raises CustmetricsError E176 where a metric has two."""
    found: dict[str, Threshold] = {}
    for metric, test in limits("--target", options.target):
        if metric.name in found:
            both = f"'{found[metric.name].bare}' and '{test.bare}'"
            raise CustmetricsError(Problem("E176", f"{metric.name} has two targets: {both}", hint="leave one of them out"))
        found[metric.name] = test
    return found


def _named(option: str, text: str) -> Metric:
    names = {other: metric for metric in METRICS.values() for other in (metric.name, *metric.aliases)}
    found = re.match(TEST, text)
    name = found["name"].casefold() if found else text.strip()
    if name not in names:
        raise CustmetricsError(Problem("E175", f"{option} '{text}' names no metric", hint=near(name, names)))
    return names[name]


def benchmarks(options: CompareOptions) -> list[Benchmark]:
    """Those of the package, and with a file its own too."""
    from custmetrics_cli.report.benchmarks import SHIPPED, read

    if options.benchmarks in ("", "none"):
        return []
    return [*read(SHIPPED), *(read(Path(options.benchmarks)) if options.benchmarks != "shipped" else [])]


def annotate(answer: Answer, aims: Mapping[str, Threshold], known: Sequence[Benchmark]) -> Answer:
    """The answer with both beside its values."""
    from custmetrics_cli.report.benchmarks import beside

    aimed = [result._replace(target=_target(result, aims.get(result.metric.name))) for result in answer.results]
    return beside(answer._replace(results=aimed), known)


def _target(result: Result, aim: Threshold | None) -> Target | None:
    if aim is None or result.definition != "standard":
        return None
    return Target(aim.bare, None if result.value is None else aim.holds_for(result.value))
