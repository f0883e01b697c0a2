"""The rows of a sheet as texts, and its cells whose value is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from custmetrics_cli.ingest.model import RefusedCell
from custmetrics_cli.ingest.open.excel.cell_text import TEXTS, address, is_inexact, timestamp
from custmetrics_cli.ingest.open.excel.marks import SAVE, Marks
from custmetrics_cli.ingest.open.excel.merged import MergedCells
from custmetrics_cli.ingest.open.sheet import write_csv

BLOCK = 1000  # rows
EXPONENT = "E+"  # in the text of a large number
FORMULA = "=?"  # the text of a formula without a result: no column reads it as a value


@dataclass(eq=False, repr=False)
class SheetRows:
    """The rows of a sheet."""

    sheet: Any  # a CalamineSheet
    marks: Marks
    refused: list[RefusedCell] = field(default_factory=list)
    has_date: set[int] = field(default_factory=set)  # columns with a date that has no time of day
    has_time: set[int] = field(default_factory=set)  # columns with a date and a time of day

    has_large: bool = False  # a number may have lost digits

    def write(self, path: Path) -> list[RefusedCell]:
        """Write the rows as CSV. Where one column mixes dates and times, all its dates get a time of day."""
        write_csv(path, self._texts(frozenset()))
        if mixed := self.has_date & self.has_time:
            write_csv(path, self._texts(frozenset(mixed)))
        return self.refused

    def _texts(self, timestamps: frozenset[int]) -> Iterator[Sequence[str]]:
        """Yield the texts of each row. The values are converted by column, in blocks of rows: their types are mostly equal."""
        self.refused.clear()
        rows, first = self._rows(), 0
        while block := [*islice(rows, BLOCK)]:
            columns = [self._column(at, values, at in timestamps) for at, values in enumerate(zip_longest(*block, fillvalue=""))]
            for row, texts in enumerate(zip(*columns, strict=True) if columns else ((),) * len(block), first):
                yield self._finish(row, block[row - first], [*texts]) if self._has_marks(row) else texts
            first += len(block)

    def _rows(self) -> Iterator[list[Any]]:
        """Yield the values of each row, from the first column of the sheet on."""
        merged = MergedCells(self.sheet.merged_cell_ranges or ())
        left = self.sheet.start[1] if self.sheet.start else 0
        for row, values in enumerate(self._values()):
            cells = [*[""] * left, *values] if left else values
            if row in merged.rows:
                self.refused += merged.fill(row, cells)
            yield cells

    def _values(self) -> Iterator[list[Any]]:
        """Yield the values of all rows. Rows at the end that hold only errors and formulas have no values."""
        rows = 0
        for values in self.sheet.iter_rows() if self.sheet.start else ():
            rows += 1
            yield values
        yield from ([] for _ in range(rows, max([*self.marks.errors, *self.marks.formulas], default=-1) + 1))

    def _column(self, at: int, values: Sequence[Any], is_timestamp: bool) -> list[str]:
        """Return the texts of a column."""
        kinds = {*map(type, values)}
        if date in kinds:
            self.has_date.add(at)
        if datetime in kinds:
            self.has_time.add(at)
        if is_timestamp:
            return [timestamp(value) if isinstance(value, date) else TEXTS[type(value)](value) for value in values]
        texts = [*map(TEXTS[kinds.pop()], values)] if len(kinds) == 1 else [TEXTS[type(value)](value) for value in values]
        self.has_large = self.has_large or any(EXPONENT in text for text in texts)
        return texts

    def _has_marks(self, row: int) -> bool:
        marks = self.marks
        return self.has_large or row in marks.shown or row in marks.errors or row in marks.formulas

    def _finish(self, row: int, values: list[Any], texts: list[str]) -> list[str]:
        """Return the texts of a row, with its marks. row: counts from 0."""
        self._number_row(row, values, texts)
        self._refuse_row(row, texts)
        return texts

    def _number_row(self, row: int, values: list[Any], texts: list[str]) -> None:
        """Show numbers as their format does, and refuse those whose digits are lost."""
        shown = self.marks.shown.get(row, {})
        for at, function in shown.items():
            if at < len(values) and type(values[at]) in (float, int):
                texts[at] = function(values[at])
        for at, value in enumerate(values):
            if is_inexact(value) and at not in shown:
                self._refuse_inexact(row, at, texts)

    def _refuse_inexact(self, row: int, at: int, texts: list[str]) -> None:
        """Refuse a large number, unless the file holds all its digits."""
        if exact := self.marks.long_numbers.get((row, at)):
            texts[at] = exact
        else:
            message = f"cell {address(row, at)}: {texts[at]} has lost digits, because a workbook keeps 15 digits of a number"
            self._refuse(row, at, "E221", message, "export the file as CSV, or with this column as text", texts)

    def _refuse_row(self, row: int, texts: list[str]) -> None:
        """Write the marks of a row into its texts, and refuse these cells."""
        for at, error in self.marks.errors.get(row, {}).items():
            _put(texts, at, error)
            self._refuse(
                row, at, "E219", f"cell {address(row, at)} is the error {error}", "correct the cell in the workbook, or empty it", texts
            )
        for at in self.marks.formulas.get(row, ()):
            _put(texts, at, FORMULA)
            self._refuse(row, at, "E220", f"cell {address(row, at)} is a formula without a stored result", SAVE, texts)

    def _refuse(self, row: int, at: int, code: str, message: str, hint: str, texts: list[str]) -> None:
        self.refused.append(RefusedCell(row + 1, at + 1, code, message, hint, next(filter(None, texts), "")))


def _put(texts: list[str], at: int, text: str) -> None:
    """Set a text. Cells at the end of a row may have no value, so the reader leaves them out."""
    texts += [""] * (at + 1 - len(texts))
    texts[at] = text
