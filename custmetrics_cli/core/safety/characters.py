"""The table of unsafe characters, for every writer: what may act on a terminal, hide from a reader, or run in a spreadsheet."""

from __future__ import annotations

import re

# Controls (C0, DEL, C1), surrogates, bidirectional marks, zero-width and format characters, fillers, variation selectors, tags.
CONTROLS = "\x00-\x1f\x7f-\x9f\ud800-\udfff"
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
SELECTORS = "\ufe00-\ufe0f"
# Emoji are joined by a zero-width joiner and followed by a selector. Persian and Indic words need joiners between letters.
EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
JOINED = f"(?<=[{EMOJI}\ufe0f])\u200d(?=[{EMOJI}])|(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])"
SHOWN_EMOJI = f"(?<=[{EMOJI}])[\ufe0e\ufe0f]|(?<=[#*0-9])\ufe0f(?=\u20e3)"
HARMFUL = re.compile(f"(?!{JOINED}|{SHOWN_EMOJI})[{CONTROLS}{INVISIBLE}{SELECTORS}]")
IN_LINES = re.compile(rf"(?![\t\n]|\r\n){HARMFUL.pattern}")

# The start of a text that a spreadsheet runs as a formula, full-width signs included. A plain number is harmless.
BEFORE_FORMULA = "[\\s\"'`\u00ad\u200b-\u200f\u2060\ufeff]*+"
FORMULA = re.compile(f"(?![+-][0-9]+(?:[.,][0-9]+)?\\Z){BEFORE_FORMULA}[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def safe(text: str) -> str:
    r"""Return text that cannot act on a terminal or hide from a reader: harmful characters are shown as escapes.

    >>> safe("pro\x1b[2J\u202e")
    'pro\\x1b[2J\\u202e'
    """
    return HARMFUL.sub(_escape, text)


def safe_lines(text: str) -> str:
    r"""Return safe text that keeps its tabs and line feeds, for a format that quotes them.

    >>> safe_lines("a\tb\n\r")
    'a\tb\n\\r'
    """
    return IN_LINES.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def guarded(text: str) -> str:
    """Return a text that a spreadsheet does not run as a formula.

    >>> guarded("=1+1"), guarded("pro"), guarded("-5"), guarded("-5+1"), guarded(" =1")
    ("'=1+1", 'pro', '-5', "'-5+1", "' =1")
    """
    return f"'{text}" if FORMULA.match(text) else text
