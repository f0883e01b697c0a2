"""An answer as a paper: a section for each metric with its table, charts, exhibits, formula and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from custmetrics_cli.render.documents.paper import paper_of_page
from custmetrics_cli.render.paper import Grid, Paper, Picture
from custmetrics_cli.render.parts.answer import answer_page, with_total
from custmetrics_cli.render.parts.charts.common import Drawing
from custmetrics_cli.render.parts.charts.of_results import charts_of
from custmetrics_cli.render.parts.pictures import picture
from custmetrics_cli.render.parts.results import results_grid
from custmetrics_cli.render.words import Words

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Answer, Result
    from custmetrics_cli.render.chart import Chart
    from custmetrics_cli.render.paper import Section


def answer_paper(answer: Answer, words: Words) -> Paper:
    """Return the page of the answer, with exact values in its tables and with its charts."""
    paper = paper_of_page(answer_page(answer))
    groups = _by_metric(answer)
    if len(groups) > len(paper.sections):
        return paper
    sections = [_section(part, results, answer, words) for part, results in zip(paper.sections, groups, strict=False)]
    return paper._replace(sections=(*sections, *paper.sections[len(groups) :]), language=words.language)


def answer_charts(answer: Answer, words: Words) -> Iterator[Chart]:
    """Yield the charts of all results."""
    drawing = Drawing(words, by=answer.by)
    for results in _by_metric(answer):
        yield from charts_of(results, drawing)


def _by_metric(answer: Answer) -> list[list[Result]]:
    return [list(group) for _, group in groupby(answer.results, lambda result: (result.metric.name, result.definition))]


def _section(part: Section, results: Sequence[Result], answer: Answer, words: Words) -> Section:
    """Return the section with exact values in its first table, and the charts below it."""
    table = results_grid(with_total(results, answer), answer.by or tuple(results[0].group))
    pictures: list[Picture] = [picture(chart, words) for chart in charts_of(results, Drawing(words, by=answer.by))]
    at = next((at for at, block in enumerate(part.blocks) if isinstance(block, Grid)), None)
    if at is None:
        return part
    return part._replace(blocks=(*part.blocks[:at], table, *pictures, *part.blocks[at + 1 :]), kind="family")
