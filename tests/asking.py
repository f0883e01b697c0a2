"""Asks the package as its own code does: CSV text in, an Answer or a Listing out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from custmetrics_cli.compute import Question, answer, listing
from custmetrics_cli.compute.where import Condition
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.period import Period
from custmetrics_cli.result import Answer, Listing
from custmetrics_cli.sources import load
from custmetrics_cli.sources._host import HOSTS
from custmetrics_cli.sources._nouns import Settings
from custmetrics_cli.sources.find import find
from custmetrics_cli.tables import TABLES

TODAY = dt.date(2026, 1, 1)
ENGINES = tuple(HOSTS)


def written(folder: Path, tables: Mapping[str, str]) -> list[str]:
    paths = [folder / f"{name}.csv" for name in tables]
    for path, text in zip(paths, tables.values(), strict=True):
        path.write_text(text.lstrip("\n"), encoding="utf-8", newline="")
    return [str(path) for path in paths]


def question(metric: str, period: str, definition: str = "standard", **options: Any) -> Question:
    where = tuple(Condition.parse(text) for text in options.pop("where", ()))
    by = tuple(options.pop("by", ()))
    return Question(((METRICS[metric], definition),), Period.parse(period, TODAY), TODAY, by=by, where=where, **options)


def ask(paths: list[str], asked: Question, engine: str = "pandas") -> Answer:
    with load(find(paths, TABLES), asked.wanted(), Settings(today=TODAY), engine) as loaded:
        return answer(asked, loaded)


def ask_list(paths: list[str], asked: Question, name: str, engine: str = "pandas") -> Listing:
    with load(find(paths, TABLES), asked.wanted(), Settings(today=TODAY), engine) as loaded:
        return listing(asked, loaded, name)
