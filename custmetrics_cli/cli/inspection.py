"""Inspected files: the metrics that they can answer, and the files with errors."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.options import INPUT
from custmetrics_cli.report.answerable import Verdicts, commands

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.common import InputOptions
    from custmetrics_cli.core.inspection import Inspected, Inspection
    from custmetrics_cli.ingest.model import InputFile


def has_errors(file: Inspection, inputs: Sequence[InputFile]) -> bool:
    """Return True for a file with problems, except one of a folder or a workbook that is not a table."""
    found_in_folder = {each.path for each in inputs if not each.is_named}
    return bool(file.problems) and (bool(file.table) or not (file.may_be_skipped or file.path in found_in_folder))


def refuse_existing(path: str) -> None:
    """Refuse to overwrite a settings file, which may have been edited. Raises CustmetricsError E152."""
    if path and Path(path).is_file():
        raise CustmetricsError(Problem("E152", "this file already exists", Place(path), "choose another name, or delete it first"))


def answerable(inspected: Inspected) -> dict[str, list[str]]:
    """Return the metrics that each file helps to answer, by path."""
    by_table = Verdicts(inspected).by_table()
    return {file.path: by_table.get(file.table, []) for file in inspected.files}


def unanswerable(inspected: Inspected) -> dict[str, dict[str, list[str]]]:
    """Return the metrics that only lack columns of a file, by path and by the missing columns."""
    by_table = Verdicts(inspected).missing_by_table()
    return {file.path: by_table.get(file.table, {}) for file in inspected.files}


def next_commands(inspected: Inspected, options: InputOptions) -> list[str]:
    """Return three commands that work now, with the options that say how the files are read; none without dates up to today."""
    from custmetrics_cli.core.time.period_hints import last_whole_quarter

    today = options.today or date.today()
    days = inspected.days_until(today)
    return commands(inspected, last_whole_quarter(min(days), max(days)), shlex.join([*options.files, *_reading(options)])) if days else []


def _reading(options: InputOptions) -> Iterator[str]:
    """Yield the flags of the command that say how files are read."""
    for attribute, spec in options.specs.items():
        if spec.name in options.flags and spec.panel == INPUT:
            value = getattr(options, attribute)
            for each in value if spec.repeats else [value]:
                yield f"--{spec.name}"
                yield from () if spec.is_switch else ("=".join(filter(None, each)) if isinstance(each, tuple) else str(each),)
