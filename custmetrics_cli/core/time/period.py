"""A period: the days that a metric is computed for.

Periods are half-open, [start, end), so that the end of one is the start of the next. People see the last day instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from custmetrics_cli.core.time import calendar, steps

WAVE = "all answers"  # the name of a period without days
DAYS_PER_MONTH = Fraction(487, 16)  # 365.25 / 12


@dataclass(frozen=True)
class Period:
    """The days from start to the day before end. parse() reads the name back, with the same fiscal_year_start.

    >>> Period(date(2022, 4, 1), date(2022, 7, 1))
    Period(start=datetime.date(2022, 4, 1), end=datetime.date(2022, 7, 1), name='2022-Q2')
    """

    start: date
    end: date
    name: str = field(default="", compare=False)
    fiscal_year_start: int = field(default=1, compare=False, repr=False)  # the month in which years begin

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a period needs at least one day: {self.start}, {self.end}")
        if not self.name:
            object.__setattr__(self, "name", calendar.name(self.start, self.end, self.fiscal_year_start))

    def __str__(self) -> str:
        return self.name

    @classmethod
    def parse(cls, text: str, today: date | None = None, fiscal_year_start: int = 1) -> Period:
        """Read a period as people write it. Relative periods refer to `today`. Raises CustmetricsError E101, E103.

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

    @classmethod
    def of_wave(cls, day: date) -> Period:
        """Return the period of answers that have no dates. day: the one that all of them get."""
        return cls(day, day + timedelta(1), WAVE)

    @property
    def is_wave(self) -> bool:
        return self.name == WAVE

    def between(self, start: date, end: date) -> Period:
        """Return another period with the same fiscal year."""
        return Period(start, end, fiscal_year_start=self.fiscal_year_start)

    @property
    def start_number(self) -> int:
        """The first day as a day number.

        >>> Period.parse("1970-01-02").start_number
        1
        """
        return calendar.day_number(self.start)

    @property
    def end_number(self) -> int:
        """The day after the last as a day number."""
        return calendar.day_number(self.end)

    @property
    def days(self) -> int:
        """The number of days.

        >>> Period.parse("2022-Q2").days
        91
        """
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(1)

    @property
    def whole_months(self) -> bool:
        """True if it begins and ends with a calendar month."""
        return self.start.day == self.end.day == 1

    @property
    def months(self) -> Fraction:
        """Its length in months: a number of calendar months, else days of 16/487 month.

        >>> Period.parse("2022-Q2").months, Period.parse("2022-W14").months
        (Fraction(3, 1), Fraction(112, 487))
        """
        if not self.whole_months:
            return self.days / DAYS_PER_MONTH
        return Fraction((self.end.year - self.start.year) * 12 + self.end.month - self.start.month)

    def split(self, every: str, fiscal_year_start: int | None = None) -> tuple[Period, ...]:
        """Return its days, weeks, months, quarters, halves or years. Steps that do not fit the calendar begin on its first day.

        Raises CustmetricsError E102 if they do not fill it.

        >>> [str(p) for p in Period.parse("2022-H1").split("quarter")]
        ['2022-Q1', '2022-Q2']
        >>> [str(p) for p in Period.parse("2020-07-01..2022-06-30").split("year")]
        ['2020-07-01..2021-06-30', '2021-07-01..2022-06-30']
        """
        period = self if fiscal_year_start is None else Period(self.start, self.end, fiscal_year_start=fiscal_year_start)
        edges = steps.on_calendar(period.start, period.end, every, period.fiscal_year_start)
        if edges[0] != period.start or edges[-1] != period.end:
            edges = steps.from_start(period.start, period.end, every)
        if not edges:
            raise steps.not_divisible(str(period), period.start, period.end, every, period.fiscal_year_start)
        return tuple(period.between(*pair) for pair in pairwise(edges))

    def calendar_months(self) -> tuple[Period, ...]:
        """Return its months. Raises CustmetricsError E102 if it is not made of calendar months."""
        if not self.whole_months:
            raise steps.not_divisible(str(self), self.start, self.end, "month")
        return self.split("month")

    def previous(self) -> Period:
        """Return the period just before, with as many months or, if it is not made of months, as many days.

        >>> str(Period.parse("2022-Q1").previous()), str(Period.parse("2022-03-01..2022-03-10").previous())
        ('2021-Q4', '2022-02-19..2022-02-28')
        """
        if self.whole_months:
            return self.between(calendar.month_after(self.start, -int(self.months)), self.start)
        return self.between(self.start - timedelta(self.days), self.start)

    def year_ago(self) -> Period:
        """Return the same days of the year before. Whole weeks give the weeks with the same numbers, so that weekdays agree.

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
        """Return its first days, at most all, to compare equal numbers of days.

        >>> str(Period.parse("2022-Q1").first_days(40))
        '2022-01-01..2022-02-09'
        """
        return self if count >= self.days else self.between(self.start, self.start + timedelta(count))


def _day_year_ago(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _week_year_ago(monday: date) -> date:
    """Return the Monday of the week with the same number a year before. Week 53 gives the last week."""
    year, week, _ = monday.isocalendar()
    last = date(year - 1, 12, 28).isocalendar().week
    return date.fromisocalendar(year - 1, min(week, last), 1)
