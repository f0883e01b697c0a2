"""The foot of a page: currencies, settings and the rows used of each input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.core.data.in_effect import FROM_FILE, ROWS, WHERE, asked_of
from custmetrics_cli.core.words import plural
from custmetrics_cli.render.page import Line, Page
from custmetrics_cli.render.parts.options import option_text

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import InputReport, ReadColumn

FOUND = ("words", "cells")  # how a column was found whose header is not its name


def scoped(title: str, settings: Mapping[str, str]) -> str:
    """Return a title that names the rows, if only some are used.

    >>> scoped("Customers", {"where": "plan=pro", "gap": "30"}), scoped("Customers", {})
    ('Customers, only rows with plan=pro', 'Customers')
    """
    if WHERE not in settings:
        return title
    rows = ((table, each["matching"], each["of"]) for table, each in asked_of(settings).get(ROWS, {}).items())
    counts = "; ".join(f"{few:,} of {plural(every, 'row')} of {table}" for table, few, every in rows)
    return f"{title}, only rows with {settings[WHERE]}" + (f" ({counts})" if counts else "")


def footer(settings: Iterable[tuple[str, str | Number]], inputs: Sequence[InputReport], currencies: Iterable[str | None] = ()) -> Page:
    """Return the lines below a page, after an empty line. currencies: of the figures that do not name one."""
    lines = [*currency_lines(currencies), *settings_line(settings), *rows_lines(inputs)]
    return [Line(), *lines] if lines else []


def currency_lines(currencies: Iterable[str | None]) -> Page:
    known = sorted({currency for currency in currencies if currency})
    return [Line(f"amounts in {', '.join(known)}")] if known else []


def settings_line(settings: Iterable[tuple[str, str | Number]]) -> Page:
    """Return the options that decided the numbers, in one line, and the values that a settings file set."""
    pairs = [(name, option_text(value)) for name, value in settings]
    texts = dict.fromkeys(f"{name}={text}" for name, text in pairs if not name.startswith(FROM_FILE))
    files = [Line(f"{name}: {text}") for name, text in pairs if name.startswith(FROM_FILE)]
    return [*([Line(f"settings: {', '.join(texts)}")] if texts else []), *files]


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
