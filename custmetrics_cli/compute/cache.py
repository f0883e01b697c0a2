"""What questions about the same tables share: rows are made and counted once, whoever asks for them first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.data.table_view import Made, Money
from custmetrics_cli.core.options import Value

if TYPE_CHECKING:
    from custmetrics_cli.compute.source import LoadedView

Tables = tuple[str, ...]


class TrackedMapping(Mapping[str, Value]):
    """Options that note which of them are looked at: what was counted with them holds wherever those are the same.

    >>> options = TrackedMapping({"scale": "0-10", "top": 3})
    >>> options["scale"], options.get("margin")
    ('0-10', None)
    >>> options.gives_same({"scale": "0-10"}), options.gives_same({"scale": "1-5"}), options.gives_same({"scale": "0-10", "margin": 1})
    (True, False, False)
    """

    def __init__(self, options: Mapping[str, Value]) -> None:
        self._options = options
        self._seen: set[str] = set()
        self._whole = False

    def __getitem__(self, name: str) -> Value:
        self._seen.add(name)
        return self._options[name]

    def __iter__(self) -> Iterator[str]:
        self._whole = True
        return iter(self._options)

    def __len__(self) -> int:
        self._whole = True
        return len(self._options)

    def gives_same(self, others: Mapping[str, Value]) -> bool:
        """Whether nobody who looked at these would have seen another value in the others."""
        return others == self._options if self._whole else all(self._options.get(name) == others.get(name) for name in self._seen)


@dataclass(eq=False, repr=False)
class RunCache:
    """By what it is made of. Of one engine's frames, one choice of --by, --where, --gap and --currency, and one knowledge of the data."""

    sources: dict[tuple[Tables, Tables], LoadedView] = field(default_factory=dict)
    made: dict[Any, list[tuple[TrackedMapping, Any]]] = field(default_factory=dict)
    money: dict[str, Money] = field(default_factory=dict)  # by table
    missing: dict[str, dict[str, int]] = field(default_factory=dict)  # by table: a currency, and the first day without a rate
    checked: dict[Any, int] = field(default_factory=dict)
    proven: set[Any] = field(default_factory=set)  # identities, each with what was counted of its totals

    def once(self, key: Any, options: Mapping[str, Value], make: Callable[[TrackedMapping], Made]) -> Made:
        """What make gives for a key, with options that do not differ in anything it looked at."""
        known = self.made.setdefault(key, [])
        for looked, made in known:
            if looked.gives_same(options):
                found: Made = made
                return found
        looked = TrackedMapping(options)
        found = make(looked)
        known.append((looked, found))
        return found
