"""The rows that --skip-bad-rows sets aside, as a CSV file of their own: where each stood, what was wrong, and its cells."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.ingest.open.find import unreadable_problem

COLUMNS = ("file", "line", "column", "code", "message")


class RejectsFile:
    """Without a path nothing is written. One row per problem."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._stack = ExitStack()
        self._writer: Any = None

    def __enter__(self) -> RejectsFile:
        if self._path:
            try:
                file = self._stack.enter_context(Path(self._path).open("w", encoding="utf-8", newline=""))
            except OSError as error:
                raise CustmetricsError(unreadable_problem(self._path, error, "written")) from None
            self._writer = csv.writer(file, lineterminator="\n")
            self._writer.writerow(COLUMNS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def add(self, problem: Problem, cells: Sequence[str]) -> None:
        if self._writer:
            place = problem.place
            self._writer.writerow((place.path, place.line, place.column or "", problem.code, problem.message, *cells))
