"""The marks between the cells of a line. A mark that is added here is found in files, shown, completed and taken by --delimiter."""

from __future__ import annotations

from collections.abc import Mapping

DELIMITERS: Mapping[str, str] = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "^": "caret"}
"""Each mark -> its name, in the order in which equally good ones are tried."""


def likely_delimiter(line: str) -> str:
    """Return the mark that a line has most often.

    >>> likely_delimiter("id;sum, EUR;day"), likely_delimiter("id")
    (';', ',')
    """
    return max(DELIMITERS, key=line.count)
