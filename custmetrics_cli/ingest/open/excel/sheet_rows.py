"""The rows of a sheet as texts, and its cells whose value is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from custmetrics_cli.ingest.model import RefusedCell
from custmetrics_cli.ingest.open.excel.cell_text import address, is_inexact
from custmetrics_cli.ingest.open.excel.column_texts import ColumnTexts
from custmetrics_cli.ingest.open.excel.marks import SAVE, Marks
from custmetrics_cli.ingest.open.excel.merged import MergedCells
from custmetrics_cli.ingest.open.sheet import write_csv

BLOCK = 1000  # rows
FORMULA = "=?"  # the text of a formula without a result: no column reads it as a value


@dataclass(eq=False, repr=False)
class SheetRows:
    """The rows of a sheet."""

    sheet: Any  # a CalamineSheet
    marks: Marks
    refused: list[RefusedCell] = field(default_factory=list)
    columns: ColumnTexts = field(default_factory=ColumnTexts)

    def write(self, path: Path) -> list[RefusedCell]:
        """Write the rows as CSV, and again if values of different types must be written alike."""
        write_csv(path, self._texts())
        if self.columns.settle():
            write_csv(path, self._texts())
        return self.refused

    def _texts(self) -> Iterator[Sequence[str]]:
        """Yield the texts of each row. The values are converted by column, in blocks of rows: their types are mostly equal."""
        self.refused.clear()
        rows, first = self._rows(), 0
        while block := [*islice(rows, BLOCK)]:
            columns = [self.columns.texts(at, values) for at, values in enumerate(zip_longest(*block, fillvalue=""))]
            for row, texts in enumerate(zip(*columns, strict=True) if columns else ((),) * len(block), first):
                yield self._finish(row, block[row - first], [*texts]) if self._has_marks(row) else texts
            first += len(block)

    def _rows(self) -> Iterator[list[Any]]:
        """Yield the values of each row, from the first column of the sheet on."""
        merged = MergedCells(self.sheet.merged_cell_ranges or self.marks.merged)
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

    def _has_marks(self, row: int) -> bool:
        marks = self.marks
        return self.columns.has_large or row in marks.shown or row in marks.errors or row in marks.formulas

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
                texts[at] = self.columns.number(function(values[at]))
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
