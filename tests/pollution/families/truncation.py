"""Files cut off: one at every byte, others at every byte of their last record.

Some cuts cannot be detected. The answer is then right if it matches the rest of the file:
- a cut between two records, or within the line end of a record;
- a cut within the last cell of the only record, because there is nothing to compare it with;
- a cut within a cell of a column whose cells differ in length.
A cut that empties the last cell looks like an empty cell: the answer needs a warning.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tests.pollution.clean import Cells, Customer, customers, people, subscriptions, text
from tests.pollution.families.dates import FORMS
from tests.pollution.pollution import Pollution, paying, rows

EIGHT = people(("Smith, J {}", "О'Нил {}"), many=8)
FOUR = [EIGHT[7], EIGHT[5], EIGHT[4], EIGHT[1]]  # three have left, the last one too; each column of days settles its order


class Layout(NamedTuple):
    cells: Cells
    file: str = "customers.csv"
    delimiter: str = ","
    end: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    codec: str = "utf-8"
    turned: bool = False


def _ended(form: str) -> Cells:
    return customers(FOUR, FORMS[form])


def _last(name: str) -> Cells:
    header, *records = customers(FOUR)
    at = header.index(name)
    return [[*row[:at], *row[at + 1 :], row[at]] for row in (header, *records)]


LAYOUTS = {
    "iso": Layout(_ended("iso")),
    "iso, crlf, all quoted": Layout(_ended("iso"), end="\r\n", quoting=csv.QUOTE_ALL),
    "iso, cr": Layout(_ended("iso"), end="\r"),
    "d.m.y": Layout(_ended("d.m.y"), delimiter=";", end="\r\n"),
    "d.m.y bare": Layout(_ended("d.m.y bare"), delimiter=";"),
    "m/d/y bare": Layout(_ended("m/d/y bare"), delimiter="\t"),
    "d Mon y": Layout(_ended("d Mon y")),
    "iso Z": Layout(_ended("iso Z")),
    "utf-16": Layout(_ended("iso"), codec="utf-16-le"),
    "amount": Layout(subscriptions(FOUR), "subscriptions.csv"),
    "plan": Layout(_last("plan")),
    "start": Layout(_last("started_at")),
    "id": Layout(_last("customer_id")),
}


def pollutions() -> Iterator[Pollution]:
    for name, layout in LAYOUTS.items():
        records = [text([row], layout.delimiter, quoting=layout.quoting, end=layout.end) for row in layout.cells]
        size = [len(record.encode(layout.codec)) for record in records]
        first = 1 if name == "iso" else sum(size) - len("2022-05-20\n".encode(layout.codec))
        for at in range(first, sum(size)):
            yield _cut(name, layout, records, size, at)


def _cut(name: str, layout: Layout, records: list[str], size: list[int], at: int) -> Pollution:
    data = "".join(records).encode(layout.codec)[:at]
    whole = max(n for n in range(len(records) + 1) if sum(size[:n]) <= at)  # records, the header among them
    left = data[sum(size[:whole]) :].decode(layout.codec, "replace")
    sees = paying if layout.file == "subscriptions.csv" else rows
    there = FOUR[: max(whole - 1, 0)]
    if whole == 0 or not left:
        return Pollution(f"{name} at {at}", data, (sees(there),), False, layout.file)
    full = records[whole].rstrip("\r\n")
    if left.rstrip("\r\n") == full:
        is_all = whole == len(records) - 1
        return Pollution(f"{name} at {at}", data, (sees(FOUR[:whole]),), is_all, layout.file)
    right, warned = _readable_as(layout, full, left, FOUR[whole - 1], first=whole == 1)
    return Pollution(
        f"{name} at {at}", data, tuple(sees([*there, c]) for c in right), False, layout.file, tuple(sees([*there, c]) for c in warned)
    )


def _readable_as(layout: Layout, full: str, left: str, customer: Customer, first: bool) -> tuple[list[Customer], list[Customer]]:
    """Return the customers that the last row may be read as: without a warning, and with one."""
    begin = len(full) - len(next(iter(csv.reader([full], delimiter=layout.delimiter)))[-1])
    if layout.quoting == csv.QUOTE_ALL or len(left) < begin:
        return [], []
    last, column = left[begin:], layout.cells[0][-1]
    if not last:
        empty = {"ended_at": customer._replace(end=None), "plan": customer._replace(plan=None)}
        return [], [empty[column]] if column in empty else []
    if first and column == "ended_at" and re.fullmatch(r"\d{4}-\d\d-[1-9]", last):
        return [customer._replace(end=date(*map(int, last.split("-"))))], []
    if first and column == "amount" and re.fullmatch(r"\d+(\.\d)?", last):
        return [customer._replace(cents=round(float(last) * 100))], []
    return [], []
