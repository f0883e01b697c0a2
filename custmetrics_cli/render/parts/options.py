"""The options of a metric as people read them. A share is written in percent."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Page, aligned

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Metric


def option_text(value: str | Number) -> str:
    """Return a value as the command line takes it.

    >>> option_text(Fraction(4, 5)), option_text(Fraction(1, 8)), option_text(4), option_text("latest")
    ('80%', '12.5%', '4', 'latest')
    """
    if not isinstance(value, Fraction):
        return str(value)
    percent = 100 * value
    return f"{(Decimal(percent.numerator) / percent.denominator).normalize():f}%"


def option_lines(metric: Metric) -> Page:
    """Return a line for each option of a metric: name, help, choices and default."""
    return aligned([(f"  --{each.name} {each.metavar}", each.help, ", ".join(each.choices), each.default_note) for each in metric.options])
