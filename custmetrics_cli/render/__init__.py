"""From answers to text. Renders format; they compute nothing, read nothing and print nothing."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from custmetrics_cli.render._format import Format, Screen

__all__ = ["FORMATS", "Format", "Screen", "by_suffix"]

FORMATS: dict[str, Format] = {
    form.name: form
    for module in sorted(info.name for info in iter_modules(__path__) if not info.name.startswith("_"))
    if (form := getattr(import_module(f"{__name__}.{module}"), "FORMAT", None))
}


def by_suffix(path: str) -> Format | None:
    """The format that a file's name asks for.

    >>> by_suffix("out/churn.MD").name
    'markdown'
    >>> by_suffix("/dev/stdout") is None
    True
    """
    return next((form for form in FORMATS.values() if path.casefold().endswith(form.suffixes)), None)
