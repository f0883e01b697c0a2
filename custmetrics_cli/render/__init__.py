"""From answers to text. Renderers only format: they compute, read and print nothing."""

from __future__ import annotations

from collections.abc import Mapping

from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.render import formats
from custmetrics_cli.render.format import Format

FORMATS: Mapping[str, Format] = Discovered(formats, "FORMAT")


def by_suffix(path: str) -> str | None:
    """Return the name of the format that the suffix of a file asks for.

    >>> by_suffix("out/churn.MD")
    'markdown'
    >>> by_suffix("/dev/stdout") is None
    True
    """
    named = [(suffix, name) for name, form in FORMATS.items() for suffix in form.suffixes if path.casefold().endswith(suffix)]
    return max(named, key=lambda each: len(each[0]))[1] if named else None
