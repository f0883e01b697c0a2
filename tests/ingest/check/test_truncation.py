"""A file that ends inside its last cell is an error; a complete file that does not end its last line is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.reading import ENGINES, loaded, rows

ROWS = "C1,pro,2022-01-05,2022-05-20\nC2,basic,2022-01-06,\nC3,pro,2022-01-07,2022-05-2"
CUSTOMERS = "customer_id,plan,started_at,ended_at\n" + ROWS


def write(folder: Path, text: str, name: str = "customers.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("slice_", [40, 1 << 23])
def test_the_truncated_row_is_shown_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, slice_: int) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.parse.csv_slices.SLICE", slice_)
    path = write(tmp_path, 'Report\n"of\n2022"\n' + CUSTOMERS)
    with pytest.raises(CustmetricsError) as raised:
        loaded([path], engine)
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("E515", 7, 4)
    assert problem.excerpt == "C3,pro,2022-01-07,2022-05-2"


def test_lines_of_a_long_file_are_counted_from_its_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.check.truncation.TAIL", 100)
    path = write(tmp_path, CUSTOMERS.replace("C2", 'C0,"a\nb",2022-01-01,2022-03-01\nC2'))
    with pytest.raises(CustmetricsError) as raised:
        loaded([path])
    assert [(problem.code, problem.place.line) for problem in raised.value.problems] == [("E515", 6)]


@pytest.mark.parametrize("slice_", [40, 1 << 23])
def test_the_truncated_row_can_be_skipped_and_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_: int) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.parse.csv_slices.SLICE", slice_)
    with loaded([write(tmp_path, CUSTOMERS)], skip_bad_rows=True) as found:
        assert (found.inputs[0].read, found.inputs[0].excluded) == (3, {"bad row": 1})
        assert [warned.code for warned in found.warnings] == ["W205"]
        assert [row[0] for row in rows(found)] == ["C1", "C2"]


@pytest.mark.parametrize(
    "text",
    [
        CUSTOMERS + "1",
        CUSTOMERS + "1\n---",
        CUSTOMERS.replace("2022-05-20", "2022-5-20").replace("C2,basic,2022-01-06,", "C2,basic,2022-01-06,2022-5-2"),
        "started_at,customer_id\n2022-01-05,1\n2022-01-06,10\n2022-01-07,100\n2022-01-08,5",
        "started_at,customer_id\n2022-01-05,Alpha\n2022-01-06,Gamma\n2022-01-07,Bob",
        "customer_id,started_at,plan\n1,2022-01-05,basic\n2,2022-01-06,super\n3,2022-01-07,pro",
        "customer_id,started_at,plan\n1,2022-01-05,pro\n2,2022-01-06,pro plus\n3,2022-01-07,pro",
        "customer_id,started_at,note\n1,2022-01-05,call again\n2,2022-01-06,wait\n3,2022-01-07,call",
        'customer_id,started_at\n"1","2022-01-05"\n"2","2022-01-06"',
        "customer_id,started_at\n1,2022-01-05",
    ],
)
def test_a_complete_file_that_does_not_end_its_last_line_is_read(tmp_path: Path, text: str) -> None:
    with loaded([write(tmp_path, text)]) as found:
        assert found.inputs[0].used == text.count("\n") - text.count("---")
        assert not found.warnings


@pytest.mark.parametrize(
    ("amounts", "cut"), [(("10.50", "120.00", "12"), True), (("10", "120.50", "12"), False), (("9", "120", "12"), False)]
)
def test_an_amount_is_truncated_when_all_others_have_decimals(tmp_path: Path, amounts: tuple[str, ...], cut: bool) -> None:
    lines = "\n".join(f"{n},2022-01-05,{amount}" for n, amount in enumerate(amounts))
    path = write(tmp_path, f"customer_id,started_at,amount\n{lines}", "subscriptions.csv")
    if cut:
        with pytest.raises(CustmetricsError, match="E515"):
            loaded([path])
    else:
        with loaded([path]) as found:
            assert found.inputs[0].used == 3


@pytest.mark.parametrize(("end", "codes"), [("", ["W218"]), ("\n", []), (",", []), ("\nTotal,3,,", [])])
def test_an_empty_last_cell_gives_a_warning(tmp_path: Path, end: str, codes: list[str]) -> None:
    with loaded([write(tmp_path, CUSTOMERS.removesuffix("2022-05-2") + end)]) as found:
        assert found.inputs[0].used == 3
        assert [warned.code for warned in found.warnings] == codes
