"""`custmetrics init`: make the settings file for a folder of exports. Asks what the files leave open."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import START, Command
from custmetrics_cli.cli.options.common import InputOptions
from custmetrics_cli.cli.options.declare import option
from custmetrics_cli.cli.terminal.streams import is_terminal
from custmetrics_cli.cli.usage.exit_status import ANSWERED, REFUSED
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.options import OUTPUT

if TYPE_CHECKING:
    from custmetrics_cli.core.inspection import Inspected, Inspection
    from custmetrics_cli.ingest.model import InputFile

HELP = """Make the settings file for a folder of exports

On a terminal it asks what the files leave open. Elsewhere it names the options that settle it.

Example: custmetrics init exports"""

NO_KNOWN_FILE = "E258"


class InitOptions(InputOptions):
    """A folder of exports."""

    write: str = option("Settings file to make", "FILE", panel=OUTPUT, when_absent="custmetrics.toml in the folder", common=True)


def run(options: InitOptions) -> int:
    """Write the settings file. Return 3 if a file has problems: the file then holds what the others settle.

    Raises CustmetricsError E152, E173.
    """
    from custmetrics_cli.cli.inputs import input_files, reading_settings
    from custmetrics_cli.cli.inspection import has_errors, refuse_existing
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import write_answer, write_file
    from custmetrics_cli.cli.terminal.own_outputs import without_own_outputs
    from custmetrics_cli.ingest.inspection.settings_file import settings_text

    path = options.write or str(_folder(options.files) / "custmetrics.toml")
    refuse_existing(path)
    files, _ = without_own_outputs(input_files(options, **{"--write": path}))
    inspected, settled = _settle(options, files)
    print_warnings(inspected.warnings, options.quiet)
    wrong = [file for file in inspected.files if has_errors(file, files)]
    settled_files = [file for file in inspected.files if file.table and file not in wrong]
    if not any(file.table for file in inspected.files):
        raise CustmetricsError(_no_table(inspected.files, options.files[0]))
    if wrong and not (settled_files or settled is not options):
        return _refuse(wrong)
    write_file(path, settings_text(inspected, reading_settings(settled), "init"), quiet=True)
    next_command = [] if wrong else _next_command(inspected, options, path)
    write_answer("\n".join([*_summary(inspected), f"written: {path}", *next_command, ""]), options)
    return _refuse(wrong) if wrong else ANSWERED


def _folder(files: Sequence[str]) -> Path:
    if len(files) != 1 or not Path(files[0]).is_dir():
        raise CustmetricsError(Problem("E173", "init needs one folder of exports", hint="write custmetrics init FOLDER"))
    return Path(files[0])


def _no_table(files: Sequence[Inspection], folder: str) -> Problem:
    """Return E258, with the hint for the file that fits best: the one with most headers to propose."""
    problems = [problem for file in files for problem in file.problems]
    best = max(problems, key=lambda problem: (problem.code == "E301", len(problem.choices)), default=None)
    if best is None:
        return Problem(NO_KNOWN_FILE, "no file of the folder is a known table", Place(folder), "custmetrics tables shows the tables")
    message = f"no file of the folder is a known table; {best.place.path} fits best: {best.message}"
    return Problem(NO_KNOWN_FILE, message, Place(folder), best.hint, best.excerpt, best.choices)


def _refuse(wrong: Sequence[Inspection]) -> int:
    from custmetrics_cli.cli.terminal.messages import print_text
    from custmetrics_cli.render.problems import problems_text

    print_text(problems_text([problem for file in wrong for problem in file.problems], sum(file.total for file in wrong)))
    return REFUSED


def _settle(options: InitOptions, files: Sequence[InputFile]) -> tuple[Inspected, InitOptions]:
    """Ask every question. Return the inspection, and the options with the answers."""
    from custmetrics_cli.cli.inputs import reading_settings
    from custmetrics_cli.cli.open_questions import open_questions
    from custmetrics_cli.cli.terminal.ask import ask
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.ingest.inspection.inspect_files import inspect

    left_open = set()
    while True:
        with progress(options):
            inspected = inspect(files, reading_settings(options))
        question = next((each for each in open_questions(inspected) if each.key not in left_open), None)
        if question is None or not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            return inspected, options
        choice = ask(question.problem, question.encoding)
        if choice:
            options = question.answered(options, choice)
        else:
            left_open.add(question.key)


def _summary(inspected: Inspected) -> list[str]:
    from custmetrics_cli.cli.inspection import answerable

    metrics = answerable(inspected)
    return [_file_line(file, len(metrics.get(file.path, ()))) for file in inspected.files]


def _file_line(file: Inspection, metrics: int) -> str:
    from custmetrics_cli.render.parts.footer import rows_text

    if not file.table:
        return f"{file.path}: skipped, not a known table"
    preset = f", {file.preset_description}" if file.preset_description else ""
    return f"{file.path}: {file.table}{preset}; {rows_text(file.read or 0, file.used, file.excluded)}; metrics it answers: {metrics}"


def _next_command(inspected: Inspected, options: InitOptions, path: str) -> list[str]:
    """Return a command that works now."""
    from custmetrics_cli.core.time.period_hints import last_whole_quarter

    today = date.today()
    days = inspected.days_until(today)
    if not days:
        return []
    words = ["custmetrics", "report", "--period", last_whole_quarter(min(days), max(days)), "--config", path, *options.files]
    return [f"now: {shlex.join(words)}"]


COMMAND = Command(run, InitOptions, HELP, START, order=3)
