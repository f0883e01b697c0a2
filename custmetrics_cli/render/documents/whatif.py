"""A model before and after a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.whatif import WhatIfOutcome, WhatIfResult
from custmetrics_cli.render.data.records import document, figure, listing_period
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.numbers import difference_text, formula_text, value_text
from custmetrics_cli.render.page import Heading, Line, Page, Table, aligned, period_text, settings_text, skipped_rows
from custmetrics_cli.render.parts.options import asked_with, options_record, options_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat

HEADS = (
    Heading(""),
    Heading("now", right=True),
    Heading("then", right=True, strong=True),
    Heading("difference", right=True),
    Heading("why there is none"),
)


class WhatIfDocument(NamedTuple):
    supposed: WhatIfResult

    def page(self, ascii: bool) -> Page:
        found = self.supposed
        changes = ", ".join(f"{name} {change}" for name, change in found.changes)
        formulas = aligned([(f"  {each.name} =", formula_text(each.formula)) for each in found.outcomes if each.formula != each.name])
        return [
            Line(f"What if: {changes}; {period_text(found.period)}", strong=True),
            _sheet(found),
            *(Line(sentence) for sentence in found.model),
            *formulas,
            *asked_with(found.answer.results[0].options),
            *settings_text(found.answer.policies),
            *skipped_rows(found.answer.inputs),
        ]

    def record(self) -> Record:
        found = self.supposed
        options = found.answer.results[0].options
        body = {
            "whatif": {
                "period": listing_period(found.period),
                "changes": [{"option": name, "change": change} for name, change in found.changes],
                "model": list(found.model),
                "currency": found.currency,
                "options": options_record(options),
                "outcomes": [_outcome(each) for each in found.outcomes],
            }
        }
        return document(found.answer.inputs, body, found.answer.warnings, found.answer.policies)

    def records(self) -> Iterator[Record]:
        """Per outcome."""
        names, rows = self.flat()
        return (dict(zip(names, row, strict=True)) for row in rows)

    def flat(self) -> Flat:
        found = self.supposed
        beside = {
            "period": found.period.name,
            "changes": options_text(dict(found.changes)),
            "currency": found.currency,
            "options": options_text(options_record(found.answer.results[0].options)),
        }
        rows = [{**_outcome(each), **beside} for each in found.outcomes]
        return tuple(rows[0]), [tuple(row.values()) for row in rows]


def _sheet(result: WhatIfResult) -> Table:
    rows = [
        (
            each.title,
            value_text(each.before, each.unit, result.currency),
            value_text(each.after, each.unit, result.currency),
            difference_text(each.difference, each.unit, result.currency) if each.difference is not None else "",
            each.reason or "",
        )
        for each in result.outcomes
    ]
    filled = [at for at in range(len(HEADS)) if any(row[at] for row in rows)]
    return Table(tuple(HEADS[at] for at in filled), [tuple(row[at] for at in filled) for row in rows])


def _outcome(each: WhatIfOutcome) -> Record:
    return {
        "name": each.name,
        "title": each.title,
        "unit": each.unit,
        "before": figure(each.before, each.unit),
        "after": figure(each.after, each.unit),
        "difference": figure(each.difference, each.unit),
        "reason": each.reason,
        "formula": each.formula,
    }
