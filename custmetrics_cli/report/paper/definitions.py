"""The last parts of a report: definitions, settings and inputs, so that each number can be defended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Figure, Grid, Section, Text
from custmetrics_cli.render.parts.footer import found_text
from custmetrics_cli.render.parts.formulas import formula_text
from custmetrics_cli.render.parts.options import option_text
from custmetrics_cli.report.paper.request import Line, PaperRequest, title_of

if TYPE_CHECKING:
    from custmetrics_cli.core.result import InputReport
    from custmetrics_cli.render.words import Words


def definitions(lines: Sequence[Line], words: Words) -> Section:
    """Return the formula of each metric and the meaning of its totals."""
    headers = tuple(Header(words(f"column.{name}")) for name in ("metric", "formula", "meaning"))
    rows = [_definition(line, words) for line in lines]
    return Section(words("page.definitions"), (Grid(headers, rows, code=frozenset({1})),), "definitions")


def _definition(line: Line, words: Words) -> tuple[Figure, ...]:
    result = line.last
    definition = result.metric.definitions[result.definition]
    used = [total for total in result.metric.totals.values() if total.name in definition.names]
    meanings = tuple(f"{total.name}: {total.description}" for total in used if total.description != definition.description)
    return Figure(title_of(result, words)), Figure(formula_text(definition.formula.text)), Figure(definition.description, notes=meanings)


def inputs(request: PaperRequest, words: Words) -> Section:
    """Return each input with its rows and SHA-256, then the settings and currencies."""
    answer = request.report.answer
    headers = (Header(words("column.file")), Header(words("column.rows")), Header(words("column.sha256")))
    grid = Grid(headers, [_input(each, words) for each in answer.inputs], code=frozenset({2}))
    return Section(words("page.inputs"), (grid, *_settings(request, words)), "inputs")


def _input(report: InputReport, words: Words) -> tuple[Figure, ...]:
    rows = words("text.rows", used=words.count(report.used), rows=words.plural(report.read, "row"))
    skipped = tuple(f"{words.count(count)} {reason}" for reason, count in report.excluded.items())
    read = (report.reading, found_text(report.columns), f"preset {report.preset}" if report.preset else "")
    text = words("text.skipped", text=rows, reasons=", ".join(skipped)) if skipped else rows
    return Figure(report.path, notes=tuple(filter(None, read))), Figure(text), Figure(report.sha256)


def _settings(request: PaperRequest, words: Words) -> list[Text]:
    answer = request.report.answer
    options = [f"{result.metric.name}: {name}={option_text(value)}" for result in answer.results for name, value in result.options.items()]
    settings = dict.fromkeys([*(f"{name}={option_text(value)}" for name, value in answer.policies.items()), *options])
    money = sorted({result.currency for result in answer.results if result.has_money and result.currency})
    texts = [words("text.settings", settings=", ".join(settings))] if settings else []
    return [Text(text, note=True) for text in [*([words("text.amounts", currencies=", ".join(money))] if money else []), *texts]]
