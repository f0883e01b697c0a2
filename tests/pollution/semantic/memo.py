"""Answers by the rows that were read: many files of the suite are read as the same rows, and the same rows give the same answer."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from custmetrics_cli.compute import answer as module
from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.result import Answer
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.loaded import Loaded


@contextmanager
def remembered_answers() -> Iterator[None]:
    """Compute each answer once. All before it (options, recognition, reading, warnings about files) runs for each file."""
    known: dict[Hashable, Answer] = {}
    compute = module.answer

    def answer(question: Question, loaded: Loaded) -> Answer:
        key = _key(question, loaded)
        if key not in known:
            known[key] = compute(question, replace(loaded, warnings=()))
        found = known[key]
        return found._replace(inputs=loaded.inputs, warnings=[*loaded.warnings, *found.warnings])

    with mock.patch.object(module, "answer", answer):
        yield


def _key(question: Question, loaded: Loaded) -> Hashable:
    """Return everything that an answer depends on."""
    rows: list[Any] = [(name, *map(repr, collect(frame))) for name, frame in loaded.frames.items()]
    facts = (loaded.present, loaded.words, loaded.split_columns, loaded.newest, loaded.oldest, loaded.policies, loaded.currencies)
    metrics = [(metric.name, name) for metric, name in question.metrics]
    return (*rows, repr(facts), repr(metrics), repr(question.period), repr(question.options), repr(loaded.found))
