"""Values that several questions about the same tables share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from custmetrics_cli.core.data.table_view import Made
from custmetrics_cli.core.options import Value
from custmetrics_cli.core.tracked import TrackedMapping


class RunCache:
    """Values by key, each computed once.

    Use one cache only for questions with the same tables, --by, --where, --gap, --as-of and --currency: keys do not name them.
    """

    def __init__(self) -> None:
        self._values: dict[Any, Any] = {}

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return make(), computed once per key."""
        if key not in self._values:
            self._values[key] = make()
        value: Made = self._values[key]
        return value

    def once_for_options(self, key: Any, options: Mapping[str, Value], make: Callable[[Mapping[str, Value]], Made]) -> Made:
        """Return make(options), computed once per key and per values of the options that it reads."""
        computed: list[tuple[TrackedMapping[Value], Made]] = self.once(key, list)
        for used, value in computed:
            if used.reads_same(options):
                return value
        tracked = TrackedMapping(options)
        value = make(tracked)
        computed.append((tracked, value))
        return value
