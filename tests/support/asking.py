"""Ask a question as the program does: CSV texts in, an Answer or a Listing out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from custmetrics_cli.compute.answer import answer
from custmetrics_cli.compute.listing import listing
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.core.result import Answer, Listing
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.tables import TABLES
from tests.support import engines

TODAY = dt.date(2026, 1, 1)
ENGINES = engines.ENGINES


def written(folder: Path, tables: Mapping[str, str]) -> list[str]:
    """Write each table to a file of its name and return the paths."""
    paths = [folder / f"{name}.csv" for name in tables]
    for path, text in zip(paths, tables.values(), strict=True):
        path.write_text(text.lstrip("\n"), encoding="utf-8", newline="")
    return [str(path) for path in paths]


def question(metric: str, period: str, definition: str = "standard", **more: Any) -> Question:
    """Build a question. more: fields of Question; `where` as texts, `options` as texts by name."""
    where = tuple(Condition.parse(text) for text in more.pop("where", ()))
    by = tuple(more.pop("by", ()))
    texts = {name.replace("-", "_"): text for name, text in more.pop("options", {}).items()}
    declared = METRICS[metric].options
    assert texts.keys() <= {option.symbol for option in declared}
    options = in_effect(declared, texts)
    metrics = ((METRICS[metric].only(definition), definition),)
    return Question(metrics, Period.parse(period, TODAY), TODAY, by=by, where=where, options=options, **more)


def known_question(metric: str, period: str, definition: str = "standard", **more: Any) -> Question:
    """Build a question about data that is known up to now, also where random rows end before the period begins."""
    return question(metric, period, definition, **{"as_of": TODAY, **more})


def ask(paths: list[str], asked: Question, engine: str = "pandas", **settings: Any) -> Answer:
    """Answer a question from files. settings: fields of Settings, which decide how files are read."""
    with load(find(paths, TABLES), asked.selections(), Settings(**{"today": TODAY, **settings}), engine) as loaded:
        return answer(asked, loaded)


def ask_list(paths: list[str], asked: Question, name: str, engine: str = "pandas", **settings: Any) -> Listing:
    with load(find(paths, TABLES), asked.selections(), Settings(**{"today": TODAY, **settings}), engine) as loaded:
        return listing(asked, loaded, name)
