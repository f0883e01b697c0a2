"""A list of scores without dates is one wave: it needs no period, and belongs to none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SCORES = "customer,score\nA,8\nB,10\nC,9\nD,5\n"


def written(folder: Path, text: str, name: str = "list.csv") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_scores_without_dates_need_no_period(here, folder: Path, engine: str) -> None:
    said = here("nps", written(folder, SCORES), "--json", "--engine", engine)
    assert (said.status, said.err) == (0, "")
    (result,) = json.loads(said.out)["results"]
    assert result["value"] == 25
    assert result["period"] == {"name": "all answers", "start": None, "end": None, "complete": True}


def test_counts_by_score_are_weights(here, folder: Path) -> None:
    said = here("nps", written(folder, "score,count\n10,8\n9,10\n8,5\n7,6\n5,2\n3,0\n"), "--json")
    assert json.loads(said.out)["results"][0]["totals"] == {"promoters": 18, "passives": 11, "detractors": 2, "answers": 31}


@pytest.mark.parametrize("header", ["when", "Zeit der Antwort", "x"])
def test_a_column_of_dates_is_no_wave(here, folder: Path, header: str) -> None:
    """It has dates, but their header is unknown: the hint names it."""
    said = here("nps", written(folder, f"customer,score,{header}\nA,9,2022-04-01\nB,3,2022-04-02\n"))
    assert said.status in (2, 3)
    assert f'responded_at="{header}"' in said.err or "covers 2022-04-01" in said.err


def test_the_user_can_decide_that_no_column_has_dates(here, folder: Path) -> None:
    path = written(folder, "customer,score,when\nA,9,2022-04-01\nB,3,2022-04-02\n")
    assert here("nps", path, "--column", "responded_at=").status == 0


def test_a_list_of_products_with_ratings_is_no_survey(here, folder: Path) -> None:
    """A column named rating proves little, unless the user asks for a survey."""
    path = written(folder, "product,price,rating\nA,8.00,4\nB,10.00,5\n", "products.csv")
    assert "none" in here("inspect", path).out
    assert here("inspect", written(folder, SCORES, "nps_march.csv")).status == 0


def test_a_report_of_one_wave_needs_no_period(here, folder: Path) -> None:
    said = here("report", written(folder, "customer,NPS\nA,8\nB,10\nC,9\n"))
    assert (said.status, "66.7 points" in said.out) == (0, True)
