"""The descriptions of `inspect`, and the settings file of `inspect --write`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from custmetrics_cli.core.inspection import Inspected, Inspection
from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.inspection.settings_file import settings_text
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings

ROWS = "C1;05/01/2022;;DE\nC2;09/01/2022;20/05/2022;DE\nC3;13/01/2022;13/01/2022;FR\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def inspected(settings: Settings | None = None, table: str = "", **files: str) -> Inspected:
    for name, text in files.items():
        Path(f"{name}.csv").write_text(text, "utf-8")
    return inspect([InputFile(f"{name}.csv", table) for name in files], settings or Settings())


def one(settings: Settings | None = None, **files: str) -> Inspection:
    (file,) = inspected(settings, **files).files
    return file


def counts(file: Inspection) -> tuple[int, int, Mapping[str, int]]:
    assert file.read is not None
    return file.read, file.used, file.excluded


def test_a_file_is_described_with_its_table_format_and_columns() -> None:
    file = one(a="Report;;;\nClient;Start (UTC);Ended;Country\n" + ROWS)
    assert (file.path, file.table, file.encoding, file.delimiter, file.quote, file.header_line) == (
        "a.csv",
        "customers",
        "utf-8",
        ";",
        '"',
        2,
    )
    assert [(header.name, header.column) for header in file.headers] == [
        ("Client", "customer_id"), ("Start (UTC)", "started_at"), ("Ended", "ended_at"), ("Country", ""),
    ]  # fmt: skip
    assert (file.absent, file.notes) == (("canceled_at", "paid_through", "status", "reason"), ("1 line above the header",))
    assert (counts(file), file.problems) == ((3, 2, {"serves no day": 1}), ())
    assert "ended_at" in file.answers
    assert "reason" not in file.answers


def test_date_columns_are_described_with_their_format_and_their_first_and_last_day() -> None:
    start, end = one(a="customer_id;started_at;ended_at;country\n" + ROWS).headers[1:3]
    assert start.format == "dd/mm/yyyy; day first fits 3 dates, month first fits 2"
    assert (start.first, start.last) == (date(2022, 1, 5), date(2022, 1, 9))
    assert (end.first, end.last) == (date(2022, 5, 20), date(2022, 5, 20))


@pytest.mark.parametrize(
    ("header", "cell", "format"),
    [
        ("started_at", "2022-01-05 10:00:00", "yyyy-mm-dd hh:mm:ss; times without a zone, read as UTC"),
        ("started_at", "2022-01-05 00:00:00", "yyyy-mm-dd hh:mm:ss; midnights only, read as dates"),
        ("started_at", "2022-01-05T10:00:00+03:00", "yyyy-mm-ddThh:mm:ss+hh:mm; times with a zone, converted to UTC"),
        ("Started at (GMT+3)", "2022-01-05 10:00:00", "yyyy-mm-dd hh:mm:ss; times in GMT+3 (from the header), converted to UTC"),
    ],
)
def test_the_time_zone_of_times_is_described(header: str, cell: str, format: str) -> None:
    assert one(a=f"customer_id,{header},ended_at\nC1,{cell},\n").headers[1].format == format


def test_bad_rows_are_counted_and_do_not_stop_the_inspection() -> None:
    bad = "".join(f"B{n},2022-13-01,\n" for n in range(30))
    file = one(a="customer_id,started_at,ended_at\nC1,2022-01-05,\n" + bad)
    assert counts(file) == (31, 1, {"bad row": 30})
    assert (len(file.problems), file.total) == (20, 30)
    assert (file.problems[0].code, file.problems[0].place.line) == ("E401", 3)


def test_ambiguous_dates_are_described_with_both_readings() -> None:
    file = one(a="customer_id,started_at\nC1,03/04/2022\n")
    assert [problem.code for problem in file.problems] == ["E406"]
    assert file.headers[1].format == "03/04/2022 is 3 April 2022 (day first) or 4 March 2022 (month first)"
    assert file.read is None
    assert one(Settings(order="dmy"), a="customer_id,started_at\nC1,03/04/2022\n").headers[1].format == "dd/mm/yyyy; day first, as set"


def test_a_two_digit_year_may_come_first() -> None:
    rows = "customer_id,started_at\nC1,22-03-31\n"
    assert one(a=rows).problems[0].hint == "pass --date-order dmy or --date-order ymd"
    found = inspected(Settings(order="ymd"), a=rows)
    assert found.files[0].headers[1].first == date(2022, 3, 31)
    assert tomllib.loads(settings_text(found, Settings()))["date-order"] == "ymd"


def test_every_file_is_described_even_if_one_is_not_a_table_or_not_a_text() -> None:
    found = inspected(
        a="customer_id,started_at\nC1,2022-01-05\n", b="x,y\n1,2\n", c="<html></html>", d="customer_id,started_at,amount\nC1,2022-01-05,5\n"
    )
    assert [(file.path, file.table, [problem.code for problem in file.problems]) for file in found.files] == [
        ("a.csv", "customers", []), ("b.csv", "", ["E301"]), ("c.csv", "", ["E206"]), ("d.csv", "subscriptions", []),
    ]  # fmt: skip


def test_files_that_contradict_each_other_are_reported() -> None:
    found = inspected(a="customer_id,started_at,ended_at\nC1,2022-01-05,\n", b="customer_id,started_at\nC2,2022-01-05\n")
    assert [[problem.code for problem in file.problems] for file in found.files] == [[], ["E306"]]


def test_rows_and_days_are_counted_per_file() -> None:
    found = inspected(a="customer_id,started_at\nC1,2022-01-05\n", b="customer_id,started_at\nC2,2022-02-05\nC3,2022-03-05\n")
    assert [(counts(file)[0], file.headers[1].first, file.headers[1].last) for file in found.files] == [
        (1, date(2022, 1, 5), date(2022, 1, 5)), (2, date(2022, 2, 5), date(2022, 3, 5)),
    ]  # fmt: skip


def test_days_of_a_wrong_first_guess_are_forgotten() -> None:
    """The first file is ambiguous, so its dates are read again once the second file settles their order."""
    found = inspected(a="customer_id,started_at\nC1,03/04/2022\n", b="customer_id,started_at\nC2,25/04/2022\n")
    assert (found.files[0].headers[1].first, found.files[0].headers[1].last) == (date(2022, 4, 3), date(2022, 4, 3))
    found = inspected(a="customer_id,started_at\nC1,03/04/2022\n", b="customer_id,started_at\nC2,04/25/2022\n")
    assert (found.files[0].headers[1].first, found.files[0].headers[1].last) == (date(2022, 3, 4), date(2022, 3, 4))


def test_the_settings_file_contains_given_options_detected_formats_and_headers() -> None:
    settings = Settings(columns={"started_at": 'Signed "up"'}, header_row=2, tz="Europe/Berlin")
    found = inspected(settings, a='Report\nClient;"Signed ""up""";ended_at;country\n' + ROWS)
    assert tomllib.loads(settings_text(found, settings)) == {
        "date-order": "dmy",
        "header-row": 2,
        "tz": "Europe/Berlin",
        "columns": {"customers": {"customer_id": "Client", "started_at": 'Signed "up"'}},
    }


def test_detected_delimiters_and_equal_names_are_not_saved() -> None:
    found = inspected(a="customer_id;started_at;ended_at\nC1;2022-01-05;\n")
    assert tomllib.loads(settings_text(found, Settings())) == {}


def test_a_column_with_different_headers_in_two_files_is_not_saved() -> None:
    found = inspected(a="client,started_at\nC1,2022-01-05\n", b="Customer,started_at\nC2,2022-02-05\n")
    assert tomllib.loads(settings_text(found, Settings())) == {}


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ("5.4.2022", "dd.mm.yyyy"),
        ("2022-04-05", "yyyy-mm-dd"),
        ("04/25/2022 10:00", "mm/dd/yyyy hh:mm; month first fits 1 date; times without a zone, read as UTC"),
        ("25/04/22", "dd/mm/yy; day first fits 1 date"),
        ("2022-04-05\nB;25.04.2022", "yyyy-mm-dd or dd.mm.yyyy"),
        ("5 апреля 2022", "dd month yyyy"),
    ],
)
def test_the_format_of_dates_is_described(cells: str, shown: str) -> None:
    assert one(a=f"customer_id;started_at\nA;{cells}\n").headers[1].format == shown


@pytest.mark.parametrize(("amount", "shown"), [("9,50", "',' for decimals"), ("9.50", "'.' for decimals"), ("9", "no decimals")])
def test_the_decimal_mark_of_amounts_is_described(amount: str, shown: str) -> None:
    assert one(a=f"customer_id;started_at;amount\nA;2022-04-05;{amount}\n").headers[2].format == shown
