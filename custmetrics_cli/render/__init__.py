"""From answers to text. Renders format; they compute nothing, read nothing and print nothing."""

from __future__ import annotations

from collections.abc import Mapping

from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.render import formats
from custmetrics_cli.render.format import Format
from custmetrics_cli.render.screen import Output

__all__ = ["FORMATS", "Format", "Output", "by_suffix"]


FORMATS: Mapping[str, Format] = Discovered(formats, "FORMAT")


def by_suffix(path: str) -> str | None:
    """The name of the format that a file's name asks for.

    >>> by_suffix("out/churn.MD")
    'markdown'
    >>> by_suffix("/dev/stdout") is None
    True
    """
    return next((name for name, form in FORMATS.items() if path.casefold().endswith(form.suffixes)), None)
