"""The reading that the columns of the files allow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.readings.columns import SUBSCRIPTION, day_column
from custmetrics_cli.compute.view import choose_tables
from custmetrics_cli.core.data.reading import AS_READ, Need, Reading, settled
from custmetrics_cli.core.data.yardsticks import Kept
from custmetrics_cli.engines.query.run import flag, total
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Definition
    from custmetrics_cli.ingest.loaded import Loaded


class Settled(NamedTuple):
    """The reading of each table of customers, and the needs of the definition that the files do not meet."""

    readings: Mapping[str, Reading] = {}
    missing: tuple[Need, ...] = ()
    partly: tuple[Kept, ...] = ()  # choices that some rows do not allow

    def reading_of(self, table: str) -> Reading:
        """Return the reading of a table. Tables whose rows do not last are read as they are."""
        return self.readings.get(table, AS_READ)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The choices that the files do not allow."""
        return (*(Kept(need.axis, need.column, need.without) for need in self.missing), *self.partly)

    def policies(self, names: Collection[str]) -> dict[str, str]:
        """Return those of the policies that the definition decides; {} for our own."""
        fields = {field: value for reading in self.readings.values() for field, value in reading._asdict().items() if reading != AS_READ}
        return {name: fields[field] for name in names if name != "gap" and (field := name.replace("-", "_")) in fields}


def settle(definition: Definition | None, loaded: Loaded, cache: RunCache) -> Settled:
    """Return the readings of the tables that a definition counts from first."""
    if definition is None or definition.reading._replace(gap=None) == AS_READ:
        return Settled()
    tables = dict.fromkeys(choose_tables(dataset, loaded)[0] for dataset in definition.datasets)
    found = {table: _settle(definition, loaded, table, cache) for table in tables}
    missing = dict.fromkeys(need for _, needs in found.values() for need in needs)
    readings = {table: reading._replace(gap=None) for table, (reading, _) in found.items() if TABLES[table].has_spans}
    partly = [kept for table, reading in readings.items() if (kept := _without_day(reading, loaded, table, cache))]
    return Settled(readings, tuple(missing), tuple(partly))


def _without_day(reading: Reading, loaded: Loaded, table: str, cache: RunCache) -> Kept | None:
    """Return the ended rows without the day that the reading ends them on, None without such rows."""
    column = day_column(reading)
    if not column:
        return None

    def count() -> int:
        return total(loaded.used(table).select(count=flag((nw.col("ended_at") < FAR) & (nw.col(column) == FAR))), "count")

    rows = cache.once(("ended without", column, table), count)
    return Kept("churn-date", column, AS_READ.churn_date, rows) if rows else None


def _settle(definition: Definition, loaded: Loaded, table: str, cache: RunCache) -> tuple[Reading, tuple[Need, ...]]:
    if not TABLES[table].has_spans:
        return AS_READ, _of_rows(definition.reading)
    has = set(loaded.present[table])
    if definition.reading.grain != AS_READ.grain and not cache.once(("names subscriptions", table), lambda: _names_all(loaded, table)):
        has.discard(SUBSCRIPTION)
    return settled(definition.reading, definition.needs_columns, has)


def _of_rows(reading: Reading) -> tuple[Need, ...]:
    """Return the choices that rows without an end cannot have."""
    changed = [field for field, value in reading._asdict().items() if field != "gap" and value != getattr(AS_READ, field)]
    return tuple(Need(field.replace("_", "-"), field, "end of service", str(getattr(AS_READ, field) or "never")) for field in changed)


def _names_all(loaded: Loaded, table: str) -> bool:
    """Return True if every row has the id of its subscription."""
    words = loaded.words[table].get(SUBSCRIPTION)
    if words is None:
        return False
    code = nw.col(loaded.split_columns[table][SUBSCRIPTION])
    return total(loaded.used(table).select(count=flag(code == len(words))), "count") == 0
