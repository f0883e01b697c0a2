"""Quotes: of another kind, missing, too many, or in the wrong place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from tests.pollution.clean import PLAIN, Cells, bare, customers, people, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, hurt, rows, whole

CELLS = customers(ALL)
FEW = people(PLAIN)
SIMPLE = customers(FEW)
LINES = {"first": 1, "middle": 30, "last": 60}


def pollutions() -> Iterator[Pollution]:
    yield from _consistent()
    for where, line in LINES.items():
        for name, spoilt in SPOILT.items():
            company = AS_IT_STANDS.get(name, "{}").format(
                FEW[line - 1].company
            )  # a quote within a cell without quotes is a sign like others
            stands = rows([*FEW[: line - 1], FEW[line - 1]._replace(company=company), *FEW[line:]])
            yield hurt(f"{name} in the {where} row", _replaced(line, spoilt), stands)
        yield whole(f"only the {where} row quoted", _replaced(line, lambda row: '"' + '","'.join(row) + '"'), rows(FEW))
        yield hurt(f"a comma without quotes in the {where} row", _replaced(line, lambda row: ",".join([row[0], "Smith, Inc", *row[2:]])))


def _consistent() -> Iterator[Pollution]:
    yield whole("no quotes needed", bare(SIMPLE), rows(FEW))
    yield hurt("no quotes where they are needed", bare(CELLS))
    yield whole("no quotes and tabs", bare(CELLS, "\t"), CLEAN)
    for delimiter in ",;\t|":
        yield whole(f"single quotes around all, {delimiter!r}", text(CELLS, delimiter, "'", csv.QUOTE_ALL))
        yield whole(
            f"single quotes around words, {delimiter!r}",
            text(CELLS[:1], delimiter) + text(SIMPLE[1:], delimiter, "'", csv.QUOTE_ALL),
            rows(FEW),
        )
        yield whole(
            f"quoted rows, bare header, {delimiter!r}", text(CELLS[:1], delimiter) + text(CELLS[1:], delimiter, quoting=csv.QUOTE_ALL)
        )
        yield whole(
            f"quoted header, bare rows, {delimiter!r}", text(CELLS[:1], delimiter, quoting=csv.QUOTE_ALL) + text(CELLS[1:], delimiter)
        )
    yield hurt("curly quotes", bare([[f"“{cell}”" for cell in row] for row in SIMPLE]), rows(FEW))
    yield hurt("spaces around quotes", bare([[f' "{cell}" ' for cell in row] for row in SIMPLE]), rows(FEW))
    yield hurt("a space before each quote", bare([[f' "{cell}"' for cell in row] for row in SIMPLE]), rows(FEW))
    yield hurt("every row quoted as one cell", "".join('"' + line.replace('"', '""') + '"\n' for line in text(CELLS).splitlines()))
    yield whole("line breaks in cells", text(_broken("\n")), rows(people(("one\ntwo {}", "a\n\nb, {}"))))
    yield whole("windows line breaks in cells", text(_broken("\r\n"), end="\r\n"), rows(people(("one\r\ntwo {}", "a\r\n\r\nb, {}"))))


def _broken(mark: str) -> Cells:
    return customers(people((f"one{mark}two {{}}", f"a{mark}{mark}b, {{}}")))


SPOILT: dict[str, Callable[[list[str]], str]] = {
    "a quote opened and not closed": lambda row: ",".join([row[0], '"' + row[1], *row[2:]]),
    "a quote closed and not opened": lambda row: ",".join([row[0], row[1] + '"', *row[2:]]),
    "a quote within": lambda row: ",".join([row[0], '5" pipe', *row[2:]]),
    "a quote within quotes": lambda row: ",".join([row[0], '"the "best" of all"', *row[2:]]),
    "text after a quote": lambda row: ",".join([row[0], '"Acme" 5', *row[2:]]),
    "a quote before an end": lambda row: ",".join(row) + '"',
    "a quote that opens the last cell": lambda row: ",".join([*row[:4], '"' + row[4]]),
    "a lone quote": lambda row: ",".join([row[0], '"', *row[2:]]),
    "three quotes": lambda row: ",".join([row[0], '"""', *row[2:]]),
}


AS_IT_STANDS = {"a quote closed and not opened": '{}"', "a quote within": '5" pipe'}


def _replaced(line: int, spoilt: Callable[[list[str]], str]) -> str:
    lines = [",".join(row) for row in SIMPLE]
    lines[line] = spoilt(SIMPLE[line])
    return "\n".join(lines) + "\n"
