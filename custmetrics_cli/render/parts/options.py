"""A metric's own options that were in effect. A share is written in percent for people, and from 0 to 1 as data."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Line, Page, aligned

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Metric

Options = Mapping[str, "str | Number"]


def option_text(value: str | Number) -> str:
    """As the command line takes it.

    >>> option_text(Fraction(4, 5)), option_text(Fraction(1, 8)), option_text(4), option_text("latest")
    ('80%', '12.5%', '4', 'latest')
    """
    if not isinstance(value, Fraction):
        return str(value)
    percent = 100 * value
    return f"{(Decimal(percent.numerator) / percent.denominator).normalize():f}%"


def asked_with(options: Options) -> Page:
    return [Line("with " + " ".join(f"--{name} {option_text(value)}" for name, value in options.items()))] if options else []


def options_record(options: Options) -> dict[str, str | int | float]:
    return {name: float(value) if isinstance(value, Fraction) else value for name, value in options.items()}


def options_text(options: Mapping[str, str | int | float]) -> str:
    """
    >>> options_text({"margin": 0.8, "answers": "all"})
    'margin 0.8; answers all'
    """
    return "; ".join(f"{name} {value}" for name, value in options.items())


def in_formulas(options: Options) -> dict[str, str]:
    """By the names that formulas have for them."""
    return {name.replace("-", "_"): option_text(value) for name, value in options.items()}


def declared(metric: Metric) -> Page:
    """What explain says of them."""
    return aligned(
        [
            (f"  --{each.name} {each.metavar}", each.help, ", ".join(each.choices), f"default: {each.default or each.when_absent}")
            for each in metric.options
        ]
    )
