"""A report of everything, beside the slowest of its metrics."""

from __future__ import annotations

import json
from pathlib import Path

from case import OURS, Case, Command, Sizes, asked, made
from measure import Spent

SLOWEST = "health"  # it observes customers on twelve past days


def against_slowest(sizes: Sizes) -> Case:
    files = _files(sizes)
    about = f"report, {sizes.middle:,} rows of subscriptions and of customers : {SLOWEST}"
    return Case(about, report(*files, "--json"), asked(SLOWEST, *files), sizes.times, time=1.8, check=same_value)


def as_page(sizes: Sizes) -> Case:
    files = _files(sizes)
    about = f"report as a page, {sizes.middle:,} rows of subscriptions and of customers : as JSON"
    return Case(about, report(*files, "--format", "html"), report(*files, "--json"), sizes.times, time=1.3, seconds=2)


def _files(sizes: Sizes) -> tuple[Path, Path]:
    return made("subscriptions", sizes.middle), made("customers", sizes.middle)


def report(*given: str | Path) -> Command:
    return [OURS, "report", "--period", "2022-Q2", "--no-config", "--quiet", *given]


def same_value(ours: Spent, theirs: Spent) -> None:
    (among,) = [result for result in json.loads(ours.out)["results"] if result["metric"] == SLOWEST]
    (alone,) = json.loads(theirs.out)["results"]
    assert {name: among[name] for name in alone} == alone, f"{SLOWEST} differs in the report"
