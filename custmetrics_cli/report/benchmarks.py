"""Benchmarks: what others published, beside a value of the same metric for a period as long.

A file of them is CSV in UTF-8 with the columns metric, definition, value, unit, industry, period, source, year; all but metric and value
may be empty or left out. period is month, quarter or year, or empty where the length does not matter. Conflicting ones all stand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Benchmark, Result
from custmetrics_cli.metrics import METRICS

SHIPPED = Path(__file__).with_name("benchmarks.csv")
LENGTHS = {"month": 1, "quarter": 3, "year": 12}  # in months
NUMBER = re.compile(r"\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*(%?)\s*")
NEEDED = ("metric", "value")


def read(path: Path) -> list[Benchmark]:
    """Raises CustmetricsError E190 to E196 at the line that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                raise _wrong(
                    "E190", f"benchmarks have no column {missing[0]}", Place(str(path), 1), "its columns begin with metric and value"
                )
            return [_benchmark(row, Place(str(path), rows.line_num)) for row in rows]
    except (UnicodeDecodeError, csv.Error) as fault:
        why = "it is not UTF-8" if isinstance(fault, UnicodeDecodeError) else str(fault)
        raise _wrong("E196", f"benchmarks cannot be read: {why}", Place(str(path)), "write them as CSV in UTF-8") from None


def _benchmark(row: Mapping[str, str | None], at: Place) -> Benchmark:
    cells = {
        name: (row.get(name) or "").strip() for name in ("metric", "definition", "value", "unit", "industry", "period", "source", "year")
    }
    metric, definition = METRICS.get(cells["metric"]), cells["definition"] or "standard"
    if metric is None:
        raise _wrong("E191", f"there is no metric '{cells['metric']}'", at, near(cells["metric"], METRICS))
    if definition not in metric.definitions:
        raise _wrong("E195", f"{metric.name} has no definition '{definition}'", at, near(definition, metric.definitions))
    if cells["period"] not in ("", *LENGTHS):
        raise _wrong("E193", f"'{cells['period']}' is no length of a period", at, f"it is {', '.join(LENGTHS)} or empty")
    unit = metric.unit_of(definition)
    value, currency = _value(cells["value"], cells["unit"], metric, unit, at)
    return Benchmark(metric.name, definition, value, currency, cells["industry"], cells["period"], cells["source"], cells["year"])


def _value(text: str, said: str, metric: Metric, unit: str, at: Place) -> tuple[Fraction, str]:
    """The value as the metric has it, and the currency of money."""
    found = NUMBER.fullmatch(text)
    if not found:
        raise _wrong("E192", f"value: '{text}' is no number", at, "write it as 5.5 or 5.5%")
    percent = bool(found[2]) or said == "%"
    fits = unit == "ratio" if percent else said in ("", unit) or unit == "money"
    if not fits or (unit == "ratio" and not percent and abs(Fraction(found[1])) > 1):
        hint = "% for shares, a currency for money, else nothing"
        raise _wrong("E194", f"'{text}'{said and f' in {said}'} is not in the unit of {metric.name}, {unit}", at, hint)
    return Fraction(found[1]) / (100 if percent else 1), said if unit == "money" and said != unit else ""


def _wrong(code: str, message: str, at: Place, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem(code, message, at, hint))


def beside(answer: Answer, known: Iterable[Benchmark]) -> Answer:
    """The answer with every benchmark that is like a result beside it."""
    every = list(known)
    return answer._replace(results=[result._replace(benchmarks=tuple(_like(result, every))) for result in answer.results])


def _like(result: Result, known: Iterable[Benchmark]) -> Iterator[Benchmark]:
    for each in known:
        same = (each.metric, each.definition) == (result.metric.name, result.definition)
        money = result.unit != "money" or each.currency == (result.currency or "")
        if same and money and (not each.period or _is(result, each.period)):
            yield each


def _is(result: Result, length: str) -> bool:
    return result.period.whole_months and result.period.months == LENGTHS[length]
