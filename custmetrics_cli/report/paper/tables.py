"""The tables of a report: one for each family, and one for each exhibit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.numbers import sparkline
from custmetrics_cli.render.page import SHADES, Header
from custmetrics_cli.render.paper import Figure, Grid
from custmetrics_cli.render.parts.moments import moments
from custmetrics_cli.report.paper.cards import VERDICTS, change_tone, interval_text, target_tone, value_figure, verdict_text
from custmetrics_cli.report.paper.request import Line, title_of

if TYPE_CHECKING:
    from custmetrics_cli.core.data.yardsticks import Benchmark
    from custmetrics_cli.core.exhibits import Table
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.render.words import Words

EMPTY = Figure("")


class _Column(NamedTuple):
    """A column of a family's table. It is left out if all of its cells are empty."""

    header: Header
    cell: Callable[[Line], Figure]


def family_table(lines: Sequence[Line], words: Words) -> Grid:
    """Return a row for each metric."""
    columns = [column for column in _columns(lines, words) if any(column.cell(line).text for line in lines)]
    rows = [tuple(column.cell(line) for column in columns) for line in lines]
    return Grid(tuple(column.header for column in columns), rows)


def _columns(lines: Sequence[Line], words: Words) -> list[_Column]:
    other = next((words.period(line.last.comparison.period.name) for line in lines if line.last.comparison), "")
    also = next((words.period(line.last.also_compared.period.name) for line in lines if line.last.also_compared), "")
    return [
        _Column(Header(words("column.metric")), lambda line: Figure(title_of(line.last, words), notes=_notes(line.last, words))),
        _Column(Header(words("column.value"), right=True, strong=True), lambda line: value_figure(line.last, words)),
        _Column(Header(words("column.interval"), right=True), lambda line: Figure(interval_text(line.last, words))),
        _Column(Header(other, right=True), lambda line: _other(line.last, words)),
        _Column(Header(words("column.change"), right=True), lambda line: _difference(line.last, words)),
        _Column(Header(words("column.year_ago", period=also), right=True), lambda line: _also(line.last, words)),
        _Column(Header(words("column.trend")), lambda line: _trend(line)),
        _Column(Header(words("column.target")), lambda line: _target(line.last, words)),
    ]


def _notes(result: Result, words: Words) -> tuple[str, ...]:
    """Return why the value is missing, the rule of thumb, and each benchmark in one line."""
    reason = [result.reason] if result.value is None and result.reason else []
    band = [result.band] if result.band else []
    return (*reason, *band, *(words("text.published", value=_benchmark(each, result, words)) for each in result.benchmarks))


def _benchmark(benchmark: Benchmark, result: Result, words: Words) -> str:
    value = words.value(benchmark.value, result.unit, benchmark.currency)
    source = f"{benchmark.source.partition(' (')[0]} {benchmark.year}".strip()
    return ", ".join(part for part in (f"{value} {benchmark.industry}".strip(), source) if part)


def _other(result: Result, words: Words) -> Figure:
    other = result.comparison
    if other is None:
        return EMPTY
    partial = "" if other.complete else f" ({words('text.partial')})"
    text = words.value(other.value, result.unit, result.currency) + partial
    return Figure(text, None if partial else other.value, result.unit, result.currency or "")


def _difference(result: Result, words: Words) -> Figure:
    """Return the difference, and below it whether it is significant."""
    other = result.comparison
    if other is None or other.difference is None:
        return EMPTY
    verdict = verdict_text(result, words)
    text = words.difference(other.difference, result.unit, result.currency)
    cell = Figure(text, other.difference, f"{result.unit} difference", result.currency or "")
    return cell._replace(notes=(verdict,) if verdict else (), tone=change_tone(result))


def _also(result: Result, words: Words) -> Figure:
    """Return the difference from the second period."""
    also = result.also_compared
    if also is None or also.difference is None:
        return EMPTY
    text = words.difference(also.difference, result.unit, result.currency)
    verdict = "" if also.is_significant is None else words("verdict.yes" if also.is_significant else "verdict.no")
    return Figure(text, also.difference, f"{result.unit} difference", result.currency or "", (verdict,) if verdict else ())


def series_table(lines: Sequence[Line], words: Words) -> Iterator[Grid]:
    """Yield the values of each metric by period, if there are several periods."""
    periods = dict.fromkeys(result.period for line in lines for result in line.results)
    if len(periods) < 2:
        return
    headers = (Header(words("column.metric")), *(Header(words.period(period.name), right=True) for period in periods))
    rows = [(Figure(title_of(line.last, words)), *(value_figure(result, words) for result in line.results)) for line in lines]
    yield Grid(headers, [row for row in rows if len(row) == len(headers)], words("text.by_period"))


def _trend(line: Line) -> Figure:
    values = tuple(each.value for each in moments(line.results))
    return Figure(sparkline(values), spark=values) if len(values) > 2 else EMPTY


def _target(result: Result, words: Words) -> Figure:
    if result.target is None:
        return EMPTY
    return Figure(f"{result.target.text} {words(VERDICTS[result.target.met])}", tone=target_tone(result))


def exhibit_tables(result: Result, words: Words) -> Iterator[Grid]:
    """Yield the tables of a result, such as its cohorts, as heat tables with the averages last."""
    for table in result.tables:
        if table.rows:
            yield _heat(table, title_of(result, words), words)


def _heat(table: Table, title: str, words: Words) -> Grid:
    headers = (Header(table.row_header), Header(words("column.size"), right=True), *(Header(name, right=True) for name in table.columns))
    rows = [
        (Figure(row.name), _cell(row.size, table.size_unit, words), *(_cell(cell, table.unit, words) for cell in row.cells))
        for row in table.rows
    ]
    if table.averages:
        rows.append(
            (Figure(table.averaged_by or words("column.mean")), EMPTY, *(_cell(mean, table.unit, words) for mean in table.averages))
        )
    return Grid(headers, rows, title, shading=_shading(table))


def _cell(value: Number | None, unit: str, words: Words) -> Figure:
    return EMPTY if value is None else Figure(words.value(value, unit), value, unit)


def _shading(table: Table) -> list[tuple[int, ...]]:
    """Shade each cell between the smallest and the largest one. Sizes and averages are not shaded."""
    known = [cell for row in table.rows for cell in row.cells if cell is not None]
    low, high = (min(known), max(known)) if known else (0, 0)
    shaded = [(0, 0, *(_shade(cell, low, high) for cell in row.cells)) for row in table.rows]
    return [*shaded, *([(0,) * (len(table.columns) + 2)] if table.averages else [])]


def _shade(cell: Number | None, low: Number, high: Number) -> int:
    """Return a shade from 1 to SHADES, or 0 for an empty cell.

    >>> [_shade(cell, 0, 10) for cell in (None, 0, 1, 5, 10)]
    [0, 1, 1, 3, 5]
    """
    if cell is None:
        return 0
    return SHADES if high == low else max(1, -(-(cell - low) * SHADES // (high - low)))
