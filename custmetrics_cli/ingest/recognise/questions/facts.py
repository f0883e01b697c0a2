"""Collect what a file shows about its answers before its rows are read: the scale, and where it comes from."""

from __future__ import annotations

from itertools import islice

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.preset_words import translate_text
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.questions.answers_in_words import read_words
from custmetrics_cli.ingest.recognise.questions.direction import read_direction, read_effort
from custmetrics_cli.ingest.recognise.questions.header_scale import header_scale
from custmetrics_cli.ingest.recognise.questions.labels import read_labels
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.answers.facts import AnswerFacts, Fact

SAMPLE = 1000  # rows


def answer_facts(head: Head, layout: Layout, settings: Settings) -> AnswerFacts:
    """Return the facts about the answers of a file. The preset overrides the header, and the header overrides labels."""
    rule = layout.table.questions
    if rule is None or rule.column not in layout.columns:
        return AnswerFacts()
    at = layout.columns[rule.column]
    cells = [translate_text(text, rule.column, layout.preset) for text in sample(head, layout, at)]
    labels = read_labels(cells)
    found = read_words(cells, settings.positive)
    scale = found.scale or _header(head, layout, at) or (Fact(labels.scale, "labels") if labels.scale else None)
    preset = {survey: Fact(name, "preset") for survey, name in layout.preset.scale.items()} if layout.preset else {}
    is_wave = rule.day not in layout.columns and rule.day in layout.substitutes.constants
    best = Fact("low", "option") if settings.low_is_good else found.best or read_direction(layout.header[at], labels)
    scales = {"": scale} if scale else {}
    return AnswerFacts(scales if found.scale else {**scales, **preset}, is_wave, best, read_effort(layout.header[at]), found.unknown)


def _header(head: Head, layout: Layout, at: int) -> Fact | None:
    """Return the scale in the header of the score, or in the lines of the header below it."""
    rows = records(head, layout.lines.header, layout.dialect.delimiter, layout.dialect.quote)
    below = [cells[at] for line, cells in rows if layout.lines.header < line < layout.lines.data and at < len(cells)]
    scale = next(filter(None, map(header_scale, (layout.header[at], *below))), "")
    return Fact(scale, "header") if scale else None


def sample(head: Head, layout: Layout, at: int) -> list[str]:
    """Return the distinct cells of a column in the first rows, stripped."""
    rows = records(head, layout.lines.data, layout.dialect.delimiter, layout.dialect.quote)
    return [*dict.fromkeys(cells[at].strip() for _, cells in islice(rows, SAMPLE) if at < len(cells))]
