"""The source of a definition of another system, and what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Line, Page
from custmetrics_cli.render.text import days_text

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Source
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.core.time.period import Period


def cited(source: Source) -> str:
    """Return the source as a sentence names it."""
    return f"{source.vendor}: as documented on {source.page}, {source.date} (confidence: {source.confidence})"


def window_text(window: Period, period: Period) -> str:
    """Return how the days that are counted differ from the period."""
    return f"counts {days_text(window.start, window.end)}: {window.days} days. The period has {period.days} days"


def documented_text(source: Source) -> str:
    """Return the choices that a source documents."""
    return f"documented: {', '.join(f'{axis}={value}' for axis, value in source.choices.items())}" if source.choices else ""


def open_text(source: Source) -> str:
    """Return the axes that a source does not document."""
    return f"not documented, so our own definition: {', '.join(source.open)}" if source.open else ""


def source_lines(results: Sequence[Result]) -> Page:
    """Return the lines about the source of the results of one metric; none for our own definitions."""
    first, windows = results[0], {result.window for result in results}
    if first.source is None:
        return []
    window = f"this value {window_text(first.window, first.period)}" if first.window and len(windows) == 1 else ""
    if len(windows) > 1:
        window = f"each value counts its own days: window={first.source.choices.get('window', '')}"
    texts = [window, documented_text(first.source), open_text(first.source), *map(str, first.kept)]
    return [Line(f"   {text}") for text in texts if text]


def report_lines(results: Sequence[Result]) -> Page:
    """Return the lines about the sources of a report, each once. Metrics that no profile covers have our own definition."""
    sources = {result.source.profile: result.source for result in results if result.source}
    if not sources:
        return []
    own = dict.fromkeys(result.metric.name for result in results if result.source is None)
    lines = [Line(), *(Line(f"{name}, {cited(source)}") for name, source in sources.items())]
    lines += [Line(f"  {each.metric.name}: {text}") for each in results if each.source and (text := _facts(each))]
    return [*lines, *([Line(f"  our own definition: {', '.join(own)}")] if own else [])]


def _facts(result: Result) -> str:
    window = window_text(result.window, result.period) if result.window else ""
    source = result.source
    texts = [documented_text(source), open_text(source)] if source else []
    return "; ".join(filter(None, (window, *texts, *map(str, result.kept))))
