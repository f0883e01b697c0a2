"""From arguments to an exit status: 0 answered, 1 --fail-if holds, 2 the command was wrong, 3 the input cannot be trusted, 4 our fault."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer

from custmetrics_cli import __version__
from custmetrics_cli.cli.exit_status import INTERRUPTED
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem

REPORT = f"it is not yours; please report it with the command, what --debug adds, and the version, {__version__}"
NO_MEMORY = Problem("E291", "there is not enough memory for these files", hint="--engine duckdb works within --memory")
Usage: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


@dataclass
class ErrorStyle:
    """How faults are to be told: at first a guess from the bare arguments, then what the settled options say."""

    json: bool
    debug: bool


def run(arguments: Sequence[str]) -> int:
    """Answer, or say what is wrong on standard error. Raises nothing."""
    heard = ErrorStyle(as_json(arguments), "--debug" in arguments)
    try:
        return _started(arguments, heard)
    except CustmetricsError as error:
        return _say(error, heard)
    except Usage as error:
        return _say(CustmetricsError(_usage(error)), heard)
    except OSError as error:
        return _say(CustmetricsError(_refused(error)), heard)
    except MemoryError:
        return _say(CustmetricsError(NO_MEMORY), heard)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        return _fault(error, heard)


def _started(arguments: Sequence[str], heard: ErrorStyle) -> int:
    from custmetrics_cli.cli.app import app

    if not heard.debug:
        warnings.simplefilter("ignore")  # those of libraries speak to programmers
    status = app(list(arguments) or ["--help"], prog_name="custmetrics", standalone_mode=False, obj=heard)
    return int(status or 0) if arguments else 2


def _usage(error: Any) -> Problem:
    """What Typer says about a command, in our form."""
    message = error.message if hasattr(error, "possibilities") else error.format_message()
    said = (message[:1].lower() + message[1:]).rstrip(".")
    close = getattr(error, "possibilities", None)
    command = getattr(getattr(error, "ctx", None), "command_path", "custmetrics")
    return Problem("E110", said, hint=f"did you mean {' or '.join(sorted(close))}?" if close else f"{command} --help shows what there is")


def _refused(error: OSError) -> Problem:
    hint = "check the path, its permissions and the free space"
    return Problem("E290", f"the system refused: {error.strerror or error}", Place(str(error.filename or "")), hint)


def _fault(error: Exception, heard: ErrorStyle) -> int:
    if isinstance(error.__context__, KeyboardInterrupt):
        return INTERRUPTED  # an import that was interrupted fails in its own words
    if heard.debug:
        import sys
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    return _say(CustmetricsError(Problem("E900", f"a fault of ours: {type(error).__name__}: {error}", hint=REPORT)), heard)


def _say(error: CustmetricsError, heard: ErrorStyle) -> int:
    from custmetrics_cli.cli.terminal.messages import print_errors

    print_errors(error, heard.json)
    return error.exit


def as_json(arguments: Sequence[str]) -> bool:
    """Whether --json is among the arguments, in any spelling; they may be what is wrong, so they are not parsed.

    >>> as_json(["churn", "--format", "json"]), as_json(["churn", "-f", "csv"])
    (True, False)
    """
    pairs = zip(arguments, [*arguments, ""][1:], strict=True)
    return any(word in ("--json", "--format=json", "-fjson") or (word in ("-f", "--format") and after == "json") for word, after in pairs)
