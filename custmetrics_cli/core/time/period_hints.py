"""Hints for a text that is not a period: the forms that exist, and the values that a part of one may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from custmetrics_cli.core.time import calendar

FORMS = (
    "write 2022, 2022-H1, 2022-Q2, 2022-04, 2022-W14, 2022-04-05, 2022-04-01..2022-06-30, last-month, last-30-days, ytd, since 2021 or all"
)


def allowed_parts(match: re.Match[str]) -> str:
    """Return the values that the parts of a period may have, such as its quarters."""
    parts = match.groupdict()
    return next((hint(parts) for part, hint in ALLOWED.items() if part in parts), FORMS)


def similar_forms(text: str) -> str:
    """Return the correct forms that are close to a text, else all forms.

    >>> similar_forms("2022/4/5"), similar_forms("q2")
    ('did you mean 2022-04-05?', 'add the year: 2022-Q2')
    """
    return next((hint(match) for form, hint in SIMILAR.items() if (match := re.fullmatch(form, text))), FORMS)


def _joined(*parts: str | None) -> str:
    return "-".join(part.zfill(2) for part in parts if part)


def _days(parts: Mapping[str, str]) -> str:
    if not 1 <= int(parts["month"]) <= 12:
        return ALLOWED["month"](parts)
    end = calendar.after(date(int(parts["year"]), int(parts["month"]), 1), "month")
    return f"{parts['year']}-{parts['month']} ends on {end - timedelta(1)}"


def _weeks(parts: Mapping[str, str]) -> str:
    last = date(int(parts["year"]), 12, 28).isocalendar().week
    return f"weeks are {parts['year']}-W01 to {parts['year']}-W{last}"


ALLOWED: dict[str, Callable[[Mapping[str, str]], str]] = {
    "quarter": lambda parts: f"quarters are {parts['year']}-Q1 to {parts['year']}-Q4",
    "half": lambda parts: f"halves are {parts['year']}-H1 and {parts['year']}-H2",
    "week": _weeks,
    "day": _days,
    "month": lambda parts: f"months are {parts['year']}-01 to {parts['year']}-12",
}
SIMILAR: dict[str, Callable[[re.Match[str]], str]] = {
    r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?": lambda m: f"did you mean {_joined(*m.groups())}?",
    r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})": lambda m: (
        f"write days as year-month-day: {_joined(m[3], m[2], m[1])} or {_joined(m[3], m[1], m[2])}"
    ),
    r"([0-9-]{10}) ?(?:to|until|[-:/\u2013\u2014]) ?([0-9-]{10})": lambda m: f"did you mean {m[1]}..{m[2]}?",
    r"[qh][1-4]": lambda m: f"add the year: 2022-{m[0].upper()}",
    r"last[- ]?[0-9]+|[0-9]+-?days?": lambda m: "did you mean last-30-days?",
}


def last_whole_quarter(first: date, last: date) -> str:
    """Return the last quarter that the days cover completely, else their last month."""
    following = last + timedelta(1)
    start = date(following.year, following.month - (following.month - 1) % 3, 1)
    end = start - timedelta(1)
    name = f"{end.year}-Q{(end.month - 1) // 3 + 1}"
    return name if first <= date(end.year, end.month - 2, 1) else f"{last:%Y-%m}"
