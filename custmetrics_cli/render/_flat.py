"""An answer as one flat row per result, for csv and tsv: columns in one order, a column only where something fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render._record import Record, result_record

if TYPE_CHECKING:
    from custmetrics_cli.result import Answer, InputReport

Cell = str | int | float | None
Row = dict[str, Cell]
Flat = tuple[tuple[str, ...], list[tuple[Cell, ...]]]

BEFORE = ("metric", "definition", "unit", "period", "start", "end", "complete")
VALUE = ("value", "reason", "interval_low", "interval_high")


def rows_behind(inputs: Sequence[InputReport]) -> Record:
    """Rows over all inputs: read = used + excluded."""
    read, used = sum(i.read for i in inputs), sum(i.used for i in inputs)
    return {"rows_read": read, "rows_used": used, "rows_excluded": read - used}


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
    behind = rows_behind(answer.inputs)
    rows = [_row(result_record(result), behind) for result in answer.results]
    seen = [name for row in rows for name in row] or [*BEFORE, *answer.by, *VALUE, *behind]
    names = tuple(sorted(dict.fromkeys(seen), key=lambda name: (name in behind) + 2 * name.startswith("comparison_")))
    return names, [tuple(row.get(name) for name in names) for row in rows]


def _row(record: Record, behind: Row) -> Row:
    period, money = record["period"], {name: record[name] for name in ("currency",) if name in record}
    cells = (record["metric"], record["definition"], record["unit"], period["name"], period["start"], period["end"], period["complete"])
    before: Row = dict(zip(BEFORE, cells, strict=True))
    value: Row = dict(zip(VALUE, (record["value"], record["reason"], *_ends(record["interval"])), strict=True))
    taken = {*before, *money, *value, *record["totals"], *behind}
    group: Row = {f"group.{name}" if name in taken else name: text for name, text in record["group"].items()}
    return {**before, **group, **value, **money, **record["totals"], **behind, **_comparison(record.get("comparison"))}


def _ends(interval: Record | None) -> tuple[Cell, Cell]:
    return (interval["low"], interval["high"]) if interval else (None, None)


def _comparison(compared: Record | None) -> Row:
    if compared is None:
        return {}
    low, high = _ends(compared["interval"])
    return {
        "comparison_period": compared["period"]["name"],
        "comparison_value": compared["value"],
        "comparison_difference": compared["difference"],
        "comparison_interval_low": low,
        "comparison_interval_high": high,
        "comparison_distinguishable": compared["distinguishable"],
        **_part(compared["compared"]),
    }


def _part(compared: Record | None) -> Row:
    """Of a period that is compared in part only: last, so that they stand in one place whichever row has them."""
    return {"comparison_span": compared["period"]["name"], "comparison_now": compared["value"]} if compared else {}
