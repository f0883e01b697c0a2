"""The explanation of a metric: its declaration in words. With an answer it shows the user's numbers too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.page import draw_page
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.page import Line, Page, aligned
from custmetrics_cli.render.parts.answer import answer_page
from custmetrics_cli.render.parts.definitions.sources import cited
from custmetrics_cli.render.parts.formulas import expanded, formula_lines, formula_text
from custmetrics_cli.render.parts.options import option_lines
from custmetrics_cli.stats.methods import METHODS

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Answer
    from custmetrics_cli.tables import Table
    from custmetrics_cli.tables.shared.column import Column

UNITS = {
    "ratio": "a share, shown in percent; in json and csv a number, usually between 0 and 1",
    "count": "a count",
    "months": "in months",
    "days": "in days",
    "seconds": "in seconds",
    "points": "in points",
    "times": "a multiple: 3 means three times as much",
    "score": "a score, on the scale of the answers",
    "money": "in its currency",
}
PROMISE = "the totals are exact; the 95 % interval contains the true value in 95 of 100 companies like this one"
OTHER_TABLES = (
    "--by and --where take any column of these tables, or TABLE.COLUMN of another table. For another table they use the value",
    "valid on the first day of the row; if there is none, the latest earlier one; then the first. Ties: first alphabetically.",
)


def explain(
    metric: Metric,
    tables: Mapping[str, Table],
    answer: Answer | None = None,
    output: Output | None = None,
    meanings: Mapping[str, str] | None = None,
) -> str:
    """Return the explanation as text. meanings: of the choices of a profile, whose definition is then explained."""
    output = output or Output()
    return draw_page(_page(metric, tables, answer, output.ascii, meanings or {}), output)


def _page(metric: Metric, tables: Mapping[str, Table], answer: Answer | None, ascii: bool, meanings: Mapping[str, str]) -> Page:
    return [
        Line(f"{metric.title} ({', '.join((metric.name, *metric.aliases))})", strong=True),
        Line(metric.asks),
        *_part("Formula", [*formula_lines(metric, "standard"), *_remarks(metric)]),
        *_profile(metric, meanings),
        *_part("Other definitions, with --definition", _definitions(metric)),
        *_part("Options", option_lines(metric)),
        *_part("Totals", aligned([(f"  {name}", total.description) for name, total in metric.totals.items()])),
        *_part("No answer if", _reasons(metric)),
        *_part("How to read it", _reading(metric)),
        *_part("Always true", [Line(f"  {identity}") for identity in metric.identities]),
        *_part("Tables", _tables(metric, tables)),
        *_part("Worked example", [Line(f"  {metric.worked_example}")] if metric.worked_example else []),
        *_part("Your numbers", answer_page(answer, ascii) if answer else []),
        *_part("Try", [Line(f"  custmetrics {metric.name} {metric.example}")]),
    ]


def _part(title: str, body: Page) -> Page:
    return [Line(), Line(title, strong=True), *body] if body else []


def _profile(metric: Metric, meanings: Mapping[str, str]) -> Page:
    """Return the definition of a profile: its source, its formula and each choice in words."""
    found = next(((name, each) for name, each in metric.definitions.items() if each.source and meanings), None)
    if found is None:
        return []
    name, definition = found
    assert definition.source
    formulas = [Line(f"  {each.text}") for each in formula_lines(metric, name) if isinstance(each, Line)]
    choices = aligned([(f"  {axis}", text) for axis, text in meanings.items()])
    return _part(f"Definition of {name}", [*formulas, Line(f"  {cited(definition.source)}"), *choices])


def _remarks(metric: Metric) -> Page:
    """Return the descriptions of the metric and of the metrics that it uses."""
    own = [Line(f"  {metric.standard.description}")] if metric.standard.description else []
    return [*own, *(Line(f"  {used.symbol}: {used.standard.description}") for used in metric.standard.uses if used.standard.description)]


def _definitions(metric: Metric) -> Page:
    others = [(name, each) for name, each in metric.definitions.items() if name != "standard" and not each.source]
    rows = [(f"  {name}", formula_text(each.formula.text), each.description, UNITS.get(each.unit, each.unit)) for name, each in others]
    return aligned(rows)


def _reasons(metric: Metric) -> Page:
    """Return why there may be no answer, if the formula, or that of a metric it uses, divides."""
    reasons = {each.formula.empty: None for each in metric.definitions.values() if "/" in expanded(each)}
    return [Line(f"  {reason}") for reason in reasons]


def _methods(metric: Metric) -> list[str]:
    """Return the methods of the intervals, their sources and assumptions."""
    intervals = [each.interval for each in metric.definitions.values() if each.interval]
    names = dict.fromkeys(name for interval in intervals for name in interval.names)
    return [text for name in names for text in (f"interval: {METHODS[name][0]}", f"   {METHODS[name][1]}")]


def _reading(metric: Metric) -> Page:
    methods = _methods(metric)
    facts = [
        UNITS.get(metric.unit, f"unit: {metric.unit}"),
        f"{metric.better} is better" if metric.better else "",
        PROMISE if metric.standard.interval else "",
        *methods,
        metric.notes,
    ]
    return [Line(f"  {fact}") for fact in facts if fact]


def _tables(metric: Metric, tables: Mapping[str, Table]) -> Page:
    """Return the alternatives of tables, the first choice first, and their columns."""
    choices = [" and ".join(names) for names in metric.needs]
    named = dict.fromkeys(name for names in metric.needs for name in names if name in tables)
    needs = {need for total in metric.standard.needed_totals for need in total.needs}
    rows = [
        (f"  {name}", column.name, _need(tables[name], column, needs), column.about) for name in named for column in tables[name].columns
    ]
    return [Line(f"  {', else '.join(choices)}"), *aligned(rows), Line(), *(Line(f"  {line}") for line in OTHER_TABLES)]


def _need(table: Table, column: Column, needs: set[str]) -> str:
    if column.required:
        return "required"
    return "needed" if needs.intersection((column.name, f"{table.name}.{column.name}")) else "optional"
