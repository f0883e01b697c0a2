"""From arguments to an exit status. This is the only place that catches errors."""

from __future__ import annotations

import errno
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer

from custmetrics_cli import __version__
from custmetrics_cli.cli.usage.exit_status import ANSWERED, INTERRUPTED, WRONG_COMMAND
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, closest
from custmetrics_cli.core.safety.writing import whole_run

OUT_OF_MEMORY = Problem("E291", "there is not enough memory for these files", hint="pass --engine duckdb, which stays within --memory")
HINTS = {
    errno.EMFILE: "too few files may be open at once: raise the limit with ulimit -n 1024",
    errno.ENFILE: "the system has too many open files: end other programs, and try again",
    errno.ENOSPC: "free some space; TMPDIR names another folder for temporary files",
    errno.ENOMEM: OUT_OF_MEMORY.hint,
}
MEMORY_WORDS = re.compile(
    r"out of memory|cannot allocate memory|can't start new thread|bad_alloc|malloc of size|failed to map segment", re.I
)
TyperError: Any = next(kind for kind in reversed(typer.BadParameter.__mro__) if issubclass(kind, Exception) and kind is not Exception)


@dataclass
class ErrorStyle:
    """The form of error messages: at first guessed from the arguments, then set by the resolved options."""

    json: bool
    debug: bool


def run(arguments: Sequence[str]) -> int:
    """Run a command, or print what is wrong on standard error. Raises nothing."""
    style = ErrorStyle(has_json(arguments), "--debug" in arguments)
    try:
        return _run_command(arguments, style)
    except CustmetricsError as error:
        return _report(error, style)
    except TyperError as error:
        return _report(CustmetricsError(_usage_problem(error, arguments)), style)
    except OSError as error:
        return _report(CustmetricsError(_system_problem(error)), style)
    except MemoryError:
        return _report(CustmetricsError(OUT_OF_MEMORY), style)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ANSWERED  # completion ends so
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        if MEMORY_WORDS.search(str(error)):  # some libraries have their own error for it
            return _report(CustmetricsError(OUT_OF_MEMORY), style)
        return _report_internal_error(error, style)


def _run_command(arguments: Sequence[str], style: ErrorStyle) -> int:
    from custmetrics_cli.cli.app import app
    from custmetrics_cli.cli.usage.wrong_command import as_options

    if not style.debug:
        warnings.simplefilter("ignore")  # those of libraries are for programmers
    with whole_run():
        status = app(as_options(arguments) or ["--help"], prog_name="custmetrics", standalone_mode=False, obj=style)
    return int(status or ANSWERED) if arguments else WRONG_COMMAND


def _usage_problem(error: Any, arguments: Sequence[str]) -> Problem:
    """Turn an error of Typer into a problem."""
    from custmetrics_cli.cli.app import all_commands
    from custmetrics_cli.cli.usage.wrong_command import option_hint

    option = getattr(error, "option_name", "")
    suggestions = closest(option, sorted(getattr(error, "possibilities", None) or []))
    text = error.message if hasattr(error, "possibilities") else error.format_message()
    message = (text[:1].lower() + text[1:]).rstrip(".")
    command = getattr(getattr(error, "ctx", None), "command_path", "custmetrics")
    hint = f"did you mean {' or '.join(suggestions)}?" if suggestions else f"see {command} --help"
    return Problem("E110", message, hint=option_hint(option, arguments, all_commands()) or hint)


def _system_problem(error: OSError) -> Problem:
    hint = HINTS.get(error.errno or 0, "check the path, its permissions and the free space")
    return Problem("E290", f"system error: {error.strerror or error}", Place(str(error.filename or "")), hint)


def _report_internal_error(error: Exception, style: ErrorStyle) -> int:
    if isinstance(error.__context__, KeyboardInterrupt) or str(error) == "Query interrupted":
        return INTERRUPTED  # an import that was interrupted fails with its own error, and so does a query of DuckDB
    if style.debug:
        import sys
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    message = f"internal error: {type(error).__name__}: {error}"
    hint = f"please report it with the command, the output of --debug and the version, {__version__}"
    return _report(CustmetricsError(Problem("E900", message, hint=hint)), style)


def _report(error: CustmetricsError, style: ErrorStyle) -> int:
    from custmetrics_cli.cli.terminal.messages import print_errors

    print_errors(error, style.json)
    return error.exit


def has_json(arguments: Sequence[str]) -> bool:
    """Return True if the arguments ask for JSON. They are not parsed, because they may be wrong.

    >>> has_json(["churn", "--format", "json"]), has_json(["churn", "-f", "csv"])
    (True, False)
    """
    pairs = zip(arguments, [*arguments, ""][1:], strict=True)
    return any(word in ("--json", "--format=json", "-fjson") or (word in ("-f", "--format") and after == "json") for word, after in pairs)
