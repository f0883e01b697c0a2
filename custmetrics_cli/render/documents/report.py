"""A report: every metric for one period, a table for each family, and the metrics that could not be computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.result import NotComputed, Report, Result
from custmetrics_cli.render.data.flat import flat, input_cells
from custmetrics_cli.render.data.records import checks_record, document, result_record
from custmetrics_cli.render.documents.paper import paper_of_page
from custmetrics_cli.render.numbers import difference_text, sparkline, value_text
from custmetrics_cli.render.page import Header, Line, Page, Table, aligned
from custmetrics_cli.render.parts.definitions.sources import report_lines
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.parts.results import period_cell
from custmetrics_cli.render.parts.targets import benchmark_lines, target_text
from custmetrics_cli.render.text import period_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat, Record
    from custmetrics_cli.render.paper import Paper

VERDICTS = {True: "yes", False: "no", None: ""}


class ReportDocument(NamedTuple):
    """A document of all metrics."""

    report: Report
    make_paper: Callable[[], Paper] | None = None  # the content for a file that is forwarded, made on first use

    @property
    def is_forwarded(self) -> bool:
        """True: the files of a report are sent on."""
        return True

    def paper(self) -> Paper:
        """Return the content that report/ decided."""
        return self.make_paper() if self.make_paper else paper_of_page(self.page(False))

    def page(self, ascii: bool) -> Page:
        """Return a table for each family. All tables have the same columns: those that some metric fills.

        Metrics without any value are named at the end, with the reason.
        """
        report = self.report
        results, empty = _with_and_without_value(report.answer.results)
        columns = [column for column in _columns(results, ascii) if any(column.cell(result) for result in results)]
        page: Page = [Line(scoped(f"Report, {period_text(report.period)}", report.answer.policies), strong=True)]
        for family, each in groupby(results, lambda result: result.metric.family):
            members = list(each)
            page += [Line(), Line(family, strong=True), _table(columns, members), *_reasons(members), *benchmark_lines(members)]
        currencies = [result.currency for result in results if result.has_money]
        page += report_lines(results)
        return [*page, *_missing(empty, report.missing), *footer(report.answer.policies.items(), report.answer.inputs, currencies)]

    def record(self) -> Record:
        """Return the results as an answer has them, then the families and the missing metrics."""
        report = self.report
        families = [
            {"family": family, "metrics": list(dict.fromkeys(result.metric.name for result in each))}
            for family, each in groupby(report.answer.results, lambda result: result.metric.family)
        ]
        body = {
            "results": [result_record(result) for result in report.answer.results],
            **checks_record(report.answer.checks),
            "report": {"families": families, "missing": [_missing_record(each) for each in report.missing]},
        }
        return document(report.answer.inputs, body, report.answer.warnings, report.answer.policies)

    def records(self) -> Iterator[Record]:
        """Yield each metric, with the rows of the inputs."""
        shared = input_cells(self.report.answer)
        return ({**result_record(result), **shared} for result in self.report.answer.results)

    def flat(self) -> Flat:
        return flat(self.report.answer)


class _Column(NamedTuple):
    """A column of a family's table."""

    header: Header
    cell: Callable[[Result], str]
    short: _Column | None = None  # the column of a narrow table in its place; None: left out


def _columns(results: Sequence[Result], ascii: bool) -> list[_Column]:
    others = {result.comparison.period.name for result in results if result.comparison}
    other = next(iter(others), "") if len(others) < 2 else "before"
    name = _Column(Header("metric"), lambda result: result.metric.name)
    marked = _Column(Header("difference, * significant", right=True), lambda result: _difference(result) + _mark(result))
    return [
        _Column(Header("metric"), lambda result: result.value_title, name),
        *([_always(Header("period"), period_cell)] if len({result.period for result in results}) > 1 else []),
        _always(
            Header("value", right=True, strong=True), lambda result: value_text(result.value, result.unit, result.currency, named=False)
        ),
        _always(Header(other, right=True), _other_value),
        _Column(Header("difference", right=True), _difference, marked),
        _Column(Header("significant"), lambda result: result.comparison.verdict if result.comparison else ""),
        _always(Header("trend"), lambda result: sparkline([point.value for point in result.trend.points], ascii) if result.trend else ""),
        _always(Header("target"), lambda result: target_text(result.target)),
        _always(Header("rule of thumb"), lambda result: result.band or ""),
    ]


def _always(header: Header, cell: Callable[[Result], str]) -> _Column:
    """Return a column that a narrow table has too."""
    return _Column(header, cell, _Column(header, cell))


def _mark(result: Result) -> str:
    return " *" if result.comparison and result.comparison.is_significant else ""


def _other_value(result: Result) -> str:
    return value_text(result.comparison.value, result.unit, result.currency, named=False) if result.comparison else ""


def _difference(result: Result) -> str:
    difference = result.comparison.difference if result.comparison else None
    return "" if difference is None else difference_text(difference, result.unit, result.currency, named=False)


def _table(columns: Sequence[_Column], results: Sequence[Result]) -> Table:
    """Return the table with its short form, which has no empty columns."""
    short = [column.short for column in columns if column.short and any(column.short.cell(result) for result in results)]
    return _filled(columns, results)._replace(short=_filled(short, results))


def _filled(columns: Sequence[_Column], results: Sequence[Result]) -> Table:
    return Table(tuple(column.header for column in columns), [tuple(column.cell(result) for column in columns) for result in results])


def _reasons(results: Sequence[Result]) -> Page:
    return aligned([(f"  {result.metric.name}", result.reason) for result in results if result.reason])


def _with_and_without_value(results: Sequence[Result]) -> tuple[list[Result], list[Result]]:
    """Return the results of metrics that have a value in some period, also one that is compared with, and all others."""
    shown = {result.metric.name for result in results if result.value is not None or _has_other_value(result)}
    with_value = [result for result in results if result.metric.name in shown]
    return with_value, [result for result in results if result.metric.name not in shown]


def _has_other_value(result: Result) -> bool:
    return bool(result.target or (result.comparison and result.comparison.value is not None))


def _missing(empty: Sequence[Result], missing: Sequence[NotComputed]) -> Page:
    """Return each reason and each problem once, with the metrics that have it."""
    problems: dict[str, dict[str, None]] = {}
    reasons = [(each.metric.name, each.reason or "") for each in empty]
    for name, message in [*reasons, *((each.metric.name, each.problem.message) for each in missing)]:
        problems.setdefault(message, {})[name] = None
    lines = [line for message, names in problems.items() for line in (Line(f"  {message}"), Line(f"    {', '.join(names)}"))]
    return [Line(), Line("Not computed", strong=True), *lines] if lines else []


def _missing_record(missing: NotComputed) -> Record:
    problem = missing.problem
    return {
        "metric": missing.metric.name,
        "title": missing.metric.title,
        "family": missing.metric.family,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint or None,
    }
