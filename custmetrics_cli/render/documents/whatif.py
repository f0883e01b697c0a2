"""A what-if model: its outcomes before and after a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.whatif import WhatIfOutcome, WhatIfResult
from custmetrics_cli.render.data.figures import figure
from custmetrics_cli.render.data.flat import options_cell
from custmetrics_cli.render.data.records import document, optional_period, options_record
from custmetrics_cli.render.numbers import difference_text, value_text
from custmetrics_cli.render.page import Header, Line, Page, Table, aligned
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.parts.formulas import formula_text
from custmetrics_cli.render.text import period_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat, Record

HEADERS = (
    Header(""),
    Header("now", right=True),
    Header("then", right=True, strong=True),
    Header("difference", right=True),
    Header("reason"),
)


class WhatIfDocument(NamedTuple):
    """A document of outcomes."""

    result: WhatIfResult

    def page(self, ascii: bool) -> Page:
        """Return the outcomes, the assumptions of the model and its formulas."""
        result = self.result
        changes = ", ".join(f"{name} {change}" for name, change in result.changes)
        formulas = aligned([(f"   {each.name} =", formula_text(each.formula)) for each in result.outcomes if each.formula != each.name])
        settings = [*result.answer.results[0].options.items(), *result.answer.policies.items()]
        return [
            Line(scoped(f"What if: {changes}; {period_text(result.period)}", result.answer.policies), strong=True),
            Line(),
            _table(result),
            *(Line(sentence) for sentence in result.model),
            *formulas,
            *footer(settings, result.answer.inputs),
        ]

    def record(self) -> Record:
        result = self.result
        body = {
            "whatif": {
                "period": optional_period(result.period),
                "changes": [{"option": name, "change": change} for name, change in result.changes],
                "model": list(result.model),
                "currency": result.currency,
                "options": options_record(result.answer.results[0].options),
                "outcomes": [_outcome(each) for each in result.outcomes],
            }
        }
        return document(result.answer.inputs, body, result.answer.warnings, result.answer.policies)

    def records(self) -> Iterator[Record]:
        """Yield each outcome."""
        names, rows = self.flat()
        return (dict(zip(names, row, strict=True)) for row in rows)

    def flat(self) -> Flat:
        result = self.result
        shared = {
            "period": result.period.name,
            "changes": options_cell(dict(result.changes)),
            "currency": result.currency,
            "options": options_cell(options_record(result.answer.results[0].options)),
        }
        rows = [{**_outcome(each), **shared} for each in result.outcomes]
        return tuple(rows[0]), [tuple(row.values()) for row in rows]


def _table(result: WhatIfResult) -> Table:
    """Return the outcomes, without empty columns."""
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
    filled = [at for at in range(len(HEADERS)) if any(row[at] for row in rows)]
    return Table(tuple(HEADERS[at] for at in filled), [tuple(row[at] for at in filled) for row in rows])


def _outcome(outcome: WhatIfOutcome) -> Record:
    return {
        "name": outcome.name,
        "title": outcome.title,
        "unit": outcome.unit,
        "before": figure(outcome.before, outcome.unit),
        "after": figure(outcome.after, outcome.unit),
        "difference": figure(outcome.difference, outcome.unit),
        "reason": outcome.reason,
        "formula": outcome.formula,
    }
