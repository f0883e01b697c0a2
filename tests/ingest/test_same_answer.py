"""One table, exported in every usual way: the answer is the same, and no option is needed."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from custmetrics_cli.cli.run import run

Cells = list[list[str]]
HEADER = ["customer_id", "started_at", "ended_at", "company", "note"]
RUSSIAN = ["Код клиента", "Дата начала", "Дата окончания", "Клиент", "Примечание"]


def rows() -> Cells:
    """Return 120 customers who start during 2022; every third leaves. Ids have leading zeros, names need quotes."""
    first = date(2022, 1, 1)
    made = []
    for n in range(120):
        start = first + timedelta(days=n * 3)
        end = start + timedelta(days=40 + n % 50) if n % 3 == 0 else None
        made.append([f"{n:05}", start.isoformat(), end.isoformat() if end else "", f"ООО «Ромашка, {n}»", "звонить" if n % 7 else ""])
    return made


def text(cells: Cells, delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(cells)
    return out.getvalue()


def dotted(day: str) -> str:
    return ".".join(reversed(day.split("-"))) if day else ""


def russian() -> Cells:
    return [RUSSIAN, *([row[0], dotted(row[1]), dotted(row[2]), *row[3:]] for row in rows())]


def plain() -> Cells:
    return [HEADER, *rows()]


def broken_notes() -> Cells:
    return [HEADER, *([*row[:4], f"first line\nsecond, line {row[0]}"] for row in rows())]


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("customers.csv", data)
    return out.getvalue()


PREAMBLE = 'Отчет по клиентам\nООО "Север"\n\nза 2022 год;;\n"1 января 2022, 10:00"\n'
UTF8 = text(plain()).encode()
WAYS: dict[str, Callable[[], bytes]] = {
    "utf-8": lambda: UTF8,
    "utf-8 with BOM": lambda: text(plain()).encode("utf-8-sig"),
    "utf-16": lambda: text(plain(), "\t").encode("utf-16"),
    "utf-16-be without mark": lambda: text(plain()).encode("utf-16-be"),
    "windows line ends": lambda: text(plain(), end="\r\n").encode(),
    "old line ends": lambda: text(plain(), end="\r").encode(),
    "no last line end": lambda: UTF8.rstrip(b"\n"),
    "cp1251 ; dd.mm.yyyy": lambda: text(russian(), ";", "\r\n").encode("cp1251"),
    "tab": lambda: text(plain(), "\t").encode(),
    "pipe": lambda: text(plain(), "|").encode(),
    "sep=": lambda: b"sep=;\r\n" + text(plain(), ";", "\r\n").encode(),
    "preamble": lambda: (PREAMBLE + text(plain())).encode(),
    "preamble in cp1251": lambda: (PREAMBLE + text(russian(), ";")).encode("cp1251"),
    "trailing delimiters": lambda: UTF8.replace(b"\n", b",\n"),
    "trailing delimiters below the header": lambda: UTF8.split(b"\n", 1)[0] + b"\n" + UTF8.split(b"\n", 1)[1].replace(b"\n", b",\n"),
    "blank lines": lambda: UTF8.replace(b"\n", b"\n\n"),
    "quoted newlines": lambda: text(broken_notes()).encode(),
    "with times": lambda: text([HEADER, *([r[0], f"{r[1]} 00:00:00", r[2] and f"{r[2]} 00:00:00", *r[3:]] for r in rows())]).encode(),
    "columns in another order": lambda: text([row[::-1] for row in plain()]).encode(),
    "gzip": lambda: gzip.compress(UTF8),
    "bz2": lambda: bz2.compress(UTF8),
    "xz": lambda: lzma.compress(UTF8),
    "zstd": lambda: pa.compress(UTF8, "zstd", asbytes=True),
    "zip": lambda: zipped(text(russian(), ";").encode("cp1251")),
}


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    status = run(["churn", "--period", "2022-Q2", "--json", "-q", *arguments])
    out, errors = capsys.readouterr()
    assert status == 0, errors
    return json.loads(out)


@cache
def expected() -> tuple[int, int]:
    """Return opening and lost of 2022-Q2, counted independently."""
    start, end = "2022-04-01", "2022-07-01"
    opening = [row for row in rows() if row[1] < start and (not row[2] or row[2] >= start)]
    return len(opening), sum(bool(row[2]) and row[2] < end for row in opening)


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_is_the_same(way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(WAYS[way]())
    found = answered(capsys, str(path))
    assert found["results"][0]["totals"] == dict(zip(("opening", "lost"), expected(), strict=True))
    assert found["inputs"][0]["rows"] == {"read": 120, "used": 120, "excluded": {}}


@pytest.mark.parametrize("way", ["utf-8", "gzip", "utf-16", "preamble in cp1251"])
def test_the_answer_is_the_same_from_standard_input(way: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WAYS[way]())))
    assert answered(capsys, "-")["results"][0]["totals"]["lost"] == expected()[1]


def test_a_total_row_is_skipped_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(UTF8 + b"Total,,,120,\n")
    found = answered(capsys, str(path))
    assert found["results"][0]["totals"]["lost"] == expected()[1]
    assert (found["inputs"][0]["rows"]["read"], found["inputs"][0]["rows"]["used"]) == (121, 120)


def test_several_files_of_a_table_are_read_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = len(rows()) // 2
    (tmp_path / "a.csv").write_text(text([HEADER, *rows()[:half]]), "utf-8")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(text([RUSSIAN, *russian()[1 + half :]], ";").encode("cp1251")))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    found = answered(capsys, str(tmp_path))
    assert found["results"][0]["totals"]["lost"] == expected()[1]
    assert [source["rows"]["used"] for source in found["inputs"]] == [half, half]
