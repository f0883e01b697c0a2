"""An answer as flat rows, for csv and tsv: columns in one order, a column only where something fills it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.records import policies_text, result_record
from custmetrics_cli.render.document import Cell, Record
from custmetrics_cli.render.parts.options import options_text
from custmetrics_cli.render.parts.targets import benchmarks_text

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.answer import Answer
    from custmetrics_cli.render.document import Flat

Row = dict[str, Cell]

BEFORE = ("metric", "definition", "unit", "period", "start", "end", "complete")
VALUE = ("value", "reason", "interval_low", "interval_high")


def behind(answer: Answer) -> Record:
    """What all results stand on: rows over all inputs (read = used + excluded), and how they were read."""
    read, used = sum(i.read for i in answer.inputs), sum(i.used for i in answer.inputs)
    policies = {"policies": policies_text(answer.policies)} if answer.policies else {}
    return {"rows_read": read, "rows_used": used, "rows_excluded": read - used, **policies}


def flat(answer: Answer) -> Flat:
    """A row per result, or per row of its grid."""
    beside = behind(answer)
    rows = [row for result in answer.results for row in _rows(result_record(result), beside)]
    seen = [name for row in rows for name in row] or [*BEFORE, *answer.by, *VALUE, *beside]
    names = sorted(dict.fromkeys(seen), key=lambda name: (name in beside) + 2 * name.startswith("comparison_"))
    return names, [tuple(row.get(name) for name in names) for row in rows]


def _rows(record: Record, beside: Row) -> Iterable[Row]:
    grid = record.get("rows")
    return _cells(record, grid, beside) if grid and grid["rows"] else [_row(record, beside)]


def _row(record: Record, beside: Row) -> Row:
    value: Row = dict(zip(VALUE, (record["value"], record["reason"], *_ends(record["interval"])), strict=True))
    band = {"band": record["band"]} if "band" in record else {}
    own = {**value, **band, **_published(record), **_said(record), **record["totals"], **beside}
    return {**_before(record), **_named("group", record["group"], {*BEFORE, *own}), **own, **_comparison(record.get("comparison"))}


def _published(record: Record) -> Row:
    """The target and the benchmarks beside a value."""
    target = {"target": record["target"]["test"], "target_met": record["target"]["met"]} if "target" in record else {}
    return target | ({"benchmarks": benchmarks_text(record["benchmarks"])} if "benchmarks" in record else {})


def _cells(record: Record, grid: Record, beside: Row) -> Iterator[Row]:
    """A row per row of the grid. The unit is that of its cells."""
    before, said = {**_before(record), "unit": grid["unit"]}, _said(record)
    names = (grid["head"], "size", *grid["columns"])
    for row in grid["rows"]:
        cells = dict(zip(names, (row["name"], row["size"], *row["cells"]), strict=True))
        own = _named("grid", cells, {*BEFORE, *said, *beside})
        yield {**before, **_named("group", record["group"], {*BEFORE, *said, *own, *beside}), **said, **own, **beside}


def _before(record: Record) -> Row:
    period = record["period"]
    cells = (record["metric"], record["definition"], record["unit"], period["name"], period["start"], period["end"], period["complete"])
    return dict(zip(BEFORE, cells, strict=True))


def _said(record: Record) -> Row:
    """What says how figures are meant: their currency, the options in effect."""
    currency = {name: record[name] for name in ("currency",) if name in record}
    overlapping = {"overlapping": ", ".join(record["overlapping"])} if "overlapping" in record else {}
    return currency | ({"options": options_text(record["options"])} if "options" in record else {}) | overlapping


def _named(prefix: str, cells: Row, taken: set[str]) -> Row:
    """Cells under their names, or under prefix.name where something else is called so."""
    return {f"{prefix}.{name}" if name in taken else name: cell for name, cell in cells.items()}


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
