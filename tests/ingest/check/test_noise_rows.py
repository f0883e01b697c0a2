"""Rows that are not data are skipped with a reason; anything that may be a row is read as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.reading import loaded

HEADER = "customer_id,started_at,ended_at,plan\n"


def customers(folder: Path, text: str) -> Path:
    path = folder / "customers.csv"
    path.write_text(HEADER + text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("customer_id,started_at,ended_at,plan", "header row"),
        ("Customer ID,Started at,Ended at,Plan", "header row"),
        ("text,date,timestamp,varchar(10)", "header row"),
        (",yyyy-mm-dd,yyyy-mm-dd,", "header row"),
        ("---,----------,---,---", "header row"),
        ("(12 rows)", "footer row"),
        ("Exported 2022-07-01 by Ann,,,", "footer row"),
        ("# a comment, with a comma", "footer row"),
        ("End of report", "footer row"),
    ],
)
def test_a_row_that_is_not_data_is_skipped_with_its_reason(tmp_path: Path, line: str, reason: str) -> None:
    with loaded([customers(tmp_path, f"A,2022-01-01,,pro\n{line}\nB,2022-01-02,,pro\n")]) as found:
        assert (found.inputs[0].used, found.inputs[0].excluded) == (2, {reason: 1})


@pytest.mark.parametrize("line", ["1,2,3,4", "1,2,3,4,", "client,start,end,tariff"])
def test_a_second_header_is_recognised_directly_below_the_first_only(tmp_path: Path, line: str) -> None:
    with loaded([customers(tmp_path, f"{line}\nA,2022-01-01,,pro\n")]) as found:
        assert found.inputs[0].excluded == {"header row": 1}
    with pytest.raises(CustmetricsError, match="E401"):
        loaded([customers(tmp_path, f"A,2022-01-01,,pro\n{line}\n")])


@pytest.mark.parametrize("line", ["MD,,,", "text,,,", "#1001,,,", "Report Ltd,,,", "Ends Ltd,,,pro", "12,,,", "date,soon,,", "Page,1,,"])
def test_a_row_without_a_required_cell_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(CustmetricsError, match=r"E40[18]"):
        loaded([customers(tmp_path, f"A,2022-01-01,,pro\n{line}\n")])


@pytest.mark.parametrize("line", ["text,2022-01-01,,date", "# 5,2022-01-01,,pro", "(12 rows),2022-01-01,,", "Page 1,2022-01-01,,"])
def test_a_row_that_can_be_read_is_data(tmp_path: Path, line: str) -> None:
    with loaded([customers(tmp_path, f"A,2022-01-01,,pro\n{line}\n")]) as found:
        assert found.inputs[0].used == 2
