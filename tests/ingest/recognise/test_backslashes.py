"""A backslash escapes the next character only if the records cannot be read without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.reading import ENGINES, loaded, rows

HEADER = "customer_id,started_at,ended_at,plan\n"
WANTED = {"customers": ["plan"]}


def read(folder: Path, text: str, engine: str = "pandas") -> list[tuple[object, ...]]:
    path = folder / "customers.csv"
    path.write_text(HEADER + text, "utf-8", newline="")
    with loaded([path], engine, WANTED) as found:
        return [(row[0], row[-1]) for row in rows(found)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backslash_escapes_the_next_character(tmp_path: Path, engine: str) -> None:
    text = '"A","2022-01-01",\\N,"the \\"best\\", they say"\n"B","2022-01-02",\\N,"back\\\\slash"\n"C","2022-01-03",\\N,"one\\\ntwo"\n'
    assert read(tmp_path, text, engine) == [("A", 'the "best", they say'), ("B", "back\\slash"), ("C", "one\ntwo")]


def test_a_backslash_escapes_a_delimiter_without_quotes(tmp_path: Path) -> None:
    assert read(tmp_path, "A,2022-01-01,\\N,one\\, two\n\\N\\,,2022-01-02,,\\N\n") == [("A", "one, two"), ("N,", None)]


@pytest.mark.parametrize("plan", ["C:\\", 'C:\\""x""', "a\\,b"])
def test_a_backslash_in_a_file_with_doubled_quotes_is_an_ordinary_character(tmp_path: Path, plan: str) -> None:
    assert read(tmp_path, f'A,2022-01-01,,"{plan}"\n') == [("A", plan.replace('""', '"'))]


def test_a_file_that_is_wrong_with_and_without_escapes_is_read_without(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError, match="E505"):
        read(tmp_path, 'A,2022-01-01,,"the \\"best\\""\nB,2022-01-02,,"the "best" of all"\n')
