"""What is said to a person (or, under --json, to a program) on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

from custmetrics_cli.core.errors import CustmetricsError, Notice


def _write(text: str) -> None:
    """Nobody can be told that standard error is full or closed."""
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()


def print_errors(error: CustmetricsError, as_json: bool) -> None:
    if as_json:
        from custmetrics_cli.render.problems import problems_json

        _write(problems_json(error.problems, error.total))
    else:
        from custmetrics_cli.render.problems import problems_text

        _write(problems_text(error.problems, error.total))


def print_text(text: str) -> None:
    """Words that are neither a fault nor a warning, as a question."""
    _write(text)


def print_warnings(warnings: Sequence[Notice], quiet: bool) -> None:
    from custmetrics_cli.render.problems import warnings_text

    if warnings and not quiet:
        _write(warnings_text(warnings))
