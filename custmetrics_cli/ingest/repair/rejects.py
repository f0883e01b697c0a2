"""The file of rejected rows (--rejects): the place, the problem and the cells of each row that --skip-bad-rows skips."""

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
    """A CSV file with one row per problem. Without a path, nothing is written."""

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
