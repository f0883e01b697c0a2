"""Build the paper of a report, part by part, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from custmetrics_cli import __version__
from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Bullets, Cards, Figure, Grid, Paper, Section, Text
from custmetrics_cli.render.parts.charts.common import Drawing
from custmetrics_cli.render.parts.charts.of_results import charts_of
from custmetrics_cli.render.parts.pictures import picture
from custmetrics_cli.render.text import period_text
from custmetrics_cli.report.paper.alerts import alerts
from custmetrics_cli.report.paper.cards import card_of
from custmetrics_cli.report.paper.definitions import definitions, inputs
from custmetrics_cli.report.paper.lists import list_section
from custmetrics_cli.report.paper.request import Line, PaperRequest, key_lines, lines_of
from custmetrics_cli.report.paper.sentences import changes
from custmetrics_cli.report.paper.tables import exhibit_tables, family_table, series_table

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Block


def build_paper(request: PaperRequest) -> Paper:
    """Return the whole content of the report."""
    words, lines = request.words, lines_of(request)
    key = key_lines(request, lines)
    sections = [
        *_section(words("page.alerts"), [Bullets(tuple(alerts(request, lines)), "alert")], "alerts"),
        *_section(words("page.changes"), [Bullets(tuple(changes(key, words)))], "changes"),
        *([Section(words("page.key"), (Cards(tuple(card_of(line, words) for line in key)),), "key")] if key else []),
        *_families(request, lines, key),
        *(list_section(each, request.rows, words) for each in request.lists if each.rows),
        *([Section(words("page.lists"), (Text(words("text.no_lists")),), "list")] if request.lists_skipped else []),
        *_missing(request),
        *([definitions(lines, words)] if lines else []),
        inputs(request, words),
    ]
    title = words("page.of", title=request.title or words("page.report"), period=words.period(request.report.period.name))
    return Paper(title, _subtitle(request), tuple(sections), words.language, words("page.made", version=__version__))


def _section(title: str, bullets: Sequence[Bullets], kind: str) -> list[Section]:
    """Return the section, or nothing without a sentence."""
    filled = tuple(each for each in bullets if each.items)
    return [Section(title, filled, kind)] if filled else []


def _subtitle(request: PaperRequest) -> str:
    """Return the days of the period, unless the title has them."""
    period, words = request.report.period, request.words
    if period.is_wave:
        return period.name
    return words.days(period.start, period.end) if period_text(period) != period.name else ""


def _families(request: PaperRequest, lines: Sequence[Line], key: Sequence[Line]) -> Iterator[Section]:
    """Yield a section for each family: its table, its exhibits, and the charts of its key metrics."""
    words = request.words
    drawing = Drawing(words, request.events)
    for family, each in groupby(lines, lambda line: line.last.metric.family):
        members = list(each)
        blocks: list[Block] = [family_table(members, words), *series_table(members, words)]
        for line in members:
            charts = charts_of(line.results, drawing) if line in key else ()
            blocks += [picture(chart, words) for chart in charts]
            blocks += exhibit_tables(line.last, words)
        yield Section(words.name("families", family, family), tuple(blocks), "family")


def _missing(request: PaperRequest) -> Iterator[Section]:
    """Yield the metrics that could not be computed, by reason."""
    words, problems = request.words, dict[str, list[str]]()
    for each in request.report.missing:
        problems.setdefault(each.problem.message, []).append(words.name("metrics", each.metric.name, each.metric.title))
    if problems:
        headers = (Header(words("column.metric")), Header(words("column.reason")))
        rows = [(Figure(", ".join(titles)), Figure(message)) for message, titles in problems.items()]
        yield Section(words("page.missing"), (Grid(headers, rows),), "missing")
