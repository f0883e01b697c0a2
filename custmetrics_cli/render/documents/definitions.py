"""A metric under the definitions of all systems: their values, and the steps between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.definitions.defined import Comparison, Line
from custmetrics_cli.render.chart import Chart, Mark, Series
from custmetrics_cli.render.data.defined import step_record, value_record
from custmetrics_cli.render.data.figures import figure, period_record
from custmetrics_cli.render.data.records import document
from custmetrics_cli.render.data.sources import source_record
from custmetrics_cli.render.numbers import difference_text, value_text
from custmetrics_cli.render.page import Header, Page, Table, aligned
from custmetrics_cli.render.page import Line as TextLine
from custmetrics_cli.render.parts.definitions.defined import counts_text, steps_rows
from custmetrics_cli.render.parts.definitions.sources import cited, open_text, window_text
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.text import period_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat, Record

ORDER = "steps lead from our definition, one choice at a time; another order gives other steps with the same sum"
CLAIM = "values follow the documented rules; they are not the numbers of these systems"
HEADERS = (Header("definition"), Header("value", right=True, strong=True), Header("how"), Header("difference", right=True))


class ComparisonDocument(NamedTuple):
    """A document of definitions."""

    compared: Comparison

    def page(self, ascii: bool) -> Page:
        """Return the spans that differ first, then a line for each definition, then the sources."""
        compared = self.compared
        title = scoped(f"{compared.metric.title} by definition, {period_text(compared.period)}", compared.policies)
        windows = [
            f"the definition of {', '.join(line.names)} {window_text(window, compared.period)}"
            for line in compared.lines
            if (window := line.value.window)
        ]
        rows = [self._row(line) for line in compared.lines]
        return [
            TextLine(title, strong=True),
            *map(TextLine, windows),
            TextLine(),
            Table(HEADERS, rows, short=_without_how(rows)),
            TextLine(CLAIM),
            *self._steps(),
            *self._sources(),
            *footer([*compared.options.items(), *compared.policies.items()], compared.inputs),
        ]

    def _row(self, line: Line) -> tuple[str, ...]:
        value, unit, currency = line.value, line.value.unit, self.compared.currency
        shown = "" if line.names[0] == "ours" else difference_text(line.difference, unit, currency) if line.difference is not None else ""
        return ", ".join(line.names), value_text(value.value, unit, currency), value.reason or counts_text(value), shown

    def _steps(self) -> Page:
        """Return the steps from our value to each other one."""
        start, currency = self.compared.lines[0].value, self.compared.currency
        page: Page = []
        for line in self.compared.lines:
            if line.steps:
                ends = (value_text(value.value, value.unit, currency) for value in (start, line.value))
                page += [TextLine(), TextLine(f"{', '.join(line.names)}: from {' to '.join(ends)}", strong=True)]
                page += aligned(steps_rows(line.steps, start.unit, currency), frozenset({0}))
        return [*page, TextLine(), TextLine(ORDER)] if page else []

    def _sources(self) -> Page:
        lines = []
        for line in self.compared.lines:
            for source, kept in zip(line.sources, line.kept, strict=True):
                lines.append(TextLine(f"{source.profile}, {cited(source)}"))
                lines += [TextLine(f"   {text}") for text in (open_text(source), *map(str, kept)) if text]
        return [TextLine(), *lines] if lines else []

    def record(self) -> Record:
        compared = self.compared
        body = {
            "definitions": {
                "metric": compared.metric.name,
                "title": compared.metric.title,
                "period": period_record(compared.period),
                "currency": compared.currency,
                "lines": [_line(line) for line in compared.lines],
            }
        }
        return document(compared.inputs, body, compared.warnings, compared.policies)

    def records(self) -> Iterator[Record]:
        """Yield each line."""
        metric = {"metric": self.compared.metric.name, "period": self.compared.period.name}
        return ({**metric, **_line(line)} for line in self.compared.lines)

    def flat(self) -> Flat:
        """Return a row for each line, then a row for each of its steps."""
        names = ("metric", "period", "definitions", "step", "value", "difference", "formula", "reason")
        rows = [row for line in self.compared.lines for row in self._flat(line)]
        return names, rows

    def _flat(self, line: Line) -> Iterator[tuple[str | float | None, ...]]:
        start = (self.compared.metric.name, self.compared.period.name, ", ".join(line.names))
        value, unit = line.value, line.value.unit
        yield (*start, None, figure(value.value, unit), figure(line.difference, unit), value.formula, value.reason)
        for step in line.steps:
            name = " and ".join(f"{each.axis}={each.after}" for each in step.changes)
            yield (*start, name, figure(step.value, unit), figure(step.difference, unit), step.formula, None)

    def charts(self) -> Iterator[Chart]:
        """Yield one chart with a dot for each definition, ours marked."""
        lines = [
            line for line in self.compared.lines if line.value.value is not None and line.value.unit == self.compared.lines[0].value.unit
        ]
        if len(lines) < 2:
            return
        unit, currency = lines[0].value.unit, self.compared.currency
        texts = tuple(value_text(line.value.value, unit, currency) for line in lines)
        series = Series(self.compared.metric.name, tuple(line.value.value for line in lines), texts)
        labels = tuple(", ".join(line.names) for line in lines)
        ours = tuple(Mark(at, "ours") for at, line in enumerate(lines) if "ours" in line.names)
        title = f"{self.compared.metric.title} by definition, {self.compared.period.name}"
        summary = "; ".join(f"{label}: {text}" for label, text in zip(labels, texts, strict=True))
        yield Chart("dots", title, labels, (series,), unit, currency or "", marks=ours, axis="definition", summary=summary)


def _without_how(rows: Sequence[tuple[str, ...]]) -> Table:
    """Return the same table without the formulas, for a narrow terminal."""
    return Table((*HEADERS[:2], HEADERS[3]), [(*row[:2], row[3]) for row in rows])


def _line(line: Line) -> Record:
    return {
        "names": list(line.names),
        **value_record(line.value),
        "difference": figure(line.difference, line.value.unit),
        "steps": [step_record(step, line.value.unit) for step in line.steps],
        "profiles": [source_record(source, kept) for source, kept in zip(line.sources, line.kept, strict=True)],
    }
