"""Cells of a workbook: number formats by unit, and styles."""

from __future__ import annotations

from typing import Any, NamedTuple

from custmetrics_cli.core.data.currencies import decimals_of
from custmetrics_cli.render.draw.charts import palette

SHADES = ("", "#E3F3E8", "#C5E5CF", "#A3D5B3", "#81C498", "#5FB089")
TONES = {"good": "#17693F", "bad": "#A92D22"}
FORMATS = {"ratio": "0.00\\ %", "count": "#,##0", "months": '0.0" months"', "points": '0.0" points"', "seconds": '0.0" s"'}
SIGNED = "+{0};-{0};{0}"
DIFFERENCE = " difference"  # after the unit of a figure that is a difference


class Cell(NamedTuple):
    """A number as a workbook keeps it, and its number format."""

    number: float
    format: str


def cell(value: Any, unit: str, currency: str) -> Cell:
    """Return a number with its format. The difference of two shares is in points.

    >>> cell(3, "money", "EUR")
    Cell(number=3.0, format='#,##0.00" EUR"')
    >>> cell(0.01, "ratio difference", "")
    Cell(number=1.0, format='+0.00" points";-0.00" points";0.00" points"')
    """
    base = unit.removesuffix(DIFFERENCE)
    signed = base != unit
    if signed and base == "ratio":
        return Cell(float(value * 100), SIGNED.format('0.00" points"'))
    code = _code(value, base, currency)
    return Cell(float(value), SIGNED.format(code) if signed else code)


def _code(value: Any, unit: str, currency: str) -> str:
    if unit == "money":
        amount = "#,##0" + ("." + "0" * decimals_of(currency) if decimals_of(currency) else "")
        return f'{amount}" {currency}"' if currency.isalpha() else amount
    if unit == "count" and float(value) != int(value):
        return "#,##0.00"
    return FORMATS.get(unit, "#,##0.00")


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self(bold=True, font_size=16)

    @property
    def section(self) -> Any:
        return self(bold=True, font_size=12)

    @property
    def header(self) -> Any:
        return self(bold=True, bottom=1, text_wrap=True, font_color=palette.MUTED)

    @property
    def wrapped(self) -> Any:
        return self(text_wrap=True)
