"""The span of days for which a metric is asked: half-open, [start, end), so that the end of one is the start of the next.

What is said to people is the last day; what is computed with is the day after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.time import calendar

DAYS_PER_MONTH = Fraction(487, 16)  # 365.25 / 12


@dataclass(frozen=True)
class Period:
    """[start, end). `name` is what parse reads back, given the same fiscal_year_start (the month a year begins in).

    >>> Period(date(2022, 4, 1), date(2022, 7, 1))
    Period(start=datetime.date(2022, 4, 1), end=datetime.date(2022, 7, 1), name='2022-Q2')
    """

    start: date
    end: date
    name: str = field(default="", compare=False)
    fiscal_year_start: int = field(default=1, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a period has at least one day: {self.start}, {self.end}")
        if not self.name:
            object.__setattr__(self, "name", calendar.name(self.start, self.end, self.fiscal_year_start))

    def __str__(self) -> str:
        return self.name

    @classmethod
    def parse(cls, text: str, today: date | None = None, fiscal_year_start: int = 1) -> Period:
        """A period as people write it; `today` is what the relative ones refer to. Raises E101, E103.

        >>> for text in ("2022", "Q2 2022", "apr 2022", "2022-w14", "2022-04-05", "2022-04..2022-05", "last-30-days"):
        ...     p = Period.parse(text, today=date(2022, 5, 1)); print(p, p.start, p.end)
        2022 2022-01-01 2023-01-01
        2022-Q2 2022-04-01 2022-07-01
        2022-04 2022-04-01 2022-05-01
        2022-W14 2022-04-04 2022-04-11
        2022-04-05 2022-04-05 2022-04-06
        2022-04-01..2022-05-31 2022-04-01 2022-06-01
        2022-04 2022-04-01 2022-05-01
        >>> p = Period.parse("2022-Q4", fiscal_year_start=4); print(p, p.start, p.end)
        FY2022-Q4 2023-01-01 2023-04-01
        """
        from custmetrics_cli.core.time.period_text import span

        start, end = span(text, today or date.today(), fiscal_year_start)
        return cls(start, end, fiscal_year_start=fiscal_year_start)

    def between(self, start: date, end: date) -> Period:
        """Another period of the same calendar."""
        return Period(start, end, fiscal_year_start=self.fiscal_year_start)

    @property
    def start_number(self) -> int:
        """Days from 1970-01-01 to the first day.

        >>> Period.parse("1970-01-02").start_number
        1
        """
        return calendar.day_number(self.start)

    @property
    def end_number(self) -> int:
        """Days from 1970-01-01 to the day after the last."""
        return calendar.day_number(self.end)

    @property
    def days(self) -> int:
        """
        >>> Period.parse("2022-Q2").days
        91
        """
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.end - timedelta(1)

    @property
    def whole_months(self) -> bool:
        """It begins and ends with a calendar month."""
        return self.start.day == self.end.day == 1

    @property
    def months(self) -> Fraction:
        """Its length in months: calendar months if it is made of them, else days of 16/487 month.

        >>> Period.parse("2022-Q2").months, Period.parse("2022-W14").months
        (Fraction(3, 1), Fraction(112, 487))
        """
        if not self.whole_months:
            return self.days / DAYS_PER_MONTH
        return Fraction((self.end.year - self.start.year) * 12 + self.end.month - self.start.month)

    def split(self, every: str, fiscal_year_start: int | None = None) -> tuple[Period, ...]:
        """Its days, weeks, months, quarters or years. Raises E102 if it is not a whole number of them.

        >>> [str(p) for p in Period.parse("2022-H1").split("quarter")]
        ['2022-Q1', '2022-Q2']
        """
        whole = self if fiscal_year_start is None else Period(self.start, self.end, fiscal_year_start=fiscal_year_start)
        edges = [calendar.floor(whole.start, every, whole.fiscal_year_start)]
        while edges[-1] < whole.end:
            edges.append(calendar.after(edges[-1], every))
        if edges[0] != whole.start or edges[-1] != whole.end:
            raise CustmetricsError(_no_whole_number(whole, every, whole.between(edges[0], edges[-1])))
        return tuple(whole.between(*pair) for pair in pairwise(edges))

    def calendar_months(self) -> tuple[Period, ...]:
        """Its months. Raises E102 if it is not made of whole ones."""
        return self.split("month")

    def previous(self) -> Period:
        """As many months just before, if it is made of months; else as many days.

        >>> str(Period.parse("2022-Q1").previous()), str(Period.parse("2022-03-01..2022-03-10").previous())
        ('2021-Q4', '2022-02-19..2022-02-28')
        """
        if self.whole_months:
            return self.between(calendar.month_after(self.start, -int(self.months)), self.start)
        return self.between(self.start - timedelta(self.days), self.start)

    def year_ago(self) -> Period:
        """The same days of the year before; of whole weeks, the weeks of the same number, so that weekdays agree.

        >>> str(Period.parse("2022-Q1").year_ago()), str(Period.parse("2021-W10").year_ago())
        ('2021-Q1', '2020-W10')
        >>> str(Period.parse("2024-02-29").year_ago())
        '2023-02-28'
        """
        if self.whole_months:
            return self.between(calendar.month_after(self.start, -12), calendar.month_after(self.end, -12))
        if self.start.weekday() == 0 and self.days % 7 == 0:
            start = _week_year_ago(self.start)
            return self.between(start, start + timedelta(self.days))
        return self.between(_day_year_ago(self.start), _day_year_ago(self.last) + timedelta(1))

    def first_days(self, count: int) -> Period:
        """Its first days, at most all; to compare equal elapsed days.

        >>> str(Period.parse("2022-Q1").first_days(40))
        '2022-01-01..2022-02-09'
        """
        return self if count >= self.days else self.between(self.start, self.start + timedelta(count))


def _no_whole_number(period: Period, every: str, whole: Period) -> Problem:
    message = f"{str(period)!r} is not a whole number of {every}s"
    return Problem("E102", message, hint=f"{whole} is: from {whole.start} to {whole.last}")


def _day_year_ago(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _week_year_ago(monday: date) -> date:
    """The Monday of the week of the same number a year before; of a week 53, of the last week."""
    year, week, _ = monday.isocalendar()
    last = date(year - 1, 12, 28).isocalendar().week
    return date.fromisocalendar(year - 1, min(week, last), 1)
