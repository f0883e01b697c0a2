"""The alerts that come before the numbers: missed targets, partial periods and warnings about the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.report.paper.cards import interval_text
from custmetrics_cli.report.paper.request import Line, PaperRequest, title_of

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.render.words import Words


def alerts(request: PaperRequest, lines: Sequence[Line]) -> Iterator[str]:
    """Yield the alerts, the missed targets first."""
    words = request.words
    for line in lines:
        yield from _missed(line.last, words)
    partial = [line for line in lines if not line.last.complete and line.last.value is not None]
    for name in dict.fromkeys(line.last.period.name for line in partial):
        titles = ", ".join(title_of(line.last, words) for line in partial if line.last.period.name == name)
        yield words("alert.partial", period=words.period(name), titles=titles)
    yield from (words("alert.warning", text=words.sentence(warning.message)) for warning in request.report.answer.warnings)


def _missed(result: Result, words: Words) -> Iterator[str]:
    """Yield a missed or untested target. If the interval includes the target, the sentence says so."""
    target = result.target
    if target is None or target.met:
        return
    texts = {"title": title_of(result, words), "target": target.text, "value": words.value(result.value, result.unit, result.currency)}
    interval = result.interval
    if target.met is None:
        yield words("alert.unknown", **texts)
    elif interval and target.limit is not None and interval.low <= target.limit <= interval.high:
        yield words("alert.missed_maybe", **texts, interval=interval_text(result, words))
    else:
        yield words("alert.missed", **texts)
