"""Real-life headers and preambles: the table of each file, and the files that are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.ingest.model import InputFile, Layout, TextFile
from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.ingest.recognise.identify import identify
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES, Table

HEADER = "customer_id,started_at,ended_at,plan"
ROWS = "1,2022-01-01,,pro\n2,2022-01-02,2022-03-01,basic\n"

Write = Callable[..., TextFile]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, name: str = "x.csv", table: str = "", is_named: bool = True) -> TextFile:
        path = tmp_path / name
        path.write_text(text, "utf-8", newline="")
        return TextFile(InputFile(name, table, is_named), path, "utf-8", path.stat().st_size, path)

    return written


def layout(text_file: TextFile, **settings: object) -> Layout:
    files, _ = identify([text_file], Settings(**settings), TABLES)  # type: ignore[arg-type]
    return files[0].layout


def refused(*text_files: TextFile, **settings: object) -> Problem:
    with pytest.raises(CustmetricsError) as caught:
        identify(text_files, Settings(**settings), TABLES)  # type: ignore[arg-type]
    return caught.value.problems[0]


def mapped(found: Layout) -> dict[str, str]:
    return {name: found.header[at] for name, at in found.columns.items()}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_detected(write: Write, delimiter: str) -> None:
    found = layout(write((HEADER + "\n" + ROWS).replace(",", delimiter)))
    assert (found.dialect.delimiter, found.dialect.quote, found.lines.header, found.lines.data, found.remarks.notes) == (
        delimiter,
        '"',
        1,
        2,
        (),
    )
    assert (dict(found.columns), dict(found.extra)) == ({"customer_id": 0, "started_at": 1, "ended_at": 2}, {"plan": 3})


def test_a_delimiter_inside_cells_is_not_the_delimiter(write: Write) -> None:
    found = layout(write("customer_id;started_at;note, long, very;a,b\n1;2022-01-01;x,y,z;1,5\n"))
    assert (found.dialect.delimiter, found.header) == (";", ("customer_id", "started_at", "note, long, very", "a,b"))


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ('Customer report\nExample Ltd\n\n"April 1, 2022 - June 30, 2022"\n,,,\n', 5),
        ("sep=,\n", 1),
        ("# made by a script\n# on a Tuesday\n", 2),
        ("\n\n", 2),
        ('Отчет "Север";;;\n', 1),
        ('Note: 5" pipes\n', 1),
        ('"an unclosed quote\n', 1),
        ('"a note\nof two lines"\n', 2),
    ],
)
def test_lines_above_the_header_are_skipped_and_noted(write: Write, above: str, lines: int) -> None:
    found = layout(write(above + HEADER + "\n" + ROWS))
    assert (found.lines.header, found.lines.data, found.dialect.delimiter) == (lines + 1, lines + 2, ",")
    assert found.remarks.notes == (f"{lines} line{'s' if lines > 1 else ''} above the header",)


def test_a_sep_line_of_excel_sets_the_delimiter(write: Write) -> None:
    assert layout(write("sep=^\ncustomer_id^started_at\n1^2022-01-01\n")).dialect.delimiter == "^"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_with_every_kind_of_line_end(write: Write, end: str) -> None:
    found = layout(write(f'Report{end}customer_id,"started{end}at",plan{end}{end}1,2022-01-01,pro{end}'))
    assert (found.lines.header, found.lines.data, found.header) == (2, 5, ("customer_id", "started at", "plan"))


def test_comments_below_the_header_are_skipped_but_rows_that_start_with_a_hash_are_not(write: Write) -> None:
    assert layout(write("customer_id,started_at\n# a comment\n#2001,2022-01-01\n")).lines.data == 3


def test_a_header_alone_is_a_table_without_rows(write: Write) -> None:
    assert layout(write(HEADER)).lines.data == 2
    assert layout(write(HEADER + "\n\n")).lines.data == 3


def test_single_quotes_around_every_header_are_quotes(write: Write) -> None:
    found = layout(write("'customer_id','started_at'\n'1','2022-01-01'\n"))
    assert (found.dialect.quote, found.header) == ("'", ("customer_id", "started_at"))
    assert layout(write("'customer_id,started_at\n1,2022-01-01\n")).dialect.quote == '"'


@pytest.mark.parametrize(
    "header",
    [
        "Customer ID,Start Date", "CUSTOMER-ID,StartedAt", "customerId,startedAt", "\ufeffcustomer_id,started_at",
        " Client\u00a0ID ,Signup date",
        "'Account ID,Joined", "Клиент,Дата начала", "ID клиента,Дата\u00a0подключения", "“User ID”,Since",
        "ｃｕｓｔｏｍｅｒ＿ｉｄ,started_at",
        "Customer ID*,Started:", "customer_id,started_at (UTC)",
    ],
)  # fmt: skip
def test_headers_as_people_write_them(write: Write, header: str) -> None:
    found = layout(write(header + "\n1,2022-01-01\n"))
    assert (found.table.name, dict(found.columns)) == ("customers", {"customer_id": 0, "started_at": 1})


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("(UTC)", "UTC"),
        ("(GMT+3)", "GMT+3"),
        ("[UTC +03:00]", "UTC+03:00"),
        ("(EST)", "EST"),
        ("(Europe/Berlin)", "Europe/Berlin"),
        ("(МСК)", "Europe/Moscow"),
    ],
)
def test_a_time_zone_in_a_header_applies_to_its_column(write: Write, written: str, zone: str) -> None:
    assert layout(write(f"customer_id,Started at {written},ended_at\n1,2022-01-01,\n")).formats.zones == {"started_at": zone}


def test_a_header_is_also_compared_without_its_last_bracket(write: Write) -> None:
    found = layout(write("customer_id,started_at (planned)\n1,2022-01-01\n"))
    assert (mapped(found)["started_at"], found.remarks.found_by["started_at"]) == ("started_at (planned)", "words")


def test_a_currency_in_a_header_is_noted(write: Write) -> None:
    found = layout(write("customer_id;started_at;Сумма, руб;plan (USD)\n1;2022-01-01;5;x\n"))
    assert (found.table.name, found.remarks.notes) == ("subscriptions", ("'Сумма, руб' contains the currency руб",))


def test_a_columns_own_name_overrides_its_aliases_and_the_choice_is_noted(write: Write) -> None:
    found = layout(write("Client,Customer ID,start,started_at\nAnn,1,x,2022-01-01\n"))
    assert mapped(found) == {"customer_id": "Customer ID", "started_at": "started_at"}
    assert found.remarks.notes == (
        "'Customer ID' is used as customer_id ('Client' would fit too)",
        "'started_at' is used as started_at ('start' would fit too)",
    )
    assert dict(found.extra) == {"Client": 0, "start": 2}


def test_repeated_headers_are_numbered(write: Write) -> None:
    text = "customer_id,started_at,tag,tag,tag.2,,tag,started_at,\n1,2022-01-01,,,,,,,\n"
    found = layout(write(text), columns={"started_at": "started_at"})
    assert found.header == ("customer_id", "started_at", "tag", "tag.3", "tag.2", "", "tag.4", "started_at.2", "")
    assert dict(found.extra) == {"tag": 2, "tag.3": 3, "tag.2": 4, "tag.4": 6, "started_at.2": 7}
    assert found.columns["started_at"] == 1


def test_a_file_with_amounts_is_subscriptions_and_a_file_without_is_customers(write: Write) -> None:
    assert layout(write("customer_id,started_at,amount\n1,2022-01-01,5\n")).table.name == "subscriptions"
    assert layout(write(HEADER + "\n" + ROWS)).table.name == "customers"


def test_a_table_given_by_the_user_is_the_only_one_tried(write: Write) -> None:
    assert layout(write("customer_id,started_at,amount\n1,2022-01-01,5\n", table="customers")).table.name == "customers"
    problem = refused(write(HEADER + "\n" + ROWS, table="subscriptions"))
    assert (problem.code, problem.message) == ("E302", "cannot be read as subscriptions, which needs amount")


def test_an_unknown_file_is_refused_with_the_missing_column_and_a_hint(write: Write) -> None:
    problem = refused(write("Report\nID,Begun on,plan\n1,2022-01-01,pro\n"), columns={"customer_id": "ID"})
    assert (problem.code, problem.place.line, problem.excerpt) == ("E301", 2, "ID,Begun on,plan")
    assert problem.hint == 'pass --column started_at="Begun on" (cells: 2022-01-01)'
    assert problem.message == "not a known table; closest match: customers, which needs started_at"


@pytest.mark.parametrize("row", ["start,7,2022-01-01", "5,user,2022-01-01,more", "user,active,7,2022-01-01"])
def test_the_message_shows_the_header_even_if_a_row_is_more_similar_to_a_table(write: Write, row: str) -> None:
    problem = refused(write(f"who,kind,day\n{row}\nB,7,2022-01-02,more\n"))
    assert (problem.code, problem.place.line, problem.excerpt) == ("E301", 1, "who,kind,day")


def test_a_header_whose_cells_fit_is_proposed_with_a_cell(write: Write) -> None:
    assert refused(write("who,start_date,end_date\n1,2022-01-01,\n")).hint == 'pass --column customer_id="who" (cells: 1)'


def test_a_file_without_a_header_has_its_own_code(write: Write) -> None:
    assert refused(write("1,2022-01-01,\n2,2022-01-02,\n")).code == "E303"
    assert refused(write("nothing,to,see\nhere,at,all\n")).code == "E301"


def test_a_header_can_be_mapped(write: Write) -> None:
    plain = write("ID,Signed Up,ended_at\n1,2022-01-01,\n")
    assert mapped(layout(plain, columns={"customer_id": "id", "customers.started_at": "Signed up"})) == {
        "customer_id": "ID", "started_at": "Signed Up", "ended_at": "ended_at",
    }  # fmt: skip


def test_a_mapping_overrides_detection_and_may_be_empty(write: Write) -> None:
    found = layout(write("customer_id,started_at,started,state\n1,x,2022-01-01,CA\n"), columns={"started_at": "started", "status": ""})
    assert mapped(found) == {"customer_id": "customer_id", "started_at": "started"}
    assert dict(found.extra) == {"started_at": 1, "state": 3}


def test_a_misspelt_mapping_is_refused_with_similar_names(write: Write) -> None:
    plain = write("ID,Signed up,ended_at\n1,2022-01-01,\n")
    problem = refused(plain, columns={"customer_id": "ID", "started_at": "Sined up"})
    assert (problem.code, problem.hint) == ("E304", "did you mean Signed up?")
    assert refused(write(HEADER + "\n" + ROWS), columns={"ended_at": "Ende"}).code == "E304"
    problem = refused(plain, columns={"start_at": "Signed up"})
    assert (problem.code, problem.hint) == ("E186", "did you mean started_at?")


def test_a_mapping_may_concern_one_of_several_files(write: Write) -> None:
    text_files = [write("customer_id,Signed up,ended_at\n1,2022-01-01,\n", "a.csv"), write(HEADER + "\n" + ROWS, "b.csv")]
    files, _ = identify(text_files, Settings(columns={"started_at": "Signed up"}), TABLES)
    assert [file.layout.columns["started_at"] for file in files] == [1, 1]
    assert layout(text_files[1], columns={"subscriptions.amount": "Price"}).table.name == "customers"


def test_an_unknown_file_in_a_folder_is_skipped_but_a_named_one_is_refused(write: Write) -> None:
    good, other = write(HEADER + "\n" + ROWS, "good.csv", is_named=False), write("a,b\nx,y\n", "other.csv", is_named=False)
    files, skipped = identify([good, other], Settings(), TABLES)
    assert [file.text_file.source.path for file in files] == ["good.csv"]
    assert [(problem.code, problem.place.path) for problem in skipped] == [("E301", "other.csv")]
    assert refused(other).code == "E301"


def test_a_file_without_end_dates_is_refused_if_another_file_has_them(write: Write) -> None:
    lacking = write("customer_id,started_at\n3,2022-01-01\n", "lacking.csv")
    problem = refused(write(HEADER + "\n" + ROWS), lacking)
    assert (problem.code, problem.place.path) == ("E306", "lacking.csv")
    assert layout(lacking).columns == {"customer_id": 0, "started_at": 1}


def test_a_copy_of_a_file_is_refused(write: Write) -> None:
    problem = refused(write(HEADER + "\n" + ROWS, "a.csv"), write(HEADER + "\n" + ROWS, "copy of a.csv"))
    assert (problem.code, problem.place.path) == ("E307", "copy of a.csv")
    files, _ = identify([write(HEADER + "\n", "a.csv"), write(HEADER + "\n", "b.csv")], Settings(), TABLES)
    assert len(files) == 2


def test_the_header_row_can_be_given(write: Write) -> None:
    text = "customer_id,started_at\ncustomer_id,started_at,ended_at\n1,2022-01-01,\n"
    assert layout(write(text), header_row=2).lines.header == 2
    assert refused(write(text), header_row=9).code == "E305"


def test_the_delimiter_and_the_quote_can_be_given(write: Write) -> None:
    found = layout(write("customer_id~started_at~a|b\n1~2022-01-01~x\n"), delimiter="~", quote="'")
    assert (found.dialect.delimiter, found.dialect.quote, found.header[2]) == ("~", "'", "a|b")


def test_very_long_cells_are_read(write: Write) -> None:
    assert layout(write("x" * 200_000 + "\n" + HEADER + "\n" + ROWS)).lines.header == 2
    assert layout(write(HEADER + '\n1,2022-01-01,,"' + "y\n" * 200_000 + '"\n')).lines.data == 2


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_that_is_not_a_table_is_refused_with_a_hint(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_text(text, "utf-8", newline="")
    problem = refused(TextFile(InputFile("x.csv"), path, "utf-8", 0, path))
    assert problem.code.startswith("E3")
    assert problem.hint


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_no_name_belongs_to_two_columns_of_a_table(table: Table) -> None:
    """Columns that also need fitting cells may share a name."""
    columns = [column for column in table.columns if not column.fit]
    names = [(normalise(name), column.name) for column in columns for name in column.names]
    assert [name for name, times in Counter(name for name, _ in names).items() if times > 1] == []


DOUBLE = "customer_id,started_at,ended_at,ended_at\n1,2022-01-01,,2022-05-01\n"


def test_two_columns_with_the_same_header_are_refused_until_one_is_mapped(write: Write) -> None:
    problem = refused(write(DOUBLE))
    assert (problem.code, problem.hint) == ("E308", 'pass --column ended_at="ended_at" or --column ended_at="ended_at.2"')
    assert refused(write(DOUBLE, is_named=False)).code == "E308"
    assert refused(write(DOUBLE.replace("ended_at,ended_at", "ended_at,Ended At"))).code == "E308"
    assert [layout(write(DOUBLE), columns={"ended_at": name}).columns["ended_at"] for name in ("ended_at", "ended_at.2")] == [2, 3]


def test_repeated_headers_that_are_not_columns_of_the_table_are_fine(write: Write) -> None:
    assert dict(layout(write("customer_id,started_at,x,x\n1,2022-01-01,a,b\n")).extra) == {"x": 2, "x.2": 3}
    both = layout(write(DOUBLE), columns={"canceled_at": "ended_at.2"})
    assert (both.columns["ended_at"], both.columns["canceled_at"]) == (2, 3)
