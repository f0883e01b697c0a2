"""Reports of orders alone: without --gap, customers are lost after the silence that the data suggests, and a warning states it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.known.silence import proposed_gap
from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.result import Notice
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded
    from custmetrics_cli.report.report import Questions


class Asked(NamedTuple):
    """The questions of a report, and the warnings about how they are asked."""

    questions: Questions
    notices: tuple[Notice, ...] = ()


def with_silence(questions: Questions, loaded: Loaded) -> Asked:
    """Ask with the proposed --gap if the user gave none, and no table has the days on which customers leave."""
    table = next((name for name in loaded.frames if TABLES[name].silent_end), "")
    has_gap = any(isinstance(each, Question) and each.gap for each in questions.values())
    if has_gap or not table or any(TABLES[name].has_spans for name in loaded.frames):
        return Asked(questions)
    gap = proposed_gap(loaded, table)
    if gap is None:
        return Asked(questions)
    message = f"a customer is lost after {gap} days without an order, because 90 % of repeat orders came within that time; --gap changes it"
    asked = {name: each._replace(gap=gap) if isinstance(each, Question) else each for name, each in questions.items()}
    return Asked(asked, (Notice("W280", message),))
