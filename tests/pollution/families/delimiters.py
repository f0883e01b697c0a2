"""Delimiters, with every way to quote cells and to end lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from tests.pollution.clean import PLAIN, Cells, Customer, bare, customers, people, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, hurt, rows, whole

CELLS = customers(ALL)
KNOWN = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
QUOTING = {"as needed": csv.QUOTE_MINIMAL, "all": csv.QUOTE_ALL}
OTHERS = {"colon": ":", "tilde": "~", "caret": "^", "unit": "\x1f", "start": "\x01", "space": " ", "double": "::", "arrow": "=>"}


def pollutions() -> Iterator[Pollution]:
    for word, delimiter in KNOWN.items():
        for end, mark in ENDS.items():
            for how, quoting in QUOTING.items():
                yield whole(f"{word}, {end}, quotes {how}", text(CELLS, delimiter, quoting=quoting, end=mark))
        plain = people(PLAIN)
        yield whole(f"{word} with a space after it", bare(customers(plain), delimiter + " "), rows(plain))
        yield whole(
            f"{word} between spaces", bare(customers(plain), f" {delimiter} "), rows([c._replace(id=c.id + " ") for c in plain])
        )  # ids are not stripped
        yield whole(f"{word} in cells", text(_with(delimiter), delimiter), rows(_people(delimiter)))
        for other, second in KNOWN.items():
            if other != word:
                yield whole(f"{word}, {other} in cells", text(_with(second), delimiter), rows(_people(second)))
                yield hurt(f"{word}, then {other}", text(CELLS[:31], delimiter) + text(CELLS[31:], second), CLEAN, rows(ALL[:30]))
        second = ";" if delimiter == "," else ","
        yield hurt(f"header {word}, rows not", text(CELLS[:1], delimiter) + text(CELLS[1:], second))
    for word, delimiter in OTHERS.items():
        yield hurt(f"{word}", bare(customers(people(PLAIN)), delimiter), rows(people(PLAIN)))


def _people(mark: str) -> list[Customer]:
    return people((f"One{mark}two{mark}three {{}}", f"a{mark}{{}}", f"{{}}{mark}b"))


def _with(mark: str) -> Cells:
    return customers(_people(mark))
