"""Real-life headers and preambles: what each file is taken for, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.ingest.model import InputFile, Layout, Settings, TextFile
from custmetrics_cli.ingest.recognise.headings import normal
from custmetrics_cli.ingest.recognise.identify import identify
from custmetrics_cli.tables import TABLES, Table

HEADER = "customer_id,started_at,ended_at,plan"
ROWS = "1,2022-01-01,,pro\n2,2022-01-02,2022-03-01,basic\n"

Write = Callable[..., TextFile]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, name: str = "x.csv", table: str = "", asked: bool = True) -> TextFile:
        path = tmp_path / name
        path.write_text(text, "utf-8", newline="")
        return TextFile(InputFile(name, table, asked), path, "utf-8", path.stat().st_size, path)

    return written


def shape(text_file: TextFile, **said: object) -> Layout:
    decided, _ = identify([text_file], Settings(**said), TABLES)  # type: ignore[arg-type]
    return decided[0][1]


def refused(*plains: TextFile, **said: object) -> Problem:
    with pytest.raises(CustmetricsError) as caught:
        identify(plains, Settings(**said), TABLES)  # type: ignore[arg-type]
    return caught.value.problems[0]


def mapped(found: Layout) -> dict[str, str]:
    return {name: found.header[at] for name, at in found.columns.items()}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(write: Write, delimiter: str) -> None:
    found = shape(write((HEADER + "\n" + ROWS).replace(",", delimiter)))
    assert (found.delimiter, found.quote, found.header_line, found.data_line, found.notes) == (delimiter, '"', 1, 2, ())
    assert (dict(found.columns), dict(found.extra)) == ({"customer_id": 0, "started_at": 1, "ended_at": 2}, {"plan": 3})


def test_a_delimiter_within_cells_is_not_taken_for_the_delimiter(write: Write) -> None:
    found = shape(write("customer_id;started_at;note, long, very;a,b\n1;2022-01-01;x,y,z;1,5\n"))
    assert (found.delimiter, found.header) == (";", ("customer_id", "started_at", "note, long, very", "a,b"))


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
def test_what_stands_above_the_header_is_skipped_and_said(write: Write, above: str, lines: int) -> None:
    found = shape(write(above + HEADER + "\n" + ROWS))
    assert (found.header_line, found.data_line, found.delimiter) == (lines + 1, lines + 2, ",")
    assert found.notes == (f"{lines} line{'s' if lines > 1 else ''} above the header",)


def test_excel_says_its_delimiter(write: Write) -> None:
    assert shape(write("sep=^\ncustomer_id^started_at\n1^2022-01-01\n")).delimiter == "^"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_physically_whatever_ends_them(write: Write, end: str) -> None:
    found = shape(write(f'Report{end}customer_id,"started{end}at",plan{end}{end}1,2022-01-01,pro{end}'))
    assert (found.header_line, found.data_line, found.header) == (2, 5, ("customer_id", "started at", "plan"))


def test_comments_between_header_and_data_are_skipped_and_a_row_that_begins_like_one_is_not(write: Write) -> None:
    assert shape(write("customer_id,started_at\n# a comment\n#2001,2022-01-01\n")).data_line == 3


def test_a_header_alone_is_a_table_without_rows(write: Write) -> None:
    assert shape(write(HEADER)).data_line == 2
    assert shape(write(HEADER + "\n\n")).data_line == 3


def test_single_quotes_around_every_name_are_quotes(write: Write) -> None:
    found = shape(write("'customer_id','started_at'\n'1','2022-01-01'\n"))
    assert (found.quote, found.header) == ("'", ("customer_id", "started_at"))
    assert shape(write("'customer_id,started_at\n1,2022-01-01\n")).quote == '"'


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
    found = shape(write(header + "\n1,2022-01-01\n"))
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
def test_a_zone_in_the_header_is_kept_for_its_column(write: Write, written: str, zone: str) -> None:
    assert shape(write(f"customer_id,Started at {written},ended_at\n1,2022-01-01,\n")).zones == {"started_at": zone}


def test_brackets_that_are_no_zone_stay_in_the_name(write: Write) -> None:
    assert refused(write("customer_id,started_at (planned)\n1,2022-01-01\n")).code == "E301"


def test_a_currency_in_the_header_is_said(write: Write) -> None:
    found = shape(write("customer_id;started_at;Сумма, руб;plan (USD)\n1;2022-01-01;5;x\n"))
    assert (found.table.name, found.notes) == ("subscriptions", ("'Сумма, руб' says руб",))


def test_the_canonical_name_goes_before_aliases_and_the_choice_is_said(write: Write) -> None:
    found = shape(write("Client,Customer ID,start,started_at\nAnn,1,x,2022-01-01\n"))
    assert mapped(found) == {"customer_id": "Customer ID", "started_at": "started_at"}
    assert found.notes == ("customer_id is 'Customer ID', not 'Client'", "started_at is 'started_at', not 'start'")
    assert dict(found.extra) == {"Client": 0, "start": 2}


def test_names_given_twice_are_told_apart(write: Write) -> None:
    text = "customer_id,started_at,tag,tag,tag.2,,tag,started_at,\n1,2022-01-01,,,,,,,\n"
    found = shape(write(text), columns={"started_at": "started_at"})
    assert found.header == ("customer_id", "started_at", "tag", "tag.3", "tag.2", "", "tag.4", "started_at.2", "")
    assert dict(found.extra) == {"tag": 2, "tag.3": 3, "tag.2": 4, "tag.4": 6, "started_at.2": 7}
    assert found.columns["started_at"] == 1


def test_a_table_with_amounts_is_subscriptions_and_without_is_customers(write: Write) -> None:
    assert shape(write("customer_id,started_at,amount\n1,2022-01-01,5\n")).table.name == "subscriptions"
    assert shape(write(HEADER + "\n" + ROWS)).table.name == "customers"


def test_a_said_table_is_the_only_one_tried(write: Write) -> None:
    assert shape(write("customer_id,started_at,amount\n1,2022-01-01,5\n", table="customers")).table.name == "customers"
    problem = refused(write(HEADER + "\n" + ROWS, table="subscriptions"))
    assert (problem.code, problem.message) == ("E302", "for the table subscriptions, amount is missing from the header")


def test_what_is_missing_and_how_to_say_it(write: Write) -> None:
    problem = refused(write("Report\nID,Begun on,plan\n1,2022-01-01,pro\n"), columns={"customer_id": "ID"})
    assert (problem.code, problem.place.line, problem.excerpt) == ("E301", 2, "ID,Begun on,plan")
    assert problem.hint.startswith("pass --column started_at=")
    assert "started_at" in problem.message


@pytest.mark.parametrize("row", ["start,7,2022-01-01", "5,user,2022-01-01,more", "user,active,7,2022-01-01"])
def test_a_row_nearer_to_a_table_than_the_header_is_not_shown_as_one(write: Write, row: str) -> None:
    problem = refused(write(f"who,kind,day\n{row}\nB,7,2022-01-02,more\n"))
    assert (problem.code, problem.place.line, problem.excerpt) == ("E301", 1, "who,kind,day")


def test_the_most_likely_column_is_proposed(write: Write) -> None:
    assert refused(write("id,start_date,end_date\n1,2022-01-01,\n")).hint == 'pass --column customer_id="id"'


def test_a_file_without_a_header_is_told_from_one_that_is_unknown(write: Write) -> None:
    assert refused(write("1,2022-01-01,\n2,2022-01-02,\n")).code == "E303"
    assert refused(write("nothing,to,see\nhere,at,all\n")).code == "E301"


def test_a_column_is_mapped_by_hand(write: Write) -> None:
    plain = write("ID,Signed Up,ended_at\n1,2022-01-01,\n")
    assert mapped(shape(plain, columns={"customer_id": "id", "customers.started_at": "Signed up"})) == {
        "customer_id": "ID", "started_at": "Signed Up", "ended_at": "ended_at",
    }  # fmt: skip


def test_a_mapping_goes_before_what_would_be_found_and_can_be_none(write: Write) -> None:
    found = shape(write("customer_id,started_at,started,state\n1,x,2022-01-01,CA\n"), columns={"started_at": "started", "status": ""})
    assert mapped(found) == {"customer_id": "customer_id", "started_at": "started"}
    assert dict(found.extra) == {"started_at": 1, "state": 3}


def test_a_misspelt_mapping_names_what_exists(write: Write) -> None:
    plain = write("ID,Signed up,ended_at\n1,2022-01-01,\n")
    problem = refused(plain, columns={"customer_id": "ID", "started_at": "Sined up"})
    assert (problem.code, problem.hint) == ("E304", "did you mean Signed up?")
    assert refused(write(HEADER + "\n" + ROWS), columns={"ended_at": "Ende"}).code == "E304"
    problem = refused(plain, columns={"start_at": "Signed up"})
    assert (problem.code, problem.hint) == ("E186", "did you mean started_at?")


def test_a_mapping_may_be_about_one_file_of_several(write: Write) -> None:
    plains = [write("customer_id,Signed up,ended_at\n1,2022-01-01,\n", "a.csv"), write(HEADER + "\n" + ROWS, "b.csv")]
    decided, _ = identify(plains, Settings(columns={"started_at": "Signed up"}), TABLES)
    assert [found.columns["started_at"] for _, found in decided] == [1, 1]
    assert shape(plains[1], columns={"subscriptions.amount": "Price"}).table.name == "customers"


def test_an_unknown_file_of_a_folder_is_set_aside_and_one_that_was_named_is_not(write: Write) -> None:
    good, other = write(HEADER + "\n" + ROWS, "good.csv", asked=False), write("a,b\nx,y\n", "other.csv", asked=False)
    decided, aside = identify([good, other], Settings(), TABLES)
    assert [plain.source.path for plain, _ in decided] == ["good.csv"]
    assert [(problem.code, problem.place.path) for problem in aside] == [("E301", "other.csv")]
    assert refused(other).code == "E301"


def test_a_file_without_ends_beside_one_with_ends_is_refused_because_absent_is_not_empty(write: Write) -> None:
    lacking = write("customer_id,started_at\n3,2022-01-01\n", "lacking.csv")
    problem = refused(write(HEADER + "\n" + ROWS), lacking)
    assert (problem.code, problem.place.path) == ("E306", "lacking.csv")
    assert shape(lacking).columns == {"customer_id": 0, "started_at": 1}


def test_a_copy_of_a_file_is_refused_because_its_rows_would_count_twice(write: Write) -> None:
    problem = refused(write(HEADER + "\n" + ROWS, "a.csv"), write(HEADER + "\n" + ROWS, "copy of a.csv"))
    assert (problem.code, problem.place.path) == ("E307", "copy of a.csv")
    decided, _ = identify([write(HEADER + "\n", "a.csv"), write(HEADER + "\n", "b.csv")], Settings(), TABLES)
    assert len(decided) == 2


def test_the_line_of_the_header_can_be_said(write: Write) -> None:
    text = "customer_id,started_at\ncustomer_id,started_at,ended_at\n1,2022-01-01,\n"
    assert shape(write(text), header_row=2).header_line == 2
    assert refused(write(text), header_row=9).code == "E305"


def test_delimiter_and_quote_can_be_said(write: Write) -> None:
    found = shape(write("customer_id~started_at~a|b\n1~2022-01-01~x\n"), delimiter="~", quote="'")
    assert (found.delimiter, found.quote, found.header[2]) == ("~", "'", "a|b")


def test_a_cell_longer_than_csv_reads_and_a_head_cut_off_do_no_harm(write: Write) -> None:
    assert shape(write("x" * 200_000 + "\n" + HEADER + "\n" + ROWS)).header_line == 2
    assert shape(write(HEADER + '\n1,2022-01-01,,"' + "y\n" * 200_000 + '"\n')).data_line == 2


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_that_is_no_table_is_refused_without_a_crash(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_text(text, "utf-8", newline="")
    problem = refused(TextFile(InputFile("x.csv"), path, "utf-8", 0, path))
    assert problem.code.startswith("E3")
    assert problem.hint


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_no_name_belongs_to_two_columns_of_a_table(table: Table) -> None:
    names = [(normal(name), column.name) for column in table.columns for name in (column.name, *column.aliases)]
    assert [name for name, times in Counter(name for name, _ in names).items() if times > 1] == []


DOUBLE = "customer_id,started_at,ended_at,ended_at\n1,2022-01-01,,2022-05-01\n"


def test_two_columns_with_one_heading_are_refused_until_it_is_said_which_is_meant(write: Write) -> None:
    problem = refused(write(DOUBLE))
    assert (problem.code, problem.hint) == ("E308", 'pass --column ended_at="ended_at" or --column ended_at="ended_at.2"')
    assert refused(write(DOUBLE, asked=False)).code == "E308"
    assert refused(write(DOUBLE.replace("ended_at,ended_at", "ended_at,Ended At"))).code == "E308"
    assert [shape(write(DOUBLE), columns={"ended_at": name}).columns["ended_at"] for name in ("ended_at", "ended_at.2")] == [2, 3]


def test_headings_that_double_and_are_no_column_of_ours_do_not_matter(write: Write) -> None:
    assert dict(shape(write("customer_id,started_at,x,x\n1,2022-01-01,a,b\n")).extra) == {"x": 2, "x.2": 3}
    both = shape(write(DOUBLE), columns={"canceled_at": "ended_at.2"})
    assert (both.columns["ended_at"], both.columns["canceled_at"]) == (2, 3)
