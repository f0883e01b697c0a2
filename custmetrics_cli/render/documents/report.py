"""Every metric for one period: a table for each family, and what could not be computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.answer import NotComputed, Report
from custmetrics_cli.core.result import Result
from custmetrics_cli.render.data.flat import behind, flat
from custmetrics_cli.render.data.records import document, result_record
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.numbers import difference_text, sparkline, value_text
from custmetrics_cli.render.page import Heading, Line, Page, Table, aligned, amounts_in, period_text, settings_text, skipped_rows
from custmetrics_cli.render.parts.targets import benchmark_lines, target_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat

VERDICTS = {True: "yes", False: "no", None: ""}


class ReportDocument(NamedTuple):
    report: Report

    def page(self, ascii: bool) -> Page:
        """By family; columns that no metric fills are left out throughout, so that the tables are alike."""
        report, results = self.report, self.report.answer.results
        columns = [column for column in _columns(results, ascii) if any(column.cell(result) for result in results)]
        page: Page = [Line(f"Report, {period_text(report.period)}", strong=True)]
        for family, each in groupby(results, lambda result: result.metric.family):
            mine = list(each)
            page += [Line(), Line(family, strong=True), _sheet(columns, mine), *_reasons(mine), *benchmark_lines(mine)]
        return [
            *page,
            *_missing(report.missing),
            Line(),
            *amounts_in(result.currency for result in results if result.has_money),
            *settings_text(report.answer.policies),
            *skipped_rows(report.answer.inputs),
        ]

    def record(self) -> Record:
        """The results as an answer has them, and what is no result."""
        report = self.report
        families = [
            {"family": family, "metrics": [result.metric.name for result in each]}
            for family, each in groupby(report.answer.results, lambda result: result.metric.family)
        ]
        body = {
            "results": [result_record(result) for result in report.answer.results],
            "report": {"families": families, "missing": [_missing_record(each) for each in report.missing]},
        }
        return document(report.answer.inputs, body, report.answer.warnings, report.answer.policies)

    def records(self) -> Iterator[Record]:
        """Per metric, with the rows it stands on."""
        beside = behind(self.report.answer)
        return ({**result_record(result), **beside} for result in self.report.answer.results)

    def flat(self) -> Flat:
        return flat(self.report.answer)


class _Column(NamedTuple):
    """brief: the column in its place where there is little room; None: none is."""

    head: Heading
    cell: Callable[[Result], str]
    brief: _Column | None = None


def _columns(results: Sequence[Result], ascii: bool) -> list[_Column]:
    other = next((result.comparison.period.name for result in results if result.comparison), "")
    name = _Column(Heading("metric"), lambda result: result.metric.name)
    marked = _Column(Heading("difference, * beyond chance", right=True), lambda result: _difference(result) + _mark(result))
    return [
        _Column(Heading("metric"), lambda result: result.metric.title, name),
        _same(Heading("value", right=True, strong=True), lambda result: value_text(result.value, result.unit)),
        _same(Heading(other, right=True), _then),
        _Column(Heading("difference", right=True), _difference, marked),
        _Column(Heading("beyond chance"), lambda result: VERDICTS[result.comparison.is_significant] if result.comparison else ""),
        _same(Heading("trend"), lambda result: sparkline([point.value for point in result.trend], ascii)),
        _same(Heading("target"), lambda result: target_text(result.target)),
        _same(Heading("rule of thumb"), lambda result: result.band or ""),
    ]


def _same(head: Heading, cell: Callable[[Result], str]) -> _Column:
    return _Column(head, cell, _Column(head, cell))


def _mark(result: Result) -> str:
    return " *" if result.comparison and result.comparison.is_significant else ""


def _then(result: Result) -> str:
    return value_text(result.comparison.value, result.unit) if result.comparison else ""


def _difference(result: Result) -> str:
    return (
        difference_text(result.comparison.difference, result.unit) if result.comparison and result.comparison.difference is not None else ""
    )


def _sheet(columns: Sequence[_Column], results: Sequence[Result]) -> Table:
    """In brief without the columns that these results do not fill."""
    brief = [column.brief for column in columns if column.brief and any(column.brief.cell(result) for result in results)]
    return _of(columns, results)._replace(short=_of(brief, results))


def _of(columns: Sequence[_Column], results: Sequence[Result]) -> Table:
    return Table(tuple(column.head for column in columns), [tuple(column.cell(result) for column in columns) for result in results])


def _reasons(results: Sequence[Result]) -> Page:
    return aligned([(f"  {result.metric.name}", result.reason) for result in results if result.reason])


def _missing(missing: Sequence[NotComputed]) -> Page:
    """What lacks the same stands together."""
    lacks: dict[str, list[str]] = {}
    for each in missing:
        lacks.setdefault(each.problem.message, []).append(each.metric.name)
    lines = [line for why, names in lacks.items() for line in (Line(f"  {why}"), Line(f"    {', '.join(names)}"))]
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
