"""Text measured and wrapped in the columns of a terminal."""

from __future__ import annotations

import re

WORD = re.compile(r"\s*\S+\s*")


def width_of(text: str) -> int:
    """Return the columns that a text fills: a wide character fills two, a combining one none.

    >>> width_of("plan"), width_of("世界"), width_of("e\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """Return lines no wider than width, broken between words; a word is broken only if it is wider than a line.

    >>> wrap("no significant change", 11), wrap("abcdefg on", 4)
    (['no', 'significant', 'change'], ['abcd', 'efg', 'on'])
    """
    if width_of(text) <= width:
        return [text]
    lines = [""]
    for word in WORD.findall(text):
        if width_of(lines[-1] + word.rstrip()) <= width:
            lines[-1] += word
        else:
            pieces = _chop(word, width)
            lines[-1:] = [*([lines[-1]] if lines[-1] else []), *pieces]
    return [line.rstrip() for line in lines]


def _chop(word: str, width: int) -> list[str]:
    """Return the word in pieces no wider than width, with at least one character each."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and not letter.isspace() and width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
