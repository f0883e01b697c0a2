"""The date order and the decimal mark are decided for each file: from its cells, its other columns, other files of the same export."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from tests.support.reading import ENGINES, loaded

UK, US, OPEN = "25/01/2026", "01/26/2026", "03/04/2026"
HEADER = "customer_id,date,amount"


def write(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text if text.startswith("customer_id") else f"{HEADER}\n{text}\n", "utf-8")
    return [folder / f"{name}.csv" for name in files]


def numbers(paths: list[Path], column: str, engine: str = "pandas", **options: object) -> list[int]:
    with loaded(paths, engine, {"purchases": []}, **options) as found:
        return sorted(row[column] for row in collect(found.frames["purchases"]))


def refused(paths: list[Path], **options: object) -> tuple[Problem, ...]:
    with pytest.raises(CustmetricsError) as error:
        numbers(paths, "amount", **options)
    return error.value.problems


@pytest.mark.parametrize("engine", ENGINES)
def test_two_vendors_write_numbers_and_dates_in_their_own_way(tmp_path: Path, engine: str) -> None:
    paths = write(tmp_path, eu=f'A,{UK},"1.020,50"\nA,{OPEN},"2.020,50"', us=f'B,{US},"1,020.50"\nB,{OPEN},"2,020.50"')
    for order in (paths, paths[::-1]):
        assert numbers(order, "amount", engine) == [cents * MONEY_PARTS // 100 for cents in (102050, 102050, 202050, 202050)]
        days = numbers(order, "date", engine)
        assert len(set(days)) == 4  # 25 and 26 January, 3 April, 4 March


def test_a_file_borrows_the_format_of_other_files_with_the_same_headers(tmp_path: Path) -> None:
    paths = write(tmp_path, jan=f"A,{OPEN},5", feb=f"A,{UK},5", mar="A,05/05/2026,5")
    assert len(set(numbers(paths, "date"))) == 3
    assert len(set(numbers(paths[::-1], "date"))) == 3


def test_a_column_borrows_the_format_of_another_column_of_its_file(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=f"customer_id,started_at,ended_at\nA,{UK},{OPEN}\n")
    files = inspect([InputFile(str(path))], Settings()).files
    assert files[0].headers[2].format == "dd/mm/yyyy; day first, as other cells show"
    assert files[0].problems == ()


@pytest.mark.parametrize(
    "others",
    [
        {"uk": f"A,{UK},5", "us": f"A,{US},5"},  # the other files differ
        {"uk": f"customer_id,date,amount,shop\nA,{UK},5,x\n"},  # another export: its headers differ
    ],
)
def test_a_file_that_is_ambiguous_while_others_prove_nothing_is_asked_about_by_name(tmp_path: Path, others: dict[str, str]) -> None:
    paths = write(tmp_path, **others, open=f"A,{OPEN},5")
    (problem,) = refused(paths)
    assert (problem.code, Path(problem.place.path).name) == ("E406", "open.csv")
    assert [choice.value for choice in problem.choices] == [f"{paths[-1]}=dmy", f"{paths[-1]}=mdy"]
    for choice in problem.choices:  # both lead to an answer
        name, _, order = choice.value.rpartition("=")
        assert numbers(paths, "date", file_orders={name: order})
    assert numbers(paths, "date", file_orders={"open.csv": "dmy"})


def test_an_option_overrides_all_files_and_the_hint_leads_to_an_answer(tmp_path: Path) -> None:
    paths = write(tmp_path, eu='A,2026-01-05,"10,50"', us="B,2026-01-05,11.50")
    (problem,) = refused(paths, decimal=",")
    assert (problem.code, [choice.value for choice in problem.choices]) == ("E417", [f"{paths[1]}=."])
    units = numbers(paths, "amount", decimal=",", file_decimals={str(paths[1]): "."})
    assert units == [cents * MONEY_PARTS // 100 for cents in (1050, 1150)]


def test_a_file_that_an_option_names_must_be_an_input(tmp_path: Path) -> None:
    paths = write(tmp_path, a=f"A,{UK},5")
    assert [problem.code for problem in refused(paths, file_orders={"b.csv": "dmy"})] == ["E420"]
