"""Find what the Python files of a folder declare, so that a new file needs no entry in another file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


class Discovered(Mapping[str, T]):
    """Module name -> the value that the module declares, in order of name.

    A module belongs to it when a line of its source assigns `declared`. A module is imported when its value is read.
    """

    def __init__(self, folder: ModuleType, declared: str, files: str = "*.py", dashes: bool = False) -> None:
        """files: a glob below the folder. In a sub-folder the name has dots, as "customers.metrics".

        dashes: names of commands, without the sub-folder, and with dashes in place of underscores.
        """
        assigns = re.compile(rf"^{declared}\s*[:=]".encode(), re.MULTILINE)
        self._folder, self._declared = folder.__name__, declared
        modules = (module for root in folder.__path__ for module in _modules(root, files))
        names = sorted(name for name, path in modules if assigns.search(path.read_bytes()))
        self._modules = {name.rpartition(".")[2].replace("_", "-") if dashes else name: name for name in names}

    def __getitem__(self, name: str) -> T:
        value: T = getattr(import_module(f"{self._folder}.{self._modules[name]}"), self._declared)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def _modules(root: str, files: str) -> Iterator[tuple[str, Path]]:
    """Yield the names of modules below a folder, and their paths. Faster than a glob: every command waits for it."""
    below, _, pattern = files.rpartition("/")
    for folder, folders, found in os.walk(root):
        folders[:] = [each for each in folders if below and not each.startswith("__")]
        prefix = folder[len(root) :].lstrip(os.sep).replace(os.sep, ".")
        for file in found:
            if fnmatch(file, pattern):
                yield f"{prefix}.{file[:-3]}".lstrip("."), Path(folder, file)
