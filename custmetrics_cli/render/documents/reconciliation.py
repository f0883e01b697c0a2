"""The documented rules that give a number shown elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.definitions.defined import Match, Reconciliation
from custmetrics_cli.core.words import plural
from custmetrics_cli.render.data.defined import change_record, value_record
from custmetrics_cli.render.data.figures import figure, period_record
from custmetrics_cli.render.data.records import document
from custmetrics_cli.render.numbers import fixed, value_text
from custmetrics_cli.render.page import Header, Line, Page, Table
from custmetrics_cli.render.parts.definitions.defined import changes_text, counts_text
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.text import period_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat, Record

HEADERS = (Header("definition"), Header("value", right=True, strong=True), Header("how"))
COLUMNS = ("metric", "period", "reported", "definition", "changes", "value", "formula", "others")
MOST_PLACES = 12
SHOWN = Fraction(1, 10)
NONE = "none of the definitions that were tried gives this number"


def end_text(value: Fraction, unit: str, currency: str | None) -> str:
    """Return an end of a rounding interval with all its decimals.

    >>> end_text(Fraction(93, 2000), "ratio", None), end_text(Fraction(10611, 200000), "ratio", None)
    ('4.65 %', '5.3055 %')
    """
    exact = value * (100 if unit == "ratio" else 1)
    places = next((places for places in range(2, MOST_PLACES) if (exact * 10**places).denominator == 1), MOST_PLACES)
    return f"{fixed(exact, places)} %" if unit == "ratio" else f"{fixed(exact, places)} {currency or ''}".strip()


class ReconciliationDocument(NamedTuple):
    """A document of matches."""

    found: Reconciliation

    def page(self, ascii: bool) -> Page:
        found = self.found
        title = f"Which definition of {found.metric.name} gives {found.reported}? {period_text(found.period)}"
        return [
            Line(scoped(title, found.policies), strong=True),
            Line(),
            *(self._matches() if found.matches else self._none()),
            Line(self._tried()),
            *footer(found.policies.items(), found.inputs),
        ]

    def _matches(self) -> Page:
        return [Table(HEADERS, [self._row(match) for match in self.found.matches])]

    def _row(self, match: Match) -> tuple[str, ...]:
        changes = f", with {changes_text(match.changes)}" if match.changes else ""
        others = f"; {plural(match.others, 'other definition')} with the same counts" if match.others else ""
        value = value_text(match.value.value, match.value.unit, self.found.currency)
        return ", ".join(match.starts) + changes + others, value, counts_text(match.value)

    def _none(self) -> Page:
        """Return the sentence about a missing match, and the nearest shipped definitions."""
        found = self.found
        rows = [
            (", ".join(line.names), value_text(line.value.value, line.value.unit, found.currency), counts_text(line.value))
            for line in found.nearest
        ]
        nearest: Page = [Line("the nearest documented definitions:"), Table(HEADERS, rows)] if rows else []
        return [Line(NONE), *nearest]

    def _tried(self) -> str:
        found = self.found
        low, high = (end_text(each, found.unit, found.currency) for each in (found.low, found.high))
        far = "" if not found.distance else f", with at most {plural(found.distance, 'choice')} changed"
        tried = f"tried {plural(found.tried, 'definition')}{far}; {found.reported} means {low} to {high}"
        expected = fixed(found.expected, 1) if found.expected >= SHOWN else f"fewer than {float(SHOWN)}"
        return f"{tried}; a random number of this precision would fit {expected} of them, so a match is a clue, not proof"

    def record(self) -> Record:
        found = self.found
        body = {
            "reconciliation": {
                "metric": found.metric.name,
                "period": period_record(found.period),
                "reported": found.reported,
                "low": figure(found.low, found.unit),
                "high": figure(found.high, found.unit),
                "unit": found.unit,
                "currency": found.currency,
                "distance": found.distance if found.matches else None,
                "matches": [_match(each) for each in found.matches],
                "nearest": [{"names": list(line.names), **value_record(line.value)} for line in found.nearest],
                "tried": found.tried,
                "expected_by_chance": float(found.expected),
            }
        }
        return document(found.inputs, body, found.warnings, found.policies)

    def records(self) -> Iterator[Record]:
        """Yield each match."""
        shared = {"metric": self.found.metric.name, "period": self.found.period.name, "reported": self.found.reported}
        return ({**shared, **_match(each)} for each in self.found.matches)

    def flat(self) -> Flat:
        found = self.found
        start = (found.metric.name, found.period.name, found.reported)
        rows = [
            (
                *start,
                ", ".join(each.starts),
                changes_text(each.changes),
                figure(each.value.value, found.unit),
                each.value.formula,
                each.others,
            )
            for each in found.matches
        ]
        return COLUMNS, rows


def _match(match: Match) -> Record:
    changes = [change_record(each) for each in match.changes]
    return {"definitions": list(match.starts), "changes": changes, **value_record(match.value), "others": match.others}
