"""Marks on the cells of a sheet: what the reader of the values does not report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from custmetrics_cli.ingest.open.excel.number_format import Shown

Position = tuple[int, int]  # row and column, from 0
SAVE = "open the workbook in Excel or LibreOffice and save it, so that it stores the results"


@dataclass(eq=False, repr=False)
class Marks:
    """The marked cells of a sheet. Rows and columns count from 0."""

    shown: dict[int, dict[int, Shown]] = field(default_factory=lambda: defaultdict(dict))  # row -> column -> text of its number
    errors: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))  # row -> column -> "#DIV/0!"
    formulas: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # row -> columns of formulas without a result
    merged: list[tuple[Position, Position]] = field(default_factory=list)  # first and last cells, if the reader does not give them
    find_long_numbers: Callable[[], dict[Position, str]] = dict  # called only for sheets with large numbers

    @cached_property
    def long_numbers(self) -> dict[Position, str]:
        """The digits of large numbers that the file holds completely, by row and column."""
        return self.find_long_numbers()


MarkReader = Callable[[str], Marks]  # the name of a sheet -> its marks
