"""Missing cells and extra cells, in one row or in all."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.clean import CUSTOMERS, Cells, customers, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, hurt, rows, whole

CELLS = customers(ALL)
ROWS = {"first": 1, "middle, ended": 29, "last": 60}


def pollutions() -> Iterator[Pollution]:
    for where, line in ROWS.items():
        for at, name in enumerate(CUSTOMERS):
            left_out = text(_changed(line, [*CELLS[line][:at], *CELLS[line][at + 1 :]]))
            yield hurt(f"no {name} in the {where} row", left_out, rows([*ALL[: line - 1], *ALL[line:]]))
            yield hurt(f"an empty cell before {name} in the {where} row", text(_changed(line, [*CELLS[line][:at], "", *CELLS[line][at:]])))
            yield hurt(f"a cell before {name} in the {where} row", text(_changed(line, [*CELLS[line][:at], "x", *CELLS[line][at:]])))
        yield whole(f"a trailing delimiter in the {where} row", text(_changed(line, [*CELLS[line], ""])))
        yield whole(f"three trailing delimiters in the {where} row", text(_changed(line, [*CELLS[line], "", "", ""])))
        yield hurt(f"a further cell in the {where} row", text(_changed(line, [*CELLS[line], "x"])))
        yield hurt(f"only the first cell of the {where} row", text(_changed(line, CELLS[line][:1])))
    yield from _all()


def _all() -> Iterator[Pollution]:
    for delimiter in ",;\t|":
        for many in (1, 2):
            more = [""] * many
            yield whole(f"{many} trailing {delimiter!r} everywhere", text([[*row, *more] for row in CELLS], delimiter))
            yield whole(
                f"{many} trailing {delimiter!r} below the header", text([CELLS[0], *([*row, *more] for row in CELLS[1:])], delimiter)
            )
            yield whole(f"{many} trailing {delimiter!r} in the header", text([[*CELLS[0], *more], *CELLS[1:]], delimiter))
            some = [[*row, *more] if at % 3 else row for at, row in enumerate(CELLS)]
            yield whole(f"{many} trailing {delimiter!r} in some rows", text(some, delimiter))
        yield whole(f"a leading {delimiter!r} everywhere", text([["", *row] for row in CELLS], delimiter))
        yield whole(
            f"rows numbered in a column without a name, {delimiter!r}",
            text([[str(at or ""), *row] for at, row in enumerate(CELLS)], delimiter),
        )
    yield hurt("a leading delimiter below the header", text([CELLS[0], *(["", *row] for row in CELLS[1:])]))
    yield hurt("rows numbered without a heading", text([CELLS[0], *([str(at), *row] for at, row in enumerate(CELLS[1:]))]))
    yield whole("an empty column", text([[*row[:2], "", *row[2:]] for row in CELLS]))
    yield whole("spaces around every cell", text([[row[0], *(f"  {cell} " for cell in row[1:])] for row in CELLS]))
    yield whole("no-break spaces around every cell", text([[row[0], *(f"\u00a0{cell}\u202f" for cell in row[1:])] for row in CELLS]))
    yield hurt("no last cell where it is empty", text([row if row[4] else row[:4] for row in CELLS]), CLEAN)
    for word in ("NULL", "null", "None", "N/A", "n/a", "-", "—", "nan", "NaT", "\\N", "0000-00-00", "nil", "(null)", "undefined", '""'):
        yield whole(f"{word} for nothing", text([row if row[4] else [*row[:4], word] for row in CELLS]))


def _changed(line: int, row: list[str]) -> Cells:
    return [*CELLS[:line], row, *CELLS[line + 1 :]]
