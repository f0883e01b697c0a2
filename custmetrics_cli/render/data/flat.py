"""An answer as flat rows, for csv and tsv: columns in one order, and only those that some row fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.exhibits import flat_curve, flat_table
from custmetrics_cli.render.data.records import result_record
from custmetrics_cli.render.document import Cell, Record

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Answer
    from custmetrics_cli.render.document import Flat

Row = dict[str, Cell]

IDENTITY = ("metric", "definition", "unit", "period", "start", "end", "complete")
VALUE = ("value", "reason", "interval_low", "interval_high")


def input_cells(answer: Answer) -> Record:
    """Return the cells that all rows share: rows over all inputs (read = used + excluded), and the settings."""
    read, used = sum(i.read for i in answer.inputs), sum(i.used for i in answer.inputs)
    policies = {"policies": options_cell(answer.policies)} if answer.policies else {}
    return {"rows_read": read, "rows_used": used, "rows_excluded": read - used, **policies}


def options_cell(options: Mapping[str, str | int | float]) -> str:
    """Return options as one cell.

    >>> options_cell({"margin": 0.8, "answers": "all"})
    'margin 0.8; answers all'
    """
    return "; ".join(f"{name} {value}" for name, value in options.items())


def flat(answer: Answer) -> Flat:
    """Return a row for each result, or for each row of its table; then a row for each point of its curves."""
    shared = input_cells(answer)
    rows = [row for result in answer.results for row in _rows(result_record(result), shared)]
    filled = [name for row in rows for name in row] or [*IDENTITY, *answer.by, *VALUE, *shared]
    names = sorted(dict.fromkeys(filled), key=lambda name: (name in shared) + 2 * name.startswith("comparison_"))
    return names, [tuple(row.get(name) for name in names) for row in rows]


def _rows(record: Record, shared: Row) -> Iterator[Row]:
    table = record.get("rows")
    if table and table["rows"]:
        yield from _exhibit(record, table, shared)
    else:
        yield _value(record, shared)
    for exhibit in record.get("exhibits", ()):
        yield from _exhibit(record, exhibit, shared)


def _value(record: Record, shared: Row) -> Row:
    value: Row = dict(zip(VALUE, (record["value"], record["reason"], *_ends(record["interval"])), strict=True))
    optional = {name: record[name] for name in ("folded", "interval_reason", "band") if name in record}
    own = {**value, **optional, **_published(record), **_settings(record), **record["totals"], **shared}
    return {**_identity(record), **_named("group", record["group"], {*IDENTITY, *own}), **own, **_comparison(record.get("comparison"))}


def _published(record: Record) -> Row:
    """Return the cells for the target and the benchmarks of a value."""
    target = {"target": record["target"]["test"], "target_met": record["target"]["met"]} if "target" in record else {}
    return target | ({"benchmarks": _benchmarks(record["benchmarks"])} if "benchmarks" in record else {})


def _benchmarks(benchmarks: Sequence[Record]) -> str:
    return "; ".join(f"{each['value']} {each['industry'] or ''} ({each['source'] or 'no source'})" for each in benchmarks)


def _exhibit(record: Record, exhibit: Record, shared: Row) -> Iterator[Row]:
    """Yield the rows of a table or a curve. The unit is the unit of its figures."""
    before, settings = {**_identity(record), "unit": exhibit["unit"]}, _settings(record)
    prefix, rows = ("curve", flat_curve(exhibit)) if "points" in exhibit else ("grid", flat_table(exhibit))
    for cells in rows:
        own = _named(prefix, cells, {*IDENTITY, *settings, *shared})
        yield {**before, **_named("group", record["group"], {*IDENTITY, *settings, *own, *shared}), **settings, **own, **shared}


def _identity(record: Record) -> Row:
    period = record["period"]
    cells = (record["metric"], record["definition"], record["unit"], period["name"], period["start"], period["end"], period["complete"])
    return dict(zip(IDENTITY, cells, strict=True))


def _settings(record: Record) -> Row:
    """Return the cells that explain the figures: currency, options, totals that do not add up."""
    currency = {name: record[name] for name in ("currency",) if name in record}
    if "profile" in record:
        currency |= {f"profile_{name}": record["profile"][name] for name in ("source", "date")}
        currency |= {"profile_open": ", ".join(record["profile"]["open"])}
    if "window" in record:
        currency |= {f"window_{name}": record["window"][name] for name in ("start", "end")}
    overlapping = {"overlapping": ", ".join(record["overlapping"])} if "overlapping" in record else {}
    return currency | ({"options": options_cell(record["options"])} if "options" in record else {}) | overlapping


def _named(prefix: str, cells: Row, taken: set[str]) -> Row:
    """Return the cells by name, or by prefix.name if another column has that name."""
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
        **({"comparison_verdict": compared["verdict"]} if "verdict" in compared else {}),
        **_per_days(compared.get("per_30_days")),
        **_part(compared["compared"]),
    }


def _per_days(rates: Record | None) -> Row:
    """Return the cells for rates of periods of unequal length."""
    if rates is None:
        return {}
    low, high = _ends(rates["interval"])
    name = "comparison_per_30_days"
    return {name: rates["difference"], f"{name}_interval_low": low, f"{name}_interval_high": high}


def _part(compared: Record | None) -> Row:
    """Return the cells for a period that is compared in part. They come last, so their place is the same in all rows."""
    return {"comparison_span": compared["period"]["name"], "comparison_now": compared["value"]} if compared else {}
