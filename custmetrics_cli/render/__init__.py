"""From answers to text. Renders format; they compute nothing, read nothing and print nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from custmetrics_cli.render import formats
from custmetrics_cli.render._format import Format, Screen

__all__ = ["FORMATS", "Format", "Screen", "by_suffix"]


class Formats(Mapping[str, Format]):
    """Name -> format, in order of name. One that is not asked for is not imported."""

    def __init__(self) -> None:
        self._names = sorted(info.name for info in iter_modules(formats.__path__))

    def __getitem__(self, name: str) -> Format:
        if name not in self._names:
            raise KeyError(name)
        found: Format = import_module(f"{formats.__name__}.{name}").FORMAT
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


FORMATS = Formats()


def by_suffix(path: str) -> str | None:
    """The name of the format that a file's name asks for.

    >>> by_suffix("out/churn.MD")
    'markdown'
    >>> by_suffix("/dev/stdout") is None
    True
    """
    return next((name for name, form in FORMATS.items() if path.casefold().endswith(form.suffixes)), None)
