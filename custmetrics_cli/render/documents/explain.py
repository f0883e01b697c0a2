"""What a metric means, in words: read off its declaration, never written twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.core.answers.answer import Listing
from custmetrics_cli.render.draw.plain import draw_plain
from custmetrics_cli.render.numbers import formula_text
from custmetrics_cli.render.page import Line, Page, aligned
from custmetrics_cli.render.parts.answer import answer_page
from custmetrics_cli.render.parts.formulas import expanded, formula_lines
from custmetrics_cli.render.parts.options import declared
from custmetrics_cli.render.screen import Output

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.answer import Answer
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.tables import Column, Table

UNITS = {
    "ratio": "a share, shown in percent; in json and csv a number between 0 and 1",
    "count": "a count",
    "months": "in months",
    "seconds": "in seconds",
    "points": "in points",
    "times": "how many times as much",
    "score": "a score, on the scale of the answers",
    "money": "in units of its currency",
}
CROSSING = (
    "--by and --where take any column of these, or TABLE.COLUMN of another table: what that says of the same customer on the",
    "first day of a row, on its row that ran then, else the last that had begun, else the first; of several the first by name",
)


def explain(metric: Metric, tables: Mapping[str, Table], answer: Answer | None = None, screen: Output | None = None) -> str:
    """Definition, totals and tables of a metric; with an answer, its own numbers filled in."""
    screen = screen or Output()
    page: Page = [
        Line(f"{metric.title} ({', '.join((metric.name, *metric.aliases))})", strong=True),
        Line(metric.asks),
        *_part("Formula", formula_lines(metric, "standard")),
        *_part("Other definitions, with --definition", _definitions(metric)),
        *_part("Its own options", declared(metric)),
        *_part("Totals", _totals(metric)),
        *_part("No answer where", _reasons(metric)),
        *_part("How to read it", _reading(metric)),
        *_part("Always true", [Line(f"  {identity}") for identity in metric.identities]),
        *_part("Reads", _tables(metric, tables)),
        *_part("Worked example", [Line(f"  {metric.worked_example}")] if metric.worked_example else []),
        *_part("Your numbers", answer_page(answer, screen.ascii) if answer else []),
        *_part("Try", [Line(f"  custmetrics {metric.name} {metric.example}")]),
    ]
    return draw_plain(page, screen)


def _part(title: str, body: Page) -> Page:
    return [Line(), Line(title, strong=True), *body] if body else []


def _definitions(metric: Metric) -> Page:
    others = [(name, each) for name, each in metric.definitions.items() if name != "standard"]
    rows = [(f"  {name}", formula_text(each.formula.text), each.description, UNITS.get(each.unit, each.unit)) for name, each in others]
    return aligned(rows)


def _totals(metric: Metric) -> Page:
    return aligned([(f"  {name}", total.description) for name, total in metric.totals.items()])


def _reasons(metric: Metric) -> Page:
    """Only where something is divided, by the formula itself or by that of a metric it uses."""
    reasons = {each.formula.empty: None for each in metric.definitions.values() if "/" in expanded(each)}
    return [Line(f"  {reason}") for reason in reasons]


def _reading(metric: Metric) -> Page:
    facts = [
        UNITS.get(metric.unit, f"unit: {metric.unit}"),
        f"{metric.better} is better" if metric.better else "",
        "the interval (95 %) speaks of the underlying rate; the totals are exact" if metric.standard.interval else "",
        metric.notes,
    ]
    return [Line(f"  {fact}") for fact in facts if fact]


def _tables(metric: Metric, tables: Mapping[str, Table]) -> Page:
    """The alternatives of tables, first choice first, and which of their columns are needed."""
    choices = [" and ".join(names) for names in metric.needs]
    named = dict.fromkeys(name for names in metric.needs for name in names if name in tables)
    needs = {need for total in metric.standard.needed_totals for need in total.needs}
    rows = [row for name in named for row in _columns(tables[name], needs)]
    return [Line(f"  {', else '.join(choices)}"), *aligned(rows), Line(), *(Line(f"  {line}") for line in CROSSING)]


def _columns(table: Table, needs: set[str]) -> list[tuple[str, ...]]:
    def said(column: Column) -> str:
        needed = needs.intersection((column.name, f"{table.name}.{column.name}"))
        return "required" if column.required else "needed" if needed else "if there"

    return [(f"  {table.name}", column.name, said(column), column.about) for column in table.columns]


def metric_list(metrics: Iterable[Metric]) -> Listing:
    """All metrics by family, as a listing: every format can show it."""
    ordered = sorted(metrics, key=lambda metric: (metric.family, metric.order, metric.name))
    columns = ("family", "metric", "also", "title", "formula", "tables", "options")
    return Listing("metrics", "what can be asked", columns, [_listed(metric) for metric in ordered])


def _listed(metric: Metric) -> tuple[str, ...]:
    tables = " or ".join("+".join(names) for names in metric.needs)
    formula = formula_text(metric.standard.formula.text)
    options = ", ".join(option.name for option in metric.options)
    return (metric.family, metric.name, ", ".join(metric.aliases), metric.title, formula, tables, options)
