"""Evidence for the format of a column of dates, from its distinct texts: the order of its numbers, its times, its zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custmetrics_cli.columns import Ambiguity, ColumnFormat
from custmetrics_cli.columns.parsing.dates import ORDERS, WrittenDate, is_ambiguous, match_date, seconds_of, to_day_in_order
from custmetrics_cli.columns.parsing.months import form_of_month, match_month
from custmetrics_cli.columns.parsing.texts import OneText, SameLayoutTexts, group_by_layout
from custmetrics_cli.core.errors import Choice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN_FORMS = 3
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
FIRST = {"dmy": "day", "mdy": "month", "ymd": "year"}


@dataclass(frozen=True)
class DayEvidence:
    """Evidence from dates. The evidence of parts of a column adds up.

    In a column that contradicts itself, the order that most texts fit wins.
    """

    fits: tuple[int, ...] = (0, 0, 0)  # texts that are a day as dmy, mdy, ymd; only forms that leave the order open count
    sample: str = ""  # a text that could be different days
    shifts: bool = False  # some time is not midnight
    zoned: bool = False  # some time has a zone
    timed: bool = False  # some text has a time
    forms: tuple[str, ...] = ()  # the forms of the texts, as form_of() writes them

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

    @property
    def fits_by_order(self) -> dict[str, int]:
        return dict(zip(ORDERS, self.fits, strict=True))

    def order(self) -> str:
        """Return the order that most texts fit; "" if no form leaves it open."""
        return max(ORDERS, key=self.fits_by_order.__getitem__) if any(self.fits) else ""

    @property
    def ambiguous(self) -> bool:
        """True if two orders fit equally well, and give different days."""
        first, second, _ = sorted(self.fits, reverse=True)
        return bool(self.sample) and first == second

    @property
    def interpretations(self) -> str:
        return interpretations(self.sample)

    def resolve(self, user: ColumnFormat) -> ColumnFormat:
        return user._replace(order=user.order or self.order(), shifts=self.shifts)

    def ambiguity(self, user: ColumnFormat) -> Ambiguity | None:
        if user.order or not self.ambiguous:
            return None
        meanings = _meanings(self.sample)
        orders = (order for order, fits in self.fits_by_order.items() if fits == max(self.fits))
        return Ambiguity("E406", tuple(Choice("date-order", order, meanings.get(order, "")) for order in orders))

    def explain(self, user: ColumnFormat, used: ColumnFormat) -> str:
        return "; ".join(filter(None, (self._explain_form(user, used), self._explain_order(user, used), self._explain_zone(used))))

    def _explain_form(self, user: ColumnFormat, used: ColumnFormat) -> str:
        if self.ambiguous and not user.order:
            return ""
        parts = dict(zip(ORDERS.get(used.order, ()), ("yy", "mm", "dd"), strict=False))
        shown = [_fill(form, parts) for form in self.forms]
        return " or ".join(dict.fromkeys(shown[:SHOWN_FORMS])) + (" or other forms" if len(set(shown)) > SHOWN_FORMS else "")

    def _explain_order(self, user: ColumnFormat, used: ColumnFormat) -> str:
        if not any(self.fits):
            return ""
        if user.order:
            return f"{FIRST[user.order]} first, as set"
        if self.ambiguous:
            return f"{self.sample} is {self.interpretations}"
        fits = {order: count for order, count in self.fits_by_order.items() if count and order != used.order}
        others = [f"{FIRST[order]} first fits {count:,}" for order, count in fits.items()]
        return ", ".join([f"{FIRST[used.order]} first fits {plural(self.fits_by_order[used.order], 'date')}", *others])

    def _explain_zone(self, used: ColumnFormat) -> str:
        if not self.timed:
            return ""
        if not self.shifts:
            return "midnights only, read as dates"
        to = used.tz.key if used.tz else "UTC"
        if self.zoned:
            return f"times with a zone, converted to {to}"
        return f"times in {used.zone} (from the header), converted to {to}" if used.zone else f"times without a zone, read as {to}"


def interpretations(text: str) -> str:
    """Describe the meanings of an ambiguous date.

    >>> interpretations("03/04/2022")
    '3 April 2022 (day first) or 4 March 2022 (month first)'
    """
    return " or ".join(_meanings(text).values())


def _meanings(text: str) -> dict[str, str]:
    """Return the possible days by order, in words."""
    date = match_date(OneText(text))
    days = {order: to_day_in_order(date, order) for order in FIRST} if date else {}
    return {order: f"{_in_words(day)} ({FIRST[order]} first)" for order, (day, ok) in days.items() if ok}


def _in_words(day: int) -> str:
    date = day_of(day)
    return f"{date.day} {date:%B} {date.year}"


def gather(texts: pa.StringArray) -> DayEvidence:
    return sum((_gather_layout(same, texts) for same in group_by_layout(texts)), DayEvidence())


def _gather_layout(same: SameLayoutTexts, texts: pa.StringArray) -> DayEvidence:
    date = match_date(same)
    if date is None:
        month = match_month(same)
        return DayEvidence(forms=(form_of_month(month),)) if month else DayEvidence()
    fits: tuple[int, ...] = (0, 0, 0)
    sample = ""
    if date.numeric:
        fits = tuple(int(to_day_in_order(date, order)[1].sum()) for order in ORDERS)
        open_ = is_ambiguous(date).nonzero()[0]
        sample = texts[int(same.rows[open_[0]])].as_py() if len(open_) else ""
    timed = date.has("hour")
    zoned = timed and (date.has("zone") or date.has("sign"))
    return DayEvidence(fits, sample, timed and bool(seconds_of(date)[0].any()), zoned, timed, (form_of(date),))


def form_of(date: WrittenDate) -> str:
    """Describe the form of a date: its parts by name; if the order is open, by place.

    >>> form_of(match_date(OneText("5.4.2022 10:00"))), form_of(match_date(OneText("04/05/2022")))
    ('dd.mm.yyyy hh:mm', '{first}/{middle}/yyyy')
    """
    text = date.texts.text
    spans = ((*date.match.span(part), part) for part in ("year", *PARTS, *PLACES) if date.has(part))
    for start, end, part in sorted(spans, reverse=True):
        text = f"{text[:start]}{_part_name(part, end - start)}{text[end:]}"
    return text


def _part_name(part: str, digits: int) -> str:
    """Return the letters for a part. Only a year has four digits."""
    if part == "year" or (part in PLACES and digits == 4):
        return "y" * digits
    return PARTS.get(part, f"{{{part}}}")


def _fill(form: str, parts: Mapping[str, str]) -> str:
    for place, part in parts.items():
        form = form.replace(f"{{{place}}}", part)
    return form
