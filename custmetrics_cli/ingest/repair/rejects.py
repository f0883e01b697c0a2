"""The file of rejected rows (--rejects): the place, the problem and the cells of each row that --skip-bad-rows skips."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.safety.characters import guarded
from custmetrics_cli.core.safety.writing import new_file
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
            with self._report_unwritable():
                text = self._stack.enter_context(_text_file(self._path))
            self._writer = csv.writer(text, lineterminator="\n")
            self._writer.writerow(COLUMNS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._report_unwritable():
            self._stack.__exit__(kind, error, trace)

    @contextmanager
    def _report_unwritable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CustmetricsError(unreadable_problem(self._path, error, "written")) from None

    def add(self, problem: Problem, cells: Sequence[str]) -> None:
        if self._writer:
            place = problem.place
            texts = (guarded(text) for text in (problem.message, *cells))
            self._writer.writerow((guarded(place.path), place.line, place.column or "", problem.code, *texts))


@contextmanager
def _text_file(path: str) -> Iterator[io.TextIOWrapper]:
    with new_file(path) as file:
        text = io.TextIOWrapper(file, "utf-8", "backslashreplace", newline="")
        yield text
        text.detach()
