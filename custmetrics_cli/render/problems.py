"""What is wrong, as people read it: where, which code, what, the line it stands on, and one hint.

exports/subscriptions.csv:5:4: E405 amount: '1,200' is not an amount with at most two decimals
  S3,C3,pro,"1,200",2024-06-14,
  hint: this column uses '.' for decimals; if it uses ',' pass --decimal ,
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.json_text import json_text
from custmetrics_cli.render.data.records import SCHEMA_VERSION, problem_record
from custmetrics_cli.render.numbers import safe
from custmetrics_cli.render.screen import Output

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Notice, Problem

EXCERPT = 160  # characters of a line that are shown
ANY = Output(ascii=True)  # standard error may have any encoding


def excerpt_text(text: str) -> str:
    r"""
    >>> excerpt_text("C1,\x1b[2J"), len(excerpt_text("x" * 1000))
    ('C1,\\x1b[2J', 160)
    """
    shown = safe(text[:EXCERPT])
    return shown if len(text) <= EXCERPT and len(shown) <= EXCERPT else shown[: EXCERPT - 3] + "..."


def headline(problem: Problem) -> str:
    """Where, which code, what; raw."""
    place = f"{problem.place}: " if problem.place.path else ""
    return f"{place}{problem.code} {problem.message}"


def more_text(more: int) -> str:
    """How many are not shown."""
    return f"... and {more:,} more" if more > 0 else ""


def problem_text(problem: Problem) -> str:
    """One to three lines, each ended by a newline; nothing in them can act on a terminal."""
    lines = [safe(headline(problem))]
    if problem.excerpt:
        lines.append(f"  {excerpt_text(problem.excerpt)}")
    if problem.hint:
        lines.append(safe(f"  hint: {problem.hint}"))
    return "".join(f"{line}\n" for line in lines)


def problems_text(problems: Sequence[Problem], total: int = 0) -> str:
    """All that are given, then how many more there are."""
    more = more_text(total - len(problems))
    return "".join(problem_text(problem) for problem in problems) + (f"{more}\n" if more else "")


def problems_json(problems: Sequence[Problem], total: int = 0) -> str:
    """What a refused run says under --json. total counts all problems where only the first were kept."""
    body = {"schema_version": SCHEMA_VERSION, "errors": [problem_record(p) for p in problems], "total": max(total, len(problems))}
    return json_text(body, ANY)


def warnings_text(warnings: Sequence[Notice]) -> str:
    """One line each; what --list shows of it is named."""
    return "".join(safe(f"warning: {w.code} {w.message}{f' (--list {w.listed})' if w.listed else ''}") + "\n" for w in warnings)
