"""Examples that vendors publish run under their profile, on every engine, and give the published number."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.profiles import shipped
from custmetrics_cli.profiles.axes import our_choices
from tests.metrics.test_cases import tables
from tests.support.asking import ENGINES, written
from tests.support.definitions import TODAY, values_of

CASES = tomllib.loads(Path(__file__).with_name("published.toml").read_text("utf-8"))["case"]
RUN = [case for case in CASES if "not" not in case]


def choices(case: dict[str, Any]) -> dict[str, str]:
    ours = our_choices(case["metric"])
    return shipped()[case["profile"]].choices(case["metric"], ours) if "profile" in case else {**ours, **case["choices"]}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", RUN, ids=lambda case: case["id"])
def test_a_published_example_gives_the_published_number(case: dict[str, Any], engine: str, tmp_path: Path) -> None:
    paths = written(tmp_path, tables(case))
    options = {"scale": case["scale"]} if "scale" in case else {}
    with values_of(case["metric"], paths, case["period"], engine, options, as_of=TODAY) as values:
        found = values.of(choices(case))
    if "denominator" in case:
        assert found.sides[1] == case["denominator"]
        return
    assert found.value is not None, found.reason
    value = round(found.value, case["digits"]) if "digits" in case else found.value
    assert value == Fraction(case["value"])


def test_an_example_that_is_not_run_says_why() -> None:
    assert all(case["not"] for case in CASES if case not in RUN)
