"""Escapes of quotes, delimiters and line ends within a cell: doubled, after a backslash, as database dumps write them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.clean import Cells, customers, people, text
from tests.pollution.pollution import ALL, Pollution, hurt, rows, whole

CELLS = customers(ALL)


def pollutions() -> Iterator[Pollution]:
    for word, delimiter in {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}.items():
        yield whole(f"doubled, {word}", text(CELLS, delimiter))
        yield whole(f"backslash before quotes, {word}", quoted(CELLS, delimiter))
        yield whole(f"backslash before quotes, NULL as \\N, {word}", quoted(_with_null(CELLS), delimiter))
        yield whole(f"backslash before delimiters, {word}", escaped(CELLS, delimiter))
        yield whole(f"NULL as \\N, {word}", text(_with_null(CELLS), delimiter))
    paths = people(("C:\\tmp\\{}", "back\\slash {}"))
    yield whole("backslashes that escape nothing", text(customers(paths)), rows(paths))
    yield whole(
        "backslashes at the end of quoted cells",
        quoted(customers(people(("a, b\\\\ {}",))), ",", escape=False),
        rows(people(("a, b\\\\ {}",))),
    )
    yield hurt(
        "a backslash at the end of a cell in quotes",
        text([*CELLS[:5], ["1", "a, b\\", "pro", "2022-03-13", ""], *CELLS[5:]]),
        _more("a, b\\"),
    )
    yield hurt(
        "one backslash before a quote", text(CELLS[:5]) + '1,"the \\"best\\"",pro,2022-03-13,\n' + text(CELLS[5:]), _more('the "best"')
    )
    yield hurt("doubled and after a backslash", text(CELLS[:30]) + quoted(CELLS[30:], ","))


def _with_null(cells: Cells) -> Cells:
    return [[cell or "\\N" for cell in row] for row in cells]


def quoted(cells: Cells, delimiter: str, escape: bool = True) -> str:
    return "".join(delimiter.join(_quoted(cell, escape) for cell in row) + "\n" for row in cells)


def _quoted(cell: str, escape: bool) -> str:
    return cell if cell == "\\N" else '"' + (cell.replace("\\", "\\\\").replace('"', '\\"') if escape else cell) + '"'


def escaped(cells: Cells, delimiter: str) -> str:
    return "".join(delimiter.join(cell.replace("\\", "\\\\").replace(delimiter, "\\" + delimiter) for cell in row) + "\n" for row in cells)


def _more(company: str) -> object:
    from datetime import date

    return rows(ALL) + type(rows([]))({("1", date(2022, 3, 13), None, company, "pro"): 1})
