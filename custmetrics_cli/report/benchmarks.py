"""Published benchmarks, shown with a value of the same metric for a period of the same length.

A benchmarks file is CSV in UTF-8. Its columns are metric, definition, value, unit, industry, period, source and year. Only
metric and value are required. period is month, quarter, year or empty (any length). Benchmarks that contradict each other
are all shown.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from custmetrics_cli.core.data.yardsticks import Benchmark
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Answer, Result
from custmetrics_cli.metrics import METRICS

SHIPPED = Path(__file__).with_name("benchmarks.csv")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
NUMBER = re.compile(r"\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*(%?)\s*")
COLUMNS = ("metric", "definition", "value", "unit", "industry", "period", "source", "year")
REQUIRED = ("metric", "value")


def read_benchmarks(path: Path) -> list[Benchmark]:
    """Read a benchmarks file. Raises CustmetricsError E190 to E196 at the wrong line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in REQUIRED if name not in (rows.fieldnames or ())]
            if missing:
                message, hint = f"benchmarks have no column {missing[0]}", "add it: metric and value are required"
                raise _error("E190", message, Place(str(path), 1), hint)
            return [_benchmark(row, Place(str(path), rows.line_num)) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        reason = "the file is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise _error("E196", f"benchmarks cannot be read: {reason}", Place(str(path)), "save the file as CSV in UTF-8") from None


def _benchmark(row: Mapping[str, str | None], place: Place) -> Benchmark:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    metric, definition = METRICS.get(cells["metric"]), cells["definition"] or "standard"
    if metric is None:
        raise _error("E191", f"unknown metric '{cells['metric']}'", place, near(cells["metric"], METRICS))
    if definition not in metric.definitions:
        raise _error("E195", f"{metric.name} has no definition '{definition}'", place, near(definition, metric.definitions))
    if cells["period"] not in ("", *MONTHS):
        hint = f"write {' or '.join(MONTHS)}, or leave it empty"
        raise _error("E193", f"'{cells['period']}' is not a period length", place, hint)
    value, currency = _value(cells["value"], cells["unit"], metric, metric.unit_of(definition), place)
    return Benchmark(metric.name, definition, value, currency, cells["industry"], cells["period"], cells["source"], cells["year"])


def _value(text: str, written_unit: str, metric: Metric, unit: str, place: Place) -> tuple[Fraction, str]:
    """Return the value in the unit of the metric, and the currency of money."""
    match = NUMBER.fullmatch(text)
    if not match:
        raise _error("E192", f"value: '{text}' is not a number", place, "write it as 5.5 or 5.5%")
    percent = bool(match[2]) or written_unit == "%"
    fits = unit == "ratio" if percent else written_unit in ("", unit) or unit == "money"
    if not fits or (unit == "ratio" and not percent and abs(Fraction(match[1])) > 1):
        hint = "write % for shares, a currency for money, otherwise leave the unit empty"
        written = f"'{text}' in {written_unit}" if written_unit else f"'{text}'"
        raise _error("E194", f"{written} does not fit {metric.name}: its unit is {unit}", place, hint)
    return Fraction(match[1]) / (100 if percent else 1), written_unit if unit == "money" and written_unit != unit else ""


def _error(code: str, message: str, place: Place, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem(code, message, place, hint))


def add_benchmarks(answer: Answer, benchmarks: Iterable[Benchmark]) -> Answer:
    """Return the answer with the benchmarks that match each result."""
    known = list(benchmarks)
    results = [result._replace(benchmarks=tuple(each for each in known if _matches(each, result))) for result in answer.results]
    return answer._replace(results=results)


def _matches(benchmark: Benchmark, result: Result) -> bool:
    same_metric = (benchmark.metric, benchmark.definition) == (result.metric.name, result.definition)
    same_currency = result.unit != "money" or benchmark.currency == (result.currency or "")
    return same_metric and same_currency and (not benchmark.period or _lasts(result, benchmark.period))


def _lasts(result: Result, length: str) -> bool:
    return result.period.whole_months and result.period.months == MONTHS[length]
