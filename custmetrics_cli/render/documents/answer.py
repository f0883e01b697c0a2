"""What a metric says: one result per metric, period and group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.render.data.flat import behind, flat
from custmetrics_cli.render.data.records import document, result_record
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.parts.answer import answer_page

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat
    from custmetrics_cli.render.page import Page


class AnswerDocument(NamedTuple):
    answer: Answer

    def page(self, ascii: bool) -> Page:
        return answer_page(self.answer, ascii)

    def record(self) -> Record:
        results = [result_record(result) for result in self.answer.results]
        return document(self.answer.inputs, {"results": results}, self.answer.warnings, self.answer.policies)

    def records(self) -> Iterator[Record]:
        """Per result, with the rows it stands on."""
        beside = behind(self.answer)
        return ({**result_record(result), **beside} for result in self.answer.results)

    def flat(self) -> Flat:
        return flat(self.answer)
