"""From arguments to an exit status: 0 answered, 1 --fail-if holds, 2 the command was wrong, 3 the input cannot be trusted, 4 our fault."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from typing import Any

import typer

from custmetrics_cli import __version__
from custmetrics_cli.errors import CustmetricsError, Place, Problem

INTERRUPTED = 130
REPORT = f"it is not yours; please report it with the command, what --debug adds, and the version, {__version__}"
Usage: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def run(arguments: Sequence[str]) -> int:
    """Answer, or say what is wrong on standard error. Raises nothing."""
    try:
        return _started(arguments)
    except CustmetricsError as error:
        return _say(error, arguments)
    except Usage as error:
        return _say(CustmetricsError(_usage(error)), arguments)
    except OSError as error:
        return _say(CustmetricsError(_refused(error)), arguments)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        return _fault(error, arguments)


def _started(arguments: Sequence[str]) -> int:
    from custmetrics_cli.cli.app import app

    if not debugging(arguments):
        warnings.simplefilter("ignore")  # those of libraries speak to programmers
    status = app(list(arguments) or ["--help"], prog_name="custmetrics", standalone_mode=False)
    return int(status or 0) if arguments else 2


def debugging(arguments: Sequence[str]) -> bool:
    return "--debug" in arguments or bool(os.environ.get("CUSTMETRICS_DEBUG"))


def _usage(error: Any) -> Problem:
    """What Typer says about a command, in our form."""
    message = error.message if hasattr(error, "possibilities") else error.format_message()
    said = (message[:1].lower() + message[1:]).rstrip(".")
    close = getattr(error, "possibilities", None)
    command = getattr(getattr(error, "ctx", None), "command_path", "custmetrics")
    return Problem("E110", said, hint=f"did you mean {' or '.join(sorted(close))}?" if close else f"{command} --help shows what there is")


def _refused(error: OSError) -> Problem:
    hint = "check the path, its permissions and the free space"
    return Problem("E209", f"the system refused: {error.strerror or error}", Place(str(error.filename or "")), hint)


def _fault(error: Exception, arguments: Sequence[str]) -> int:
    if debugging(arguments):
        import sys
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    return _say(CustmetricsError(Problem("E900", f"a fault of ours: {type(error).__name__}: {error}", hint=REPORT)), arguments)


def _say(error: CustmetricsError, arguments: Sequence[str]) -> int:
    from custmetrics_cli.cli.say import failure

    failure(error, as_json(arguments))
    return error.exit


def as_json(arguments: Sequence[str]) -> bool:
    """Whether the errors are to be JSON too, read off the bare arguments because they may be what is wrong.

    >>> as_json(["churn", "--format", "json"]), as_json(["churn", "-f", "csv"])
    (True, False)
    """
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    asked = any(word == "--json" or word == "--format=json" or (word in ("-f", "--format") and after == "json") for word, after in pairs)
    return asked or os.environ.get("CUSTMETRICS_FORMAT") == "json" or bool(os.environ.get("CUSTMETRICS_JSON"))
