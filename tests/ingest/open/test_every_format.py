"""One table gives one answer, in whatever format it comes. Rows are counted in every format."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.cli.run import run
from tests.support.asking import ENGINES
from tests.support.workbooks import TYPED, WORKBOOKS, Rows, Writer, write_csv, write_xlsx

FORMATS: dict[str, Writer] = {**WORKBOOKS, **TYPED}
PLACES = {"path", "sha256"}
DAY = dt.date(2022, 1, 1)


def subscriptions() -> Rows:
    header = ["Subscription", "customer_id", "started_at", "ended_at", "amount", "currency", "quantity", "interval", "план"]
    rows = [
        [
            f"sub_{n}",
            n if n % 3 else f"0{n}",
            DAY + dt.timedelta(n),
            DAY + dt.timedelta(90 + 2 * n) if n % 4 == 0 else None,
            n * 1.25,
            "EUR",
            1 + n % 2,
            "month",
            ["про", "basic, yearly", 'say "x"'][n % 3],
        ]
        for n in range(1, 41)
    ]
    return [header, *rows]


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    status = run([*arguments, "--json", "--today", "2022-12-31"])
    printed = capsys.readouterr()
    assert status == 0, printed.err
    return _without_places(json.loads(printed.out))


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(each) for key, each in value.items() if key not in PLACES}
    return [_without_places(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_table_gives_the_same_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, engine: str) -> None:
    rows = {"Подписки": subscriptions()}
    expected = write_csv(tmp_path / "a.csv", rows)
    other = FORMATS[kind](tmp_path / f"a.{kind}", rows)
    for metric in (["churn", "--by", "план"], ["mrr", "--by", "план"]):
        question = [*metric, "--period", "2022-Q2", "--engine", engine]
        assert answer(capsys, *question, str(other)) == answer(capsys, *question, str(expected))


@pytest.mark.parametrize("kind", FORMATS)
def test_all_rows_are_accounted_for(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    header, *rows = subscriptions()
    table = [header, *rows, ["Total", *[None] * 3, 1025.0, *[None] * 4]]
    path = FORMATS[kind](tmp_path / f"a.{kind}", {"S": table})
    (read,) = answer(capsys, "churn", "--period", "2022-Q2", str(path))["inputs"]
    assert read["rows"]["read"] == 41
    assert read["rows"]["used"] + sum(read["rows"]["excluded"].values()) == 41


@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_without_rows_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """JSON without an object has no names of columns: it is not a table."""
    path = FORMATS[kind](tmp_path / f"a.{kind}", {"S": [["customer_id", "started_at", "ended_at"]]})
    status = run(["churn", "--period", "2022-Q2", str(path)])
    assert (status, "Traceback" in capsys.readouterr().err) == (3 if "json" in kind else 0, False)


@pytest.mark.parametrize(("kind", "place"), [("xlsx", "#S:3:"), ("parquet", ":2:"), ("jsonl", ":2:"), ("json", ":2:"), ("sqlite", "#S:2:")])
def test_a_message_names_the_row_of_the_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, place: str) -> None:
    rows = [["customer_id", "started_at", "ended_at"], ["A", "2022-01-01", None], ["B", "2022-13-01", None]]
    path = FORMATS[kind](tmp_path / f"a.{kind}", {"S": rows})
    assert run(["churn", "--period", "2022-Q2", str(path)]) == 3
    assert f"a.{kind}{place}" in capsys.readouterr().err


def test_a_day_typed_as_text_is_read_beside_real_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["customer_id", "started_at", "ended_at"],
        ["A", DAY, None],
        ["B", "25.01.2022", dt.date(2022, 5, 2)],
        ["C", "2022-01-03", None],
    ]
    found = answer(capsys, "churn", "--period", "2022-Q2", str(write_xlsx(tmp_path / "a.xlsx", {"S": rows})))
    assert found["results"][0]["totals"] == {"lost": 1, "opening": 3}


def test_two_tables_of_one_workbook_are_both_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    customers = [["customer_id", "started_at", "ended_at", "country"], *[[n, DAY, None, "DE" if n % 2 else "FR"] for n in range(1, 41)]]
    header, *rows = subscriptions()
    plain = [[row[0], row[1] if isinstance(row[1], int) else int(row[1]), *row[2:]] for row in rows]
    book = write_xlsx(tmp_path / "a.xlsx", {"Customers": customers, "Subscriptions": [header, *plain], "Свод": [["Итого", 5]]})
    found = answer(capsys, "mrr", "--by", "customers.country", "--period", "2022-Q2", str(book))
    assert {each["table"] for each in found["inputs"]} == {"customers", "subscriptions"}


def test_two_sheets_of_one_table_must_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets = {
        "2021": [["customer_id", "started_at", "ended_at"], ["A", DAY, None]],
        "2022": [["customer_id", "started_at", "ended_at"], ["B", DAY, None]],
    }
    book = str(write_xlsx(tmp_path / "a.xlsx", sheets))
    question = ["churn", "--period", "2022-Q2", "--as-of", "2022-06-30"]
    assert run([*question, book]) == 3
    assert "E218" in capsys.readouterr().err
    assert answer(capsys, *question, f"{book}#2022")["results"][0]["totals"]["opening"] == 1
    assert answer(capsys, *question, "--sheet", "2021", book)["results"][0]["totals"]["opening"] == 1
    assert answer(capsys, *question, f"{book}#2021", f"{book}#2022")["results"][0]["totals"]["opening"] == 2


def test_error_cells_of_columns_that_are_not_read_do_not_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["customer_id", "started_at", "ended_at", "note"], ["A", DAY, None, "#N/A"], ["Total", None, "#REF!", None]]
    found = answer(capsys, "churn", "--period", "2022-Q2", str(write_xlsx(tmp_path / "a.xlsx", {"S": rows})))
    assert found["inputs"][0]["rows"]["excluded"] == {"total row": 1}


def test_rows_with_errors_can_be_skipped_unless_the_error_could_be_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = ["customer_id", "started_at", "ended_at"]
    book = str(write_xlsx(tmp_path / "a.xlsx", {"S": [header, ["A", DAY, None], ["B", DAY, "#DIV/0!"]]}))
    question = ["churn", "--period", "2022-Q2", "--skip-bad-rows"]
    assert answer(capsys, *question, book)["inputs"][0]["rows"]["excluded"] == {"bad row": 1}
    assert run([*question, str(write_xlsx(tmp_path / "b.xlsx", {"S": [header, ["A", DAY, None], ["#N/A", DAY, None]]}))]) == 3
    assert "customer_id: cell A3 is the error #N/A" in capsys.readouterr().err


def test_the_decimal_mark_of_other_files_does_not_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A typed number has a point. Neither --decimal nor --delimiter concern it."""
    rows = [["customer_id", "date", "amount"], ["A", DAY, 1.234], ["B", DAY, 1000.5], ["C", DAY, 2]]
    book = str(write_xlsx(tmp_path / "a.xlsx", {"S": rows}))
    question = ["concentration", "--period", "2022-Q1", f"purchases={book}"]
    plain = answer(capsys, *question)
    assert answer(capsys, *question, "--decimal", ",", "--delimiter", ";")["results"] == plain["results"]


def test_a_text_file_loads_no_library_of_other_formats(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", {"S": [["customer_id", "started_at"], ["A", "2022-01-01"]]})
    script = f"""
import sys
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack
with Scratch() as scratch:
    unpack(InputFile({str(path)!r}), scratch)
print(*sorted({{"python_calamine", "sqlite3", "pyarrow", "zipfile", "xml.etree"}} & {{*sys.modules}}))
"""
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "\n"
