"""When customers left: what says so, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.errors import CustmetricsError, Problem
from tests.sources.reading import loaded

ONLY_STATUS = "customer_id,started_at,status\nA,2022-01-01,active\nB,2022-01-01,ended\n"


def given(tmp_path: Path, *texts: str) -> list[Path]:
    paths = [tmp_path / f"{number}.csv" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return paths


def refused(paths: list[Path], **said: object) -> Problem:
    with pytest.raises(CustmetricsError) as caught, loaded(paths, **said):
        pass
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("status", False),
        ("canceled_at", False),
        ("status,canceled_at", True),
        ("ended_at", True),
    ],
)
def test_a_state_or_a_decision_alone_does_not_say_when(tmp_path: Path, header: str, known: bool) -> None:
    commas = "," * header.count(",")
    with loaded(given(tmp_path, f"customer_id,started_at,{header}\nA,2022-01-01,{commas}\n")) as found:
        assert ("ended_at" in found.present["customers"]) is known


def test_what_one_file_lacks_another_does_not_make_good(tmp_path: Path) -> None:
    decision = "customer_id,started_at,canceled_at\nC,2022-01-01,2022-03-01\n"
    with loaded(given(tmp_path, ONLY_STATUS, decision)) as found:
        assert "ended_at" not in found.present["customers"]
    assert refused(given(tmp_path, ONLY_STATUS, "customer_id,started_at,ended_at\nC,2022-01-01,2022-03-01\n")).code == "E306"


@pytest.mark.parametrize("row", ["B,2022-01-01,ended,", "B,2022-01-01,ended,2022-01-01"], ids=["no date", "no day"])
def test_rows_that_ended_and_were_set_aside_have_ended(tmp_path: Path, row: str) -> None:
    with loaded(given(tmp_path, f"customer_id,started_at,status,ended_at\nA,2022-01-01,active,\n{row}\n")) as found:
        assert found.inputs[0].used == 1
        assert "W206" not in [warned.code for warned in found.warnings]
