"""What the texts of options mean: days, sizes, zones, names from a short list."""

from __future__ import annotations

import re
from dataclasses import Field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from custmetrics_cli.cli.options.fields import name_of
from custmetrics_cli.core.errors import CustmetricsError, Problem, near

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import CommonOptions, InputOptions, PeriodOptions

SIZE = r"(?i)([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)(i?)B?"
UNITS = ("", "K", "M", "G", "T")
AT_LEAST = {"fiscal_year_start": 1}
AT_MOST = {"fiscal_year_start": 12, "quiet_days": 3660, "gap": 3660}


def check(options: CommonOptions) -> None:
    """Refuse what no option may say: a name outside its list, a number outside its range."""
    problems = [
        problem for field in fields(options) if "option" in field.metadata for problem in _wrong(field, getattr(options, field.name))
    ]
    if problems:
        raise CustmetricsError(*problems)


def _wrong(declared: Field[Any], value: Any) -> list[Problem]:
    option, name, said = declared.metadata["option"], declared.name, name_of(declared)
    if option.choices and option.only and value and value not in option.choices:
        return [Problem("E112", f"--{said} '{value}' is not one of its values", hint=near(value, option.choices))]
    if isinstance(value, int) and not AT_LEAST.get(name, 0) <= value <= AT_MOST.get(name, 10**9):
        return [Problem("E140", f"--{said} {value} is out of range", hint=f"from {AT_LEAST.get(name, 0)} to {AT_MOST.get(name, 10**9)}")]
    return []


def day(text: str, option: str) -> date:
    """A day as people write it in a command: 2022-04-05."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise CustmetricsError(Problem("E141", f"--{option} '{text}' is no day", hint=f"write it as --{option} 2022-04-05")) from None


def size(text: str) -> int:
    """Bytes; an empty text is 0.

    >>> size("4GB"), size("512 MiB"), size("")
    (4000000000, 536870912, 0)
    """
    if not text:
        return 0
    found = re.fullmatch(SIZE, text.strip())
    if not found or not float(found[1]):
        raise CustmetricsError(Problem("E142", f"--memory '{text}' is no size", hint="write it as --memory 4GB"))
    return int(float(found[1]) * (1024 if found[3] else 1000) ** UNITS.index(found[2].upper()))


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CustmetricsError(Problem("E143", f"--tz '{name}' is no time zone", hint=near(name, sorted(available_timezones())))) from None


def pairs(texts: list[str]) -> dict[str, str]:
    """Column -> header, from texts like started_at=Signed up; an empty header means that no column is it."""
    odd = [text for text in texts if not text.partition("=")[0].strip() or "=" not in text]
    if odd:
        raise CustmetricsError(Problem("E144", f"--column '{odd[0]}' maps nothing", hint='write it as --column started_at="Signed up"'))
    return {name.strip(): header.strip() for name, _, header in (text.partition("=") for text in texts)}


def today(options: InputOptions) -> date:
    """The day it is in the reporting zone, unless it was said."""
    return day(options.today, "today") if options.today else datetime.now(zone(options.tz)).date()


def as_of(options: PeriodOptions) -> date | None:
    return day(options.as_of, "as-of") if options.as_of else None
