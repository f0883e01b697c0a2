"""An answer as one flat row per result, for csv and tsv: columns in one order, a column only where something fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render._record import Record, result_record

if TYPE_CHECKING:
    from custmetrics_cli.result import Answer, InputReport

Cell = str | int | float | None
Flat = tuple[tuple[str, ...], list[tuple[Cell, ...]]]


def rows_behind(inputs: Sequence[InputReport]) -> Record:
    """Rows over all inputs: read = used + excluded."""
    read, used = sum(i.read for i in inputs), sum(i.used for i in inputs)
    return {"read": read, "used": used, "excluded": read - used}


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """
    >>> unique(["plan", "plan", "name"])
    ('plan', 'plan.2', 'name')
    """
    kept: dict[str, None] = {}
    for name in names:
        count = 1
        while (shown := name if count == 1 else f"{name}.{count}") in kept:
            count += 1
        kept[shown] = None
    return tuple(kept)


def flat(answer: Answer) -> Flat:
    """Columns and rows; cells are figures of the JSON contract, or text. An absent value is None."""
    rows = [_row(result_record(result), answer) for result in answer.results]
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    first = [name for name in names if not name.startswith("comparison_")]
    ordered = (*first, *(name for name in names if name.startswith("comparison_")))
    return ordered, [tuple(row.get(name) for name in ordered) for row in rows]


def _row(record: Record, answer: Answer) -> dict[str, Cell]:
    before: dict[str, Cell] = {name: record[name] for name in ("metric", "definition", "unit", "currency") if name in record}
    when: dict[str, Cell] = {"period": record["period"]["name"], "start": record["period"]["start"], "end": record["period"]["end"]}
    interval = record["interval"] or {"low": None, "high": None}
    after: dict[str, Cell] = {
        "value": record["value"],
        "reason": record["reason"],
        "interval_low": interval["low"],
        "interval_high": interval["high"],
        **record["totals"],
    }
    rows: dict[str, Cell] = {f"rows_{name}": count for name, count in rows_behind(answer.inputs).items()}
    fixed: dict[str, Cell] = {**before, **when, "complete": record["period"]["complete"]}
    taken = {*fixed, *after, *rows}
    group: dict[str, Cell] = {f"group.{name}" if name in taken else name: value for name, value in record["group"].items()}
    return {**fixed, **group, **after, **rows, **_comparison(record)}


def _comparison(record: Record) -> dict[str, Cell]:
    compared = record.get("comparison")
    if compared is None:
        return {}
    interval = compared["interval"] or {"low": None, "high": None}
    return {
        "comparison_period": compared["period"]["name"],
        "comparison_value": compared["value"],
        "comparison_difference": compared["difference"],
        "comparison_interval_low": interval["low"],
        "comparison_interval_high": interval["high"],
        "comparison_distinguishable": compared["distinguishable"],
    }
