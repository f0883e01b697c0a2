"""The reading that the columns of the files allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.readings.columns import SUBSCRIPTION
from custmetrics_cli.core.data.reading import AS_READ, Need, Reading, settled
from custmetrics_cli.engines.query.run import flag, total
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Definition
    from custmetrics_cli.ingest.loaded import Loaded


class Settled(NamedTuple):
    """A reading, and the needs of the definition that the files do not meet."""

    reading: Reading
    missing: tuple[Need, ...] = ()


def settle(definition: Definition, loaded: Loaded, table: str, cache: RunCache) -> Settled:
    """Return the reading of a table. Tables whose rows do not last are read as they are."""
    if not TABLES[table].has_spans:
        return Settled(AS_READ)
    if definition.reading._replace(gap=None) == AS_READ:
        return Settled(AS_READ)
    has = set(loaded.present[table])
    if definition.reading.grain != AS_READ.grain and not cache.once(("names subscriptions", table), lambda: _names_all(loaded, table)):
        has.discard(SUBSCRIPTION)
    reading, missing = settled(definition.reading, definition.needs_columns, has)
    return Settled(reading._replace(gap=None), missing)


def _names_all(loaded: Loaded, table: str) -> bool:
    """Return True if every row has the id of its subscription."""
    words = loaded.words[table].get(SUBSCRIPTION)
    if words is None:
        return False
    code = nw.col(loaded.split_columns[table][SUBSCRIPTION])
    return total(loaded.used(table).select(count=flag(code == len(words))), "count") == 0
