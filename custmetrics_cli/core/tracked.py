"""A mapping that remembers which of its values were read, so that nothing needs to declare what it depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class TrackedMapping(Mapping[str, T]):
    """Values by name, and the names that were read.

    >>> options = TrackedMapping({"scale": "0-10", "top": 3})
    >>> options["scale"], options.get("margin"), sorted(options.names_read)
    ('0-10', None, ['margin', 'scale'])
    >>> options.reads_same({"scale": "0-10"}), options.reads_same({"scale": "1-5"}), options.reads_same({"scale": "0-10", "margin": 1})
    (True, False, False)
    """

    def __init__(self, values: Mapping[str, T]) -> None:
        self._values = values
        self.names_read: set[str] = set()
        self._all_read = False

    def __getitem__(self, name: str) -> T:
        self.names_read.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        self._all_read = True
        return iter(self._values)

    def __len__(self) -> int:
        self._all_read = True
        return len(self._values)

    def reads_same(self, others: Mapping[str, T]) -> bool:
        """Return True if every value read so far is the same in the others."""
        if self._all_read:
            return others == self._values
        return all(self._values.get(name) == others.get(name) for name in self.names_read)
