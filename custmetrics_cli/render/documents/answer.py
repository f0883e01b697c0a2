"""The answer of a metric: one result per metric, period and group. What only people see is imported on use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.result import Answer
from custmetrics_cli.render.data.flat import flat, input_cells
from custmetrics_cli.render.data.records import checks_record, document, result_record

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart
    from custmetrics_cli.render.document import Flat, Record
    from custmetrics_cli.render.page import Page
    from custmetrics_cli.render.paper import Paper


class AnswerDocument(NamedTuple):
    """A document of results."""

    answer: Answer
    with_chart: bool = False  # for people, below the tables

    def page(self, ascii: bool) -> Page:
        from custmetrics_cli.render.parts.answer import answer_page

        page = answer_page(self.answer, ascii)
        return [*page, *self._charts(ascii)] if self.with_chart else page

    def _charts(self, ascii: bool) -> Page:
        from custmetrics_cli.render.draw.charts.blocks import chart_page
        from custmetrics_cli.render.page import Line

        return [piece for chart in self.charts() for piece in (Line(), *chart_page(chart, ascii)[:-1])]

    def paper(self) -> Paper:
        from custmetrics_cli.render.documents.answer_paper import answer_paper
        from custmetrics_cli.render.words import Words

        return answer_paper(self.answer, Words())

    def charts(self) -> Iterator[Chart]:
        from custmetrics_cli.render.documents.answer_paper import answer_charts
        from custmetrics_cli.render.words import Words

        return answer_charts(self.answer, Words())

    def record(self) -> Record:
        results = [result_record(result) for result in self.answer.results]
        total = {"total": [result_record(result) for result in self.answer.total]} if self.answer.total else {}
        body = {"results": results, **total, **checks_record(self.answer.checks)}
        return document(self.answer.inputs, body, self.answer.warnings, self.answer.policies)

    def records(self) -> Iterator[Record]:
        """Yield each result, with the rows of the inputs."""
        shared = input_cells(self.answer)
        return ({**result_record(result), **shared} for result in self.answer.results)

    def flat(self) -> Flat:
        return flat(self.answer)
