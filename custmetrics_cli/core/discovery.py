"""Files that are found and not imported until they are asked for: one file in a folder is one thing, and nothing else knows it by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


class Discovered(Mapping[str, T]):
    """Name of a file -> what it declares under a fixed name, in order of name."""

    def __init__(self, folder: ModuleType, declared: str, without: str = "") -> None:
        self._folder, self._declared = folder.__name__, declared
        self._names = sorted(info.name for info in iter_modules(folder.__path__) if not info.ispkg and info.name != without)

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise KeyError(name)
        found: T = getattr(import_module(f"{self._folder}.{name}"), self._declared)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
