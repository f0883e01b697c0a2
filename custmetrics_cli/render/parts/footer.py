"""The foot of a page: currencies, settings and the rows used of each input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.core.words import plural
from custmetrics_cli.render.page import Line, Page
from custmetrics_cli.render.parts.options import option_text

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import InputReport, ReadColumn

FOUND = ("words", "cells")  # how a column was found whose header is not its name


def footer(settings: Iterable[tuple[str, str | Number]], inputs: Sequence[InputReport], currencies: Iterable[str | None] = ()) -> Page:
    """Return the lines below a page, after an empty line. currencies: of the figures that do not name one."""
    lines = [*currency_lines(currencies), *settings_line(settings), *rows_lines(inputs)]
    return [Line(), *lines] if lines else []


def currency_lines(currencies: Iterable[str | None]) -> Page:
    known = sorted({currency for currency in currencies if currency})
    return [Line(f"amounts in {', '.join(known)}")] if known else []


def settings_line(settings: Iterable[tuple[str, str | Number]]) -> Page:
    """Return the options that decided the numbers, in one line."""
    texts = dict.fromkeys(f"{name}={option_text(value)}" for name, value in settings)
    return [Line(f"settings: {', '.join(texts)}")] if texts else []


def rows_lines(inputs: Sequence[InputReport]) -> Page:
    """Return one line for each input with skipped rows, and one for each with columns that were found without their name."""
    rows = [Line(f"{report.path}: {rows_text(report.read, report.used, report.excluded)}") for report in inputs if report.excluded]
    rows += [Line(f"{report.path}: {report.reading}") for report in inputs if report.reading]
    return [*rows, *(Line(f"{report.path}: {text}") for report in inputs if (text := found_text(report.columns)))]


def found_text(columns: Iterable[ReadColumn]) -> str:
    """Return the columns that were found by words or cells; "" if there are none."""
    return ", ".join(f"{each.column} read from '{each.header}'" for each in columns if each.by in FOUND)


def rows_text(read: int, used: int, skipped: Mapping[str, int]) -> str:
    """Return the number of rows used, and of rows skipped by reason.

    >>> rows_text(1203, 1200, {"trial": 3})
    '1,200 of 1,203 rows used; skipped: 3 trial'
    """
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in skipped.items())
    return f"{used:,} of {plural(read, 'row')} used" + (f"; skipped: {reasons}" if reasons else "")
