"""The parts of a report that a user chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.result import Result
from custmetrics_cli.render.words import Words

if TYPE_CHECKING:
    import datetime as dt

    from custmetrics_cli.core.result import Listing, Report


class PaperRequest(NamedTuple):
    """A report, its lists, and the choices of [report] and [events] in the settings."""

    report: Report
    words: Words
    title: str = ""
    key: Sequence[str] = ()  # names of metrics; empty: those that are declared as key metrics
    families: Sequence[str] = ()  # empty: all
    events: Mapping[dt.date, str] = {}
    lists: Sequence[Listing] = ()
    rows: int = 50  # the most rows of a list
    lists_skipped: bool = False  # the files are large, and no list was asked for


class Line(NamedTuple):
    """The results of one metric, by period. The last one is the one that the report is about."""

    results: tuple[Result, ...]

    @property
    def last(self) -> Result:
        return self.results[-1]


def lines_of(request: PaperRequest) -> list[Line]:
    """Return the results by metric, in the order of the families."""
    by_metric: dict[str, list[Result]] = {}
    for result in request.report.answer.results:
        by_metric.setdefault(result.metric.name, []).append(result)
    lines = [Line(tuple(results)) for results in by_metric.values()]
    shown = [line for line in lines if not request.families or line.last.metric.family in request.families]
    return sorted(shown, key=lambda line: line.last.metric.position)


def key_lines(request: PaperRequest, lines: Sequence[Line]) -> list[Line]:
    """Return the key metrics that have a value, in the order of the settings."""
    if request.key:
        by_name = {line.last.metric.name: line for line in lines}
        return [by_name[name] for name in request.key if name in by_name]
    return [line for line in lines if line.last.metric.is_key and line.last.value is not None]


def title_of(result: Result, words: Words) -> str:
    """Return the title of the metric, with its definition if that is not the standard one."""
    title = words.name("metrics", result.metric.name, result.metric.title)
    return title if result.definition == "standard" else f"{title} ({result.definition})"
