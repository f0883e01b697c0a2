"""What a metric says: one result per metric, period and group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render._flat import behind, flat
from custmetrics_cli.render._people import answer_page
from custmetrics_cli.render._record import Record, document, result_record
from custmetrics_cli.result import Answer

if TYPE_CHECKING:
    from custmetrics_cli.render._document import Flat
    from custmetrics_cli.render._page import Page


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
