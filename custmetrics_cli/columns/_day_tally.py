"""What a column of dates shows about itself: in which order its numbers stand, whether it holds more than midnights.

Taken from distinct texts, so that a date that repeats counts once; tallies of parts of a column add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns._dates import ORDERS, Written, clock, ordered, several, written
from custmetrics_cli.columns._texts import OneText, SameLayoutTexts, layouts
from custmetrics_cli.core.time.calendar import day_of

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = 3  # named
PARTS = {
    "month": "mm",
    "day": "dd",
    "name": "month",
    "hour": "hh",
    "minute": "mm",
    "second": "ss",
    "hours": "hh",
    "minutes": "mm",
}
PLACES = ("first", "middle", "last")
FIRST = {"dmy": "the day", "mdy": "the month", "ymd": "the year"}


@dataclass(frozen=True)
class DayEvidence:
    """`fits`: how many texts are days when read dmy, mdy, ymd; only texts that leave the order open are counted.

    `sample` is one that would be different days. A column that contradicts itself has the order that most texts fit.
    """

    fits: tuple[int, ...] = (0, 0, 0)
    sample: str = ""
    shifts: bool = False  # some time is not midnight
    zoned: bool = False  # some time has its zone beside it
    timed: bool = False  # some cell has a time at all
    forms: tuple[str, ...] = ()  # how they are written, as form() says

    def __add__(self, other: DayEvidence) -> DayEvidence:
        return DayEvidence(
            tuple(map(sum, zip(self.fits, other.fits, strict=True))),
            self.sample or other.sample,
            self.shifts or other.shifts,
            self.zoned or other.zoned,
            self.timed or other.timed,
            tuple(dict.fromkeys((*self.forms, *other.forms))),
        )

    def discount(self, known: ColumnFormat) -> DayEvidence:
        return replace(self, fits=(0, 0, 0), sample="") if known.order else self

    def order(self) -> str:
        """dmy, mdy or ymd; "" where no date leaves it open."""
        return max(ORDERS, key=dict(zip(ORDERS, self.fits, strict=True)).__getitem__) if any(self.fits) else ""

    @property
    def ambiguous(self) -> bool:
        """Two orders fit equally well, and it matters."""
        first, second, _ = sorted(self.fits, reverse=True)
        return bool(self.sample) and first == second

    @property
    def interpretations(self) -> str:
        return readings(self.sample)

    def resolve(self, user: ColumnFormat) -> ColumnFormat:
        return user._replace(order=user.order or self.order(), shifts=self.shifts)

    def ambiguity(self, user: ColumnFormat) -> tuple[str, str] | None:
        if user.order or not self.ambiguous:
            return None
        fit = [order for order, fits in zip(ORDERS, self.fits, strict=True) if fits == max(self.fits)]
        return "E406", f"say which with {' or '.join(f'--date-order {order}' for order in fit)}"

    def explain(self, user: ColumnFormat, used: ColumnFormat) -> str:
        return "; ".join(filter(None, (self._how_written(user, used), self._how_ordered(user, used), self._how_zoned(used))))

    def _how_written(self, user: ColumnFormat, used: ColumnFormat) -> str:
        if self.ambiguous and not user.order:
            return ""
        parts = dict(zip(ORDERS.get(used.order, ()), ("yy", "mm", "dd"), strict=False))
        shown = [_filled(form, parts) for form in self.forms]
        return " or ".join(dict.fromkeys(shown[:FORMS])) + (" or otherwise" if len(set(shown)) > FORMS else "")

    def _how_ordered(self, user: ColumnFormat, used: ColumnFormat) -> str:
        if not any(self.fits):
            return ""
        if user.order:
            return f"{FIRST[user.order]} comes first, as was said"
        if self.ambiguous:
            return f"{self.sample} is {self.interpretations}"
        fits = dict(zip(ORDERS, self.fits, strict=True))
        others = [f"{fits[order]:,} if {FIRST[order]} did" for order in ORDERS if order != used.order and fits[order]]
        return f"{FIRST[used.order]} comes first: {fits[used.order]:,} dates fit" + (f", {' and '.join(others)}" if others else "")

    def _how_zoned(self, used: ColumnFormat) -> str:
        if not self.timed:
            return ""
        if not self.shifts:
            return "only midnights, taken as plain days"
        to = used.tz.key if used.tz else "UTC"
        if self.zoned:
            return f"times with their zone, taken to {to}"
        return f"times in {used.zone}, as the header says, taken to {to}" if used.zone else f"times without a zone, taken as {to}"


def readings(text: str) -> str:
    """What an ambiguous date could be.

    >>> readings("03/04/2022")
    '3 April 2022 if the day comes first, 4 March 2022 if the month comes first'
    """
    found = written(OneText(text))
    days = [(first, *ordered(found, order)) for order, first in FIRST.items()] if found else []
    return ", ".join(f"{_said(day)} if {first} comes first" for first, day, ok in days if ok)


def _said(day: int) -> str:
    that = day_of(day)
    return f"{that.day} {that:%B} {that.year}"


def tally(texts: pa.StringArray) -> DayEvidence:
    return sum((_of(many, texts) for many in layouts(texts)), DayEvidence())


def _of(many: SameLayoutTexts, texts: pa.StringArray) -> DayEvidence:
    w = written(many)
    if w is None:
        return DayEvidence()
    fits: tuple[int, ...] = (0, 0, 0)
    sample = ""
    if w.numeric:
        fits = tuple(int(ordered(w, order)[1].sum()) for order in ORDERS)
        open_ = several(w).nonzero()[0]
        sample = texts[int(many.rows[open_[0]])].as_py() if len(open_) else ""
    timed = w.says("hour")
    return DayEvidence(fits, sample, timed and bool(clock(w)[0].any()), timed and (w.says("zone") or w.says("sign")), timed, (form(w),))


def form(w: Written) -> str:
    """How a date is written, its parts named; where the order is open, its places.

    >>> form(written(OneText("5.4.2022 10:00"))), form(written(OneText("04/05/2022")))
    ('dd.mm.yyyy hh:mm', '{first}/{middle}/yyyy')
    """
    text = w.texts.text
    for start, end, part in sorted(((*w.match.span(part), part) for part in ("year", *PARTS, *PLACES) if w.says(part)), reverse=True):
        text = f"{text[:start]}{_named(part, end - start)}{text[end:]}"
    return text


def _named(part: str, digits: int) -> str:
    """Only a year has four digits."""
    if part == "year" or (part in PLACES and digits == 4):
        return "y" * digits
    return PARTS.get(part, f"{{{part}}}")


def _filled(form: str, parts: Mapping[str, str]) -> str:
    for place, part in parts.items():
        form = form.replace(f"{{{place}}}", part)
    return form
