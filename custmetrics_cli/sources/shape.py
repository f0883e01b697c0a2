"""What a file's text means, decided from its head: delimiter, quote, header line and table, all together.

Each delimiter is tried at each of the first physical lines, and the one under which the header is recognised best is the one. So a
preamble, a `sep=;` line or comments above the header need no rules of their own.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from custmetrics_cli.columns import Reading
from custmetrics_cli.columns._dates import ORDERS
from custmetrics_cli.sources import recognise
from custmetrics_cli.sources._nouns import Plain, Settings, Shape
from custmetrics_cli.sources.cells import reader
from custmetrics_cli.sources.recognise import Match
from custmetrics_cli.tables import Column, Table

HEAD = 1 << 18  # bytes looked at
DEEPEST = 40  # the last physical line on which a header may start
SAMPLE = 50  # records below the header by which two readings of it are compared
DELIMITERS = (",", ";", "\t", "|")
VALUE = r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|[-+]?[\d\s.,]*\d"  # a date or a number, which no heading is
SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)


class Head(NamedTuple):
    """The first lines of a file, with their line ends. cut: more follows."""

    lines: tuple[str, ...]
    cut: bool


class Candidate(NamedTuple):
    """A line read as a header."""

    delimiter: str
    quote: str
    line: int
    header: tuple[str, ...]
    written: tuple[str, ...]  # the header before its names were made unique
    match: Match
    even: float = 0.0  # share of the records below it that have as many cells

    @property
    def is_data(self) -> bool:
        """Whether it holds values, and at least as many as names that are known."""
        cells = [part for cell in self.header for part in re.split(f"[{''.join(DELIMITERS)}]", cell)]
        values = sum(bool(re.fullmatch(VALUE, cell.strip())) for cell in cells)
        return values > 0 and values >= len(self.match.columns)

    @property
    def rank(self) -> tuple[bool, bool, int, int, float, int, int]:
        recognised, required, columns = self.match.weight
        return (recognised, not self.is_data, required, columns, self.even, len(self.header), -self.line)


def candidates(plain: Plain, head: Head, tables: Sequence[Table], settings: Settings) -> list[Candidate]:
    """The readings of the first line that is recognised as a header; of every line when none is."""
    said = {table.name: said_of(table, settings.columns) for table in tables}
    found: list[Candidate] = []
    for line in [settings.header_row] if settings.header_row else range(1, min(DEEPEST, len(head.lines)) + 1):
        readings = [_candidate(plain, head, line, delimiter, tables, said, settings) for delimiter in _delimiters(head, settings)]
        found += (reading for reading in readings if reading)
        if any(not reading.match.missing for reading in found):
            break
    return found


def decided(head: Head, chosen: Candidate) -> Shape:
    """The shape of a file whose header is recognised."""
    match = chosen.match
    names = chosen.header
    taken = set(match.columns.values())
    extra = {name: at for at, name in enumerate(names) if name and at not in taken}
    return Shape(
        delimiter=chosen.delimiter,
        quote=chosen.quote,
        header_line=chosen.line,
        data_line=_data_line(head, chosen),
        header=names,
        table=match.table,
        columns=match.columns,
        extra=extra,
        zones=match.zones,
        notes=(*_above(chosen.line), *match.notes),
        said=match.said,
        doubled=_doubled(chosen),
    )


def _doubled(chosen: Candidate) -> dict[str, str]:
    """Columns beside which a free one has the same heading, and that one's name."""
    columns, plain = chosen.match.columns, [recognise.normal(name) for name in chosen.written]
    free = [at for at, _ in enumerate(plain) if at not in columns.values()]
    found = {name: [other for other in free if plain[other] == plain[at]] for name, at in columns.items()}
    return {name: chosen.header[others[0]] for name, others in found.items() if others}


def read_head(plain: Plain) -> Head:
    with plain.path.open("rb") as stream:
        data = stream.read(HEAD + 1)
    cut = len(data) > HEAD
    text = data[:HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = tuple(io.StringIO(text, newline=""))
    return Head(lines[:-1] if cut and len(lines) > 1 else lines, cut)


def said_of(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """The user's mapping as far as it is about this table: 'table.column' goes before 'column'."""
    plain = {name: header for name, header in columns.items() if name in table.by_name}
    own = {name.removeprefix(f"{table.name}."): header for name, header in columns.items() if name.startswith(f"{table.name}.")}
    return plain | own


def records(head: Head, line: int, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """The records from a physical line on, each with the line it starts on. The last may be cut off."""
    rows = reader(head.lines[line - 1 :], delimiter=delimiter, quotechar=quote)
    at = line
    for cells in rows:
        yield at, cells
        at = line + rows.line_num


def _delimiters(head: Head, settings: Settings) -> tuple[str, ...]:
    if settings.delimiter:
        return (settings.delimiter,)
    named = SEP.match(head.lines[0]) if head.lines else None
    return (named[1],) if named else DELIMITERS


def _candidate(
    plain: Plain, head: Head, line: int, delimiter: str, tables: Sequence[Table], said: Mapping[str, Mapping[str, str]], settings: Settings
) -> Candidate | None:
    cells, *below = [*islice((row for _, row in records(head, line, delimiter, settings.quote or '"')), 2)] or [[]]
    if not any(cell.strip() for cell in cells):
        return None
    quote = settings.quote or _quote(cells, *below)
    written = tuple(map(_written, _record(head, line, delimiter, quote)))
    header = _unique(written)
    match = recognise.best(header, tables, said, plain.given.path)
    return Candidate(
        delimiter, quote, line, header, written, match, 0.0 if match.missing else _even(head, line, delimiter, quote, len(header))
    )


def _record(head: Head, line: int, delimiter: str, quote: str) -> list[str]:
    return next((cells for _, cells in records(head, line, delimiter, quote)), [])


def _quote(cells: Sequence[str], below: Sequence[str] = ()) -> str:
    """The single quote, if every name is wrapped in it and some cell below, or every cell below."""
    wrapped = [len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in map(str.strip, below) if cell]
    names = [len(name) > 1 and name[0] == name[-1] == "'" for name in map(str.strip, cells) if name]
    single = any(wrapped) or not wrapped if all(names) else wrapped and all(wrapped)
    return "'" if single else '"'


def _written(cell: str) -> str:
    """A name as it is shown and asked for: NFKC, without the space around it and with single spaces in it."""
    return " ".join(unicodedata.normalize("NFKC", cell).replace("\ufeff", "").split())


def _even(head: Head, line: int, delimiter: str, quote: str, width: int) -> float:
    rows = [cells for _, cells in islice(records(head, line, delimiter, quote), 1, SAMPLE + 1)]
    return sum(len(cells) == width for cells in rows) / len(rows) if rows else 1.0


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    """name, name.2, name.3; a column without a name stays so."""
    names: list[str] = []
    for name in header:
        again = (f"{name}.{number}" for number in range(2, len(header) + 2))
        names.append(next(new for new in (name, *again) if not name or (new not in names and (new == name or new not in header))))
    return tuple(names)


def _data_line(head: Head, chosen: Candidate) -> int:
    """Where the first record below the header starts; blank lines and comments are none."""
    below = records(head, chosen.line, chosen.delimiter, chosen.quote)
    next(below)
    for line, cells in below:
        blank = not any(cell.strip() for cell in cells) and len(cells) < 2
        comment = len(cells) == 1 < len(chosen.header) and cells[0].startswith("#")
        if not blank and not comment:
            return line
    return len(head.lines) + 1


def is_alone(head: Head, chosen: Candidate) -> bool:
    """Whether no row follows the header."""
    return _data_line(head, chosen) > len(head.lines)


def first_row_above(head: Head, chosen: Candidate) -> int:
    """The line of the first record above the header that has all that a row needs, in its place; 0 = there is none."""
    above = head._replace(lines=head.lines[: chosen.line - 1])
    needed = [(chosen.match.columns[column.name], column) for column in chosen.match.table.required]
    for line, cells in records(above, 1, chosen.delimiter, chosen.quote):
        if len(cells) == len(chosen.header) and all(_reads(column, cells[at].strip()) for at, column in needed):
            return line
    return 0


def _reads(column: Column, text: str) -> bool:
    """Whether a cell can be read in some way."""
    for order in ("", *ORDERS):
        try:
            return bool(text) and column.kind.cell(text, Reading(order=order)) is not None
        except ValueError:
            continue
    return False


def _above(line: int) -> tuple[str, ...]:
    return (f"{line - 1} line{'s' if line > 2 else ''} above the header",) if line > 1 else ()
