"""The values that the steps of ingest pass on: a file as given, as text, and its layout."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.typed_rows import TypedFile
from custmetrics_cli.presets._preset import Preset, RowChoice
from custmetrics_cli.tables import Column, Table
from custmetrics_cli.tables.answers.facts import AnswerFacts
from custmetrics_cli.tables.shared.rules import ROLE

GROUP = "(group)"  # the name of the column of groups, which a line above the rows names


class InputFile(NamedTuple):
    """A file as the user gave it."""

    path: str  # as messages and JSON show it: "a.csv", "-", "exports.zip/a.csv"
    table: str = ""  # set by the user: TABLE=FILE
    is_named: bool = True  # False: found in a folder, where a file that is not recognised is skipped without an error
    sheet: str = ""  # the sheet of a workbook, or the table of a database: FILE#Sheet
    is_converted: bool = False  # the folder of a conversion, or a Parquet file of one
    workbook: str = ""  # the path of the workbook, if the user did not choose one of its several sheets


class RefusedCell(NamedTuple):
    """A cell of a sheet whose value is not known. It is an error only if its column is read. Numbers count from 1."""

    row: int
    column: int
    code: str
    message: str
    hint: str
    first: str = ""  # the first text of the row: it may be a total


class Reshaped(NamedTuple):
    """A private copy that holds subscriptions of one month, made from one row or column per customer and month."""

    customer: str  # the header of the customer
    amount: str  # the header of the amount
    note: str  # how the file was read
    first_end: int  # the last day of the first month: the time before it is unknown
    last_end: int  # the last day of the last month
    rows_per_row: int  # rows of the copy for each row of the file

    @property
    def columns(self) -> dict[str, str]:
        """The headers of the columns that are read, as the user's own. Every other column of the table is left out."""
        return {"customer_id": self.customer, "amount": self.amount, **{name: name for name in ("started_at", "ended_at", "interval")}}


class TextFile(NamedTuple):
    """A local, uncompressed UTF-8 file. It may begin with a UTF-8 BOM."""

    source: InputFile
    path: Path  # the file itself, or a private temporary copy of it
    encoding: str  # of the source: "utf-8", "utf-8 with BOM", "utf-16", "cp1251", "cp1252"
    size: int  # bytes of path
    original: Path  # holds the source's own bytes, compressed and encoded as they were: for sha256
    checked: bool = True  # False: only its head and tail are known to be UTF-8
    is_typed: bool = False  # True: written from typed cells, with commas, double quotes, decimal points and ISO dates
    refused: tuple[RefusedCell, ...] = ()
    row_shift: int = 0  # added to a line for messages: -1 if the input has no line for the header
    nuls: int = 0  # NUL bytes inside the text, which are left out
    reshaped: Reshaped | None = None
    shape_problem: Problem | None = None  # why it cannot be reshaped
    typed: TypedFile | None = None  # all rows, if `path` holds only the first ones

    def whole(self) -> TextFile:
        """Return the file with all rows in `path`."""
        if not self.typed:
            return self
        path, refused = self.typed.write()
        return self._replace(path=path, size=path.stat().st_size, refused=refused, typed=None)

    def line_of(self, line: int) -> int:
        """Return the line of the input for a line of this file."""
        rows = self.reshaped.rows_per_row if self.reshaped else 1
        return (line - 2) // rows + 2 + self.row_shift


class PresetRowRule(NamedTuple):
    """A rule of a preset for rows, with the positions of the cells that it reads."""

    choice: RowChoice
    at: int
    other: int = -1  # the cell that it is compared with; -1 = none
    renames: bool = False  # it skips no row, but names the reason of rows that later rules skip


class Dialect(NamedTuple):
    """The characters that separate, quote and escape cells."""

    delimiter: str
    quote: str
    escape: str = ""  # "\\" in database dumps; "" = quotes are doubled
    spaced: bool = False  # spaces separate delimiters from quoted cells


class TableLines(NamedTuple):
    """The lines of a table in its file, counted from 1."""

    header: int  # where the header record starts
    data: int  # where the first record below the header starts
    last: int = 0  # 0 = the last line of the file


class FileFormats(NamedTuple):
    """The formats that the header, the preset or an option fixes for one file. They override detected formats."""

    order: str = ""  # of dates: "dmy", "mdy", "ymd"
    decimal: str = ""
    is_typed: bool = False  # numbers have a point; --decimal is for text files
    cents: bool = False  # amounts are in the smallest unit of the currency
    currency: str = ""  # that of such amounts, where a row names none
    zones: Mapping[str, str] = {}  # column -> time zone: "UTC", "GMT+3"
    inclusive: bool = False  # by its header, an end is the last day of service


class Substitutes(NamedTuple):
    """The values used when a column is missing or its cell is empty. Keys are columns of the table."""

    constants: Mapping[str, str] = {}  # one value for every row, from the header or the preset
    fallbacks: Mapping[str, tuple[int, ...]] = {}  # positions of other columns, the best first


class Remark(NamedTuple):
    """A warning about the meaning of a file."""

    code: str
    text: str
    column: str = ""  # it matters to answers that read this column; "" = to all


class Remarks(NamedTuple):
    """Facts about a file that the user may need to see."""

    notes: tuple[str, ...] = ()  # shown by inspect
    other_tables: tuple[str, ...] = ()  # tables in the same file that are not read, as sentences
    duplicates: Mapping[str, str] = {}  # column -> an unused column with the same header
    warnings: tuple[Remark, ...] = ()  # doubts about the answer
    found_by: Mapping[str, str] = {}  # column -> name, words, cells, option or preset
    reading: str = ""  # how a file was read whose rows are not those of the table: shown with the answer
    column_help: Mapping[str, str] = {}  # column that the file lacks -> the headers that may hold it


class Layout(NamedTuple):
    """The meaning of a file's text. Positions of columns count from 0."""

    table: Table
    dialect: Dialect
    lines: TableLines
    header: tuple[str, ...]  # stripped and made unique: name, name.2, name.3
    columns: Mapping[str, int]  # column of the table -> position
    extra: Mapping[str, int]  # every other column, by its header
    preset: Preset | None = None
    formats: FileFormats = FileFormats()
    substitutes: Substitutes = Substitutes()
    preset_rules: tuple[PresetRowRule, ...] = ()
    facts: Mapping[str, str] = {}  # policies that the file itself settles
    group_position: int = -1  # where the name of a row's group is inserted: after the last header; -1 = no groups
    remarks: Remarks = Remarks()
    answers: AnswerFacts = AnswerFacts()  # of a survey

    @property
    def roles(self) -> dict[str, str]:
        """The roles of the headers of columns, as rules see them. A preset settles the columns that it names."""
        settled = self.preset.columns if self.preset else {}
        columns = [(self.table.by_name[name], at) for name, at in self.columns.items() if name not in settled]
        return {f"{ROLE}{column.name}": column.header_role(self.names[at]) for column, at in columns if column.header_role}

    def column(self, name: str) -> Column:
        """Return the declaration of a column. Its cells may be empty if its header has the role for it."""
        column = self.table.by_name[name]
        is_optional = column.optional_as and self.roles.get(f"{ROLE}{name}") == column.optional_as
        return column._replace(needs_value=False) if is_optional else column

    @property
    def names(self) -> tuple[str, ...]:
        """The headers of all columns that can be read, including the group column."""
        return self.header if self.group_position < 0 else (*self.header, GROUP)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons to skip a row, in the order of their rule numbers: first the table's, then the preset's."""
        return (*(rule.reason for rule in self.table.skip_rules), *(rule.choice.aside for rule in self.preset_rules))


class RecognisedFile(NamedTuple):
    """A file whose table is known."""

    text_file: TextFile
    layout: Layout
