"""`custmetrics init`: a settings file for a folder of exports, with questions where the files leave something open."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.commands.init_questions import OpenQuestion, questions
from custmetrics_cli.cli.commands.inspect import answerable, refuse_taken
from custmetrics_cli.cli.exit_status import REFUSED
from custmetrics_cli.cli.inputs import input_files, settings_of
from custmetrics_cli.cli.request import whole_quarter
from custmetrics_cli.cli.terminal.messages import print_text, print_warnings
from custmetrics_cli.cli.terminal.output import write_answer, write_file
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.cli.terminal.streams import is_terminal
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.page import used_text
from custmetrics_cli.render.problems import headline, problems_text

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import InitOptions
    from custmetrics_cli.core.answers.inspection import Inspected, Inspection
    from custmetrics_cli.ingest.model import InputFile, Settings

LEAVE = "leave the file as it is"


def run(options: InitOptions) -> int:
    """Writes the settings file; 3, and nothing written, where something stays open or wrong. Raises CustmetricsError E152."""
    from custmetrics_cli.ingest.inspection.settings_file import settings_text

    path = options.write or str(_folder(options.files) / "custmetrics.toml")
    refuse_taken(path)
    givens = input_files(options, path)
    found, settings = _settled(options, givens, settings_of(options))
    print_warnings(found.warnings, options.quiet)
    wrong = [file for file in found.files if file.problems and (file.table or file.path not in {g.path for g in givens if not g.is_named})]
    if wrong:
        print_text(problems_text([problem for file in wrong for problem in file.problems], sum(file.total for file in wrong)))
        return REFUSED
    write_file(path, settings_text(found, settings))
    write_answer("\n".join([*_files(found), f"written: {path}", *_next(found, options, path), ""]), options.output)
    return 0


def _folder(files: Sequence[str]) -> Path:
    if len(files) != 1 or not Path(files[0]).is_dir():
        raise CustmetricsError(Problem("E173", "init takes one folder of exports", hint="custmetrics init FOLDER"))
    return Path(files[0])


def _settled(options: InitOptions, files: Sequence[InputFile], settings: Settings) -> tuple[Inspected, Settings]:
    """What the files are taken for once every question that can be asked is answered."""
    from custmetrics_cli.ingest.inspection.inspect_files import inspect

    left: set[str] = set()
    while True:
        with working(options):
            found = inspect(files, settings)
        question = next((each for each in questions(found) if each.problem.hint not in left), None)
        if question is None or not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            return found, settings
        answer = _answer(question)
        if answer < len(question.choices):
            settings = question.choices[answer].taken(settings, question.table)
        else:
            left.add(question.problem.hint)


def _answer(question: OpenQuestion) -> int:
    """The number of the choice, from 0; one more than there are: none of them. The end of input is as Ctrl-C."""
    shown = [*map(str, question.choices), LEAVE]
    print_text("\n".join([headline(question.problem), *(f"  {number}  {text}" for number, text in enumerate(shown, 1)), ""]))
    while True:
        print_text(f"which, 1 to {len(shown)}? ")
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt  # nobody is there to answer
        if line.strip().isdecimal() and 1 <= int(line) <= len(shown):
            return int(line) - 1


def _files(found: Inspected) -> list[str]:
    can = answerable(found)
    return [_file(file, len(can.get(file.path, ()))) for file in found.files]


def _file(file: Inspection, answers: int) -> str:
    if not file.table:
        return f"{file.path}: no table known here, left out"
    whose = f", {file.preset_description}" if file.preset_description else ""
    return f"{file.path}: {file.table}{whose}; {used_text(file.read or 0, file.used, file.excluded)}; metrics it answers: {answers}"


def _next(found: Inspected, options: InitOptions, path: str) -> list[str]:
    """A command that works now."""
    days = [day for file in found.files for header in file.headers for day in (header.first, header.last) if day and day <= date.today()]
    if not days:
        return []
    words = ["custmetrics", "report", "--period", whole_quarter(min(days), max(days)), "--config", path, *options.files]
    return [f"now: {shlex.join(words)}"]
