"""Messages on standard error: errors, warnings and questions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

from custmetrics_cli.core.data.check import Check
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.safety.characters import safe
from custmetrics_cli.core.words import plural


def print_text(text: str) -> None:
    """Write text. If standard error is full or closed, there is no place to report that."""
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()


def print_written(path: str, quiet: bool, rows: int | None = None) -> None:
    """Print the name of a file that was written, and its number of rows. Streams, such as /dev/stdout, are not named."""
    if not (quiet or path.startswith(("/dev/", "/proc/"))):
        number = "" if rows is None else f" ({plural(rows, 'row')})"
        print_text(f"written: {safe(path)}{number}\n")


def print_errors(error: CustmetricsError, as_json: bool) -> None:
    from custmetrics_cli.render.problems import problems_json, problems_text

    print_text((problems_json if as_json else problems_text)(error.problems, error.total))


def print_warnings(warnings: Sequence[Notice], quiet: bool) -> None:
    """Print warnings; with --quiet only those by which the number may be wrong."""
    from custmetrics_cli.render.problems import warnings_text

    if shown := [each for each in warnings if each.is_decisive or not quiet]:
        print_text(warnings_text(shown))


def print_failed_checks(checks: Sequence[Check]) -> int:
    """Print the checks that failed, also with --quiet, because they decide the exit status. Return it."""
    from custmetrics_cli.render.problems import failed_checks_text

    failed = [check for check in checks if check.fails]
    if failed:
        print_text(failed_checks_text(failed))
    return int(bool(failed))
