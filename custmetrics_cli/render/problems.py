"""Problems and warnings as people read them: place, code and message, the line of the file, and one hint.

exports/subscriptions.csv:5:4: E405 amount: '1,200' does not fit this column, which uses '.' for decimals
  S3,C3,pro,"1,200",2024-06-14,
  hint: this column uses '.' for decimals; if it uses ',' pass --decimal ,
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.json_text import json_text
from custmetrics_cli.render.data.records import SCHEMA_VERSION, problem_record
from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.core.data.check import Check, FailedCheck
    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.core.result import Notice

SHOWN_CHECKS = 3  # results named for a failed check
EXCERPT = 160  # characters shown of a line
ANY_ENCODING = Output(ascii=True)  # standard error may have any encoding


def excerpt_text(text: str) -> str:
    r"""Return the start of a line, safe to show.

    >>> excerpt_text("C1,\x1b[2J"), len(excerpt_text("x" * 1000))
    ('C1,\\x1b[2J', 160)
    """
    shown = safe(text[:EXCERPT])
    return shown if len(text) <= EXCERPT and len(shown) <= EXCERPT else shown[: EXCERPT - 3] + "..."


def headline(problem: Problem) -> str:
    """Return place, code and message, not yet safe to show."""
    place = f"{problem.place}: " if problem.place.path else ""
    return f"{place}{problem.code} {problem.message}"


def more_text(more: int) -> str:
    """Return the number of problems that are not shown, or ''."""
    return f"... and {more:,} more" if more > 0 else ""


def problem_text(problem: Problem) -> str:
    """Return one to three lines, safe to show, each ended by a newline."""
    lines = [safe(headline(problem))]
    if problem.excerpt:
        lines.append(f"  {excerpt_text(problem.excerpt)}")
    if problem.hint:
        lines.append(safe(f"  hint: {problem.hint}"))
    return "".join(f"{line}\n" for line in lines)


def problems_text(problems: Sequence[Problem], total: int = 0) -> str:
    """Return the given problems, then the number of further ones."""
    more = more_text(total - len(problems))
    return "".join(problem_text(problem) for problem in problems) + (f"{more}\n" if more else "")


def problems_json(problems: Sequence[Problem], total: int = 0) -> str:
    """Return the JSON document of a failed run. total counts all problems, also those that are not given."""
    body = {"schema_version": SCHEMA_VERSION, "errors": [problem_record(p) for p in problems], "total": max(total, len(problems))}
    return json_text(body, ANY_ENCODING)


def warnings_text(warnings: Sequence[Notice]) -> str:
    """Return one line for each warning, with the --list option that shows its rows."""
    return "".join(safe(f"warning: {w.code} {w.message}{f' (--list {w.listed})' if w.listed else ''}") + "\n" for w in warnings)


def failed_checks_text(checks: Sequence[Check]) -> str:
    """Return one line for each failed check, with its first values."""
    return "".join(safe(f"failed: {check.test}: {_found(check)}") + "\n" for check in checks)


def _found(check: Check) -> str:
    if not check.computed:
        return f"{check.name} could not be computed"
    if not check.failed:
        return "the data does not reach the end of the period; --allow-incomplete lets the check pass"
    found = [_failed_value(check.name, each, len(check.failed) > 1) for each in check.failed[:SHOWN_CHECKS]]
    more = more_text(len(check.failed) - len(found))
    return "; ".join([*found, *([more] if more else [])])


def _failed_value(name: str, found: FailedCheck, names_period: bool) -> str:
    value = f"is {value_text(Fraction(found.value), found.unit, found.currency)}" if found.value is not None else _no_value(found)
    where = [str(found.period)] if names_period else []
    where += [f"{column} {word or '(empty)'}" for column, word in found.group.items()]
    return f"{name} {value}" + (f" ({', '.join(where)})" if where else "")


def _no_value(found: FailedCheck) -> str:
    return f"has no value: {found.reason}" if found.reason else "has no value"
