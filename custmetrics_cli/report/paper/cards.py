"""The key numbers, as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.paper import Card, Figure
from custmetrics_cli.render.parts.moments import moments
from custmetrics_cli.report.paper.request import Line, title_of

if TYPE_CHECKING:
    from custmetrics_cli.core.data.yardsticks import Target
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.render.words import Words

BETTER = {"higher": 1, "lower": -1}
VERDICTS = {True: "verdict.met", False: "verdict.missed", None: "verdict.untested"}


def card_of(line: Line, words: Words) -> Card:
    """Return the card of a metric."""
    result = line.last
    return Card(
        title_of(result, words),
        value_figure(result, words, spark=True, line=line),
        change_text(result, words),
        verdict_text(result, words),
        change_tone(result),
        words("text.interval", interval=interval_text(result, words)) if result.interval else "",
        target_text(result.target, words),
        target_tone(result),
        year_ago_text(result, words),
    )


def value_figure(result: Result, words: Words, spark: bool = False, line: Line | None = None) -> Figure:
    """Return the value as a cell. spark: with its trend."""
    points = tuple(each.value for each in moments(line.results)) if spark and line else ()
    text = words.value(result.value, result.unit, result.currency)
    return Figure(text, result.value, result.unit, result.currency or "", spark=points if len(points) > 2 else ())


def change_text(result: Result, words: Words) -> str:
    """Return the difference from the other period."""
    other = result.comparison
    if other is None or other.difference is None:
        return ""
    difference = words.difference(other.difference, result.unit, result.currency)
    return words("text.before", difference=difference, period=words.period(other.period.name))


def year_ago_text(result: Result, words: Words) -> str:
    """Return the difference from the second period, such as a year ago, and its verdict."""
    also = result.also_compared
    if also is None or also.difference is None:
        return ""
    difference = words.difference(also.difference, result.unit, result.currency)
    verdict = "" if also.is_significant is None else words("verdict.yes" if also.is_significant else "verdict.no")
    text = words("text.before", difference=difference, period=words.period(also.period.name))
    return f"{text}, {verdict}" if verdict else text


def verdict_text(result: Result, words: Words) -> str:
    other = result.comparison
    if other is None or other.is_significant is None:
        return ""
    return words("verdict.yes" if other.is_significant else "verdict.no")


def target_tone(result: Result) -> str:
    """Return good for a target that is met, bad for one that is missed, else ""."""
    if result.target is None or result.target.met is None:
        return ""
    return "good" if result.target.met else "bad"


def change_tone(result: Result) -> str:
    """Return good or bad for a significant change, else ""."""
    other, better = result.comparison, BETTER.get(result.metric.better, 0)
    if other is None or not other.is_significant or not other.difference or not better:
        return ""
    return "good" if (other.difference > 0) == (better > 0) else "bad"


def interval_text(result: Result, words: Words) -> str:
    interval = result.interval
    return words.interval(interval.low, interval.high, result.unit, result.currency) if interval else ""


def target_text(target: Target | None, words: Words) -> str:
    return words("text.target", target=target.text, verdict=words(VERDICTS[target.met])) if target else ""
