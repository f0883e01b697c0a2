"""Sentences about what changed. Each is derived from a result.

A sentence says that a value rose or fell only if the interval of the difference excludes 0, or if the value is counted
exactly by a ledger. All other sentences give the two values and claim nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.parts.charts.ledgers import movement_name
from custmetrics_cli.render.parts.totals import roll_forward
from custmetrics_cli.report.paper.request import Line, title_of

if TYPE_CHECKING:
    from custmetrics_cli.core.data.comparison import Comparison
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.render.words import Words


def changes(lines: Sequence[Line], words: Words) -> Iterator[str]:
    """Yield a sentence for each line that has a value and something to compare it with."""
    for line in lines:
        sentence = ledger_sentence(line.last, words) or change_sentence(line.last, words)
        if sentence:
            yield sentence


def ledger_sentence(result: Result, words: Words) -> str:
    """Return the movements from the opening to the closing total: counted facts, so they need no interval."""
    signed = roll_forward(result)
    if not signed or result.value is None or not all(name in result.totals for name in signed):
        return ""
    opening, closing = (next(name for name, sign in signed.items() if sign == wanted) for wanted in ("", "="))
    before, now = Fraction(result.totals[opening]), Fraction(result.totals[closing])
    kind = "up" if now > before else "down" if now < before else "same"
    return words(
        f"change.ledger_{kind}",
        title=title_of(result, words),
        value=words.value(now, result.unit, result.currency),
        difference=words.value(abs(now - before), result.unit, result.currency),
        percent=f" ({words.number(_percent(now, before))})" if before > 0 else "",
        parts=_parts(result, signed, words),
    )


def _percent(now: Fraction, before: Fraction) -> str:
    from custmetrics_cli.render.numbers import signed_text

    return f"{signed_text(now / before - 1, 'ratio')} %"


def _parts(result: Result, signed: dict[str, str], words: Words) -> str:
    """Return the movements that are not 0: first the gains, then the losses."""
    parts = {
        wanted: [
            words(
                "change.ledger_gain",
                value=words.total(result.totals[name], result.unit, result.currency),
                name=movement_name(name, result, words),
            )
            for name, sign in signed.items()
            if sign == wanted and result.totals[name]
        ]
        for wanted in ("+", "-")
    }
    less = [words("change.ledger_less", parts=words.listed(parts["-"]))] if parts["-"] else []
    return ", ".join([*parts["+"], *less]) or words("change.ledger_nothing")


def change_sentence(result: Result, words: Words) -> str:
    """Return the value beside that of the other period, with a claim only if the interval allows one."""
    other = result.comparison
    value = other.value_of_span if other and other.span else result.value
    if other is None or other.value is None or value is None:
        return ""
    texts = {
        "title": title_of(result, words),
        "value": words.value(value, result.unit, result.currency),
        "before": words.value(other.value, result.unit, result.currency),
        "difference": words.difference(other.difference, result.unit, result.currency),
        "span": other.span.name if other.span else "",
    }
    return words(f"change.{_kind(other)}", **texts)


def _kind(other: Comparison) -> str:
    """Return the kind of sentence: up, down, flat, plain, same, or part for a period that is not finished."""
    if other.span or not other.complete:
        return "part" if other.span else "plain"
    interval = other.interval
    if interval is None or other.is_significant is None:
        return "same" if other.difference == 0 else "plain"
    if interval.low <= 0 <= interval.high:
        return "flat"
    agrees = (other.difference or 0) * (1 if interval.low > 0 else -1) > 0
    return ("up" if interval.low > 0 else "down") if agrees else "plain"
