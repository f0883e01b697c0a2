"""A page: what a person is shown, before it is drawn for a terminal, a plain file or markdown.

Cells and lines hold raw text, data included; only the drawing makes it safe for where it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.numbers import days

if TYPE_CHECKING:
    from custmetrics_cli.core.result import InputReport
    from custmetrics_cli.core.time.period import Period

SHADES = 5


class Line(NamedTuple):
    text: str = ""
    strong: bool = False


class Heading(NamedTuple):
    name: str
    right: bool = False
    strong: bool = False


class Table(NamedTuple):
    """Cells under heads, boxed; or, when not boxed, lines whose cells are aligned.

    stubs: how many columns name the row, and stand again on each piece of a sheet that is too wide; 0: it is not cut into pieces.
    shades: by row and column how strongly a cell is shaded, from 0 (not at all) to SHADES. It says nothing that the cell does not.
    brief: the same in shorter words, for a screen on which these would have to be folded.
    """

    heads: tuple[Heading, ...]
    rows: Sequence[tuple[str, ...]]
    boxed: bool = True
    key_columns: int = 0
    shading: Sequence[tuple[int, ...]] = ()
    short: Table | None = None


Page = list[Line | Table]


def aligned(rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset()) -> Page:
    """Lines whose cells stand under one another; columns that are empty throughout are left out. Nothing for no rows."""
    filled = [at for at in range(len(rows[0]) if rows else 0) if any(row[at] for row in rows)]
    heads = tuple(Heading("", right=at in right) for at in filled)
    return [Table(heads, [tuple(row[at] for at in filled) for row in rows], boxed=False)] if rows else []


def period_text(period: Period) -> str:
    """Name and days: 2022-Q2 (2022-04-01 to 2022-06-30); the days alone where the name says no more."""
    written = days(period.start, period.end)
    return written if period.name in (written, written.replace(" to ", "..")) else f"{period.name} ({written})"


def skipped_rows(inputs: Sequence[InputReport]) -> Page:
    """A line per input of which not every row was used."""
    return [Line(f"{report.path}: {used_text(report.read, report.used, report.excluded)}") for report in inputs if report.excluded]


def settings_text(policies: Mapping[str, str]) -> Page:
    """How the tables were read, where they can be read in several ways, as options say it."""
    return [Line("read with " + " ".join(f"--{name} {choice}" for name, choice in policies.items()))] if policies else []


def amounts_in(currencies: Iterable[str | None]) -> Page:
    """The currency of figures that do not name it themselves."""
    known = sorted({currency for currency in currencies if currency})
    return [Line(f"amounts in {', '.join(known)}")] if known else []


def used_text(read: int, used: int, excluded: Mapping[str, int]) -> str:
    """
    >>> used_text(1203, 1200, {"trial": 3})
    '1,200 of 1,203 rows used; set aside: 3 trial'
    """
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in excluded.items())
    return f"{used:,} of {read:,} rows used" + (f"; set aside: {reasons}" if reasons else "")
