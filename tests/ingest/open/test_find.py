"""The arguments of a command become input files."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.find import find

TABLES = ("customers", "subscriptions", "costs")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports" / "old").mkdir(parents=True)
    for name in ("b.csv", "a.TSV", "c.csv.gz", "all.zip", "~$b.csv", ".b.csv", "notes.md", "old/z.csv", "b.csv~"):
        (tmp_path / "exports" / name).write_text("x")
    (tmp_path / "customers.csv").write_text("x")
    return tmp_path


def refused(*arguments: str) -> list[tuple[str, str]]:
    with pytest.raises(CustmetricsError) as caught:
        find(arguments, TABLES)
    return [(problem.code, problem.hint) for problem in caught.value.problems]


def test_a_folder_gives_its_csv_files_sorted_without_hidden_and_temporary_files() -> None:
    paths = ["exports/a.TSV", "exports/all.zip", "exports/b.csv", "exports/c.csv.gz"]
    assert find(["exports"], TABLES) == find(["exports/"], TABLES) == [InputFile(path, is_named=False) for path in paths]


def test_files_keep_their_order_and_their_paths_as_given() -> None:
    assert find(["-", "./customers.csv"], TABLES) == [InputFile("-"), InputFile("./customers.csv")]


def test_a_table_can_be_given_for_a_file_a_folder_and_standard_input() -> None:
    assert find(["costs=customers.csv"], TABLES) == [InputFile("customers.csv", "costs")]
    assert find(["costs=-"], TABLES) == [InputFile("-", "costs")]
    assert {(file.table, file.is_named) for file in find(["costs=exports"], TABLES)} == {("costs", True)}


def test_a_file_with_an_equals_sign_in_its_name_is_found(here: Path) -> None:
    (here / "a=b.csv").write_text("x")
    (here / "costs=ads.csv").write_text("x")
    assert find(["a=b.csv", "costs=ads.csv"], TABLES) == [InputFile("a=b.csv"), InputFile("costs=ads.csv")]


def test_table_equals_file_wins_if_both_files_exist(here: Path) -> None:
    (here / "costs=ads.csv").write_text("x")
    (here / "ads.csv").write_text("x")
    assert find(["costs=ads.csv"], TABLES) == [InputFile("ads.csv", "costs")]


def test_a_file_named_beside_its_folder_is_read_once_as_named() -> None:
    files = find(["exports", "costs=exports/b.csv"], TABLES)
    assert [file for file in files if file.path.endswith("b.csv")] == [InputFile("exports/b.csv", "costs")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("customers.csv", "./customers.csv"),
        ("exports", "exports/"),
        ("customers.csv", "link.csv"),
        ("customers=customers.csv", "customers.csv"),
    ],
)
def test_the_same_file_twice_is_refused(here: Path, arguments: tuple[str, ...]) -> None:
    (here / "link.csv").symlink_to("customers.csv")
    assert {code for code, _ in refused(*arguments)} == {"E183"}


def test_all_wrong_arguments_are_reported_with_similar_names() -> None:
    assert refused("custmers.csv", "subscripton=x.csv", "nowhere/x.csv") == [
        ("E201", "did you mean customers.csv?"),
        ("E181", "did you mean subscriptions?"),
        ("E201", "the folder 'nowhere' does not exist"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), "E180"), (("-", "costs=-"), "E182"), (("costs=",), "E184"), (("exports/old/z.csv/x.csv",), "E201"), (("x" * 300,), "E203")],
)
def test_every_wrong_argument_has_its_own_code(arguments: tuple[str, ...], code: str) -> None:
    assert [found for found, _ in refused(*arguments)] == [code]


def test_a_folder_without_csv_files_is_an_error(here: Path) -> None:
    (here / "empty").mkdir()
    assert [code for code, _ in refused("empty")] == ["E202"]


def test_a_sheet_is_named_after_the_file(here: Path) -> None:
    (here / "book.xlsx").write_text("x")
    (here / "a#b.csv").write_text("x")
    assert find(["book.xlsx#Лист 1", "costs=book.xlsx#2#3"], TABLES) == [
        InputFile("book.xlsx", sheet="Лист 1"),
        InputFile("book.xlsx", "costs", sheet="2#3"),
    ]
    assert find(["a#b.csv", "-#S"], TABLES) == [InputFile("a#b.csv"), InputFile("-", sheet="S")]
    assert refused("nobook.xlsx#S")[0][0] == "E201"


def test_a_sheet_for_all_files_is_overridden_by_a_file_with_its_own(here: Path) -> None:
    (here / "book.xlsx").write_text("x")
    (here / "other.xlsx").write_text("x")
    assert [file.sheet for file in find(["book.xlsx", "other.xlsx#B"], TABLES, "A")] == ["A", "B"]


def test_one_sheet_given_twice_is_refused(here: Path) -> None:
    (here / "book.xlsx").write_text("x")
    assert refused("book.xlsx#A", "./book.xlsx#A")[0][0] == "E183"


def test_a_folder_gives_the_files_of_every_format(here: Path) -> None:
    folder = here / "all"
    folder.mkdir()
    names = ["a.db", "b.json", "c.jsonl.gz", "d.ods", "e.parquet", "f.sqlite", "g.xls", "h.xlsx"]
    for name in [*names, "~$h.xlsx", "i.docx", "j.db-wal"]:
        (folder / name).write_text("x")
    assert [file.path for file in find(["all"], TABLES)] == [f"all/{name}" for name in names]
