"""Read the scale of the scores from a header: "(1-5)", "from 1 to 10", «от 1 до 5», "5-point scale"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from custmetrics_cli.columns.score import HIGHEST

WORDS_BETWEEN = "to|through|until|до|по|bis|à|a|al|tot|do|až|&"
NOT_AFTER = r"(?![\w-]|[.,]\d)"
RANGE = re.compile(rf"(?<![\w.,-])([01])\s*(?:[-–—~]|\.\.+|…|(?<=\s)(?:{WORDS_BETWEEN})(?=\s))\s*(\d{{1,3}}){NOT_AFTER}")
# "1 = bad" anywhere; "1 - bad" only where a part of the header begins: "Team 5 - Berlin" names no score.
BEFORE_END = r"(?:^|[(\[,;:|/]|\bwhere\b|\bгде\b|\band\b|\bи\b)\s*"
ENDS = re.compile(rf"(?<![\w.,-])(\d{{1,3}})\s*=\s*[^\W\d_]|{BEFORE_END}(\d{{1,3}})\s*(?:[-–—:]|means\b|is\b)\s*[^\W\d_]")
OUT_OF = re.compile(rf"(?:\bout of|\bиз|(?<!\d)/)\s*(5|7|10){NOT_AFTER}")
POINTS = re.compile(r"(?<!\w)(3|5|7|10)\s*-?\s*(?:point|star|stars|звезд|звёзд|балл|баль|punkt|points|puntos|pontos|punti)")
RUSSIAN_POINTS = {"пяти": 5, "семи": 7, "десяти": 10, "п'яти": 5, "п’яти": 5}


def header_scale(header: str) -> str:
    """Return the scale that a header names; '' if it names none, or several.

    >>> header_scale("How satisfied are you? (1-5)"), header_scale("Оцените от 1 до 5"), header_scale("On a scale of 0 to 10, how likely …")
    ('1-5', '1-5', '0-10')
    >>> header_scale("Satisfaction (1 = very bad, 5 = very good)"), header_scale("по 10-балльной шкале"), header_scale("Q1-5 2024-25")
    ('1-5', '1-10', '')
    """
    text = unicodedata.normalize("NFKC", header).casefold()
    ranges = dict.fromkeys(_ranges(text))
    if ranges:
        return next(iter(ranges)) if len(ranges) == 1 else ""
    tops = {*_tops(text)}
    return f"1-{tops.pop()}" if len(tops) == 1 else ""


def _ranges(text: str) -> Iterator[str]:
    """Yield the scales whose two ends are named."""
    for low, high in RANGE.findall(text):
        if 2 < int(high) <= HIGHEST:
            yield f"{int(low)}-{int(high)}"
    ends = sorted({int(one or other) for one, other in ENDS.findall(text)})
    if len(ends) > 1 and ends[0] in (0, 1) and 2 < ends[-1] <= HIGHEST:
        yield f"{ends[0]}-{ends[-1]}"


def _tops(text: str) -> Iterator[int]:
    """Yield the highest scores of scales that are named by them."""
    yield from map(int, (*OUT_OF.findall(text), *POINTS.findall(text)))
    yield from (top for word, top in RUSSIAN_POINTS.items() if f"{word}балл" in text or f"{word}баль" in text)
