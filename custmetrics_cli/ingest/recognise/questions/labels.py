"""The scale and the direction of scores, from the labels in their cells: `5 - Very satisfied`, `0 (Not at all likely)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from custmetrics_cli.columns.parsing.answers.words import word_class
from custmetrics_cli.columns.score import SCALES

LABELLED = re.compile(r"([0-9]{1,3})\s*[-–—:.(=]\s*(.*[^\W\d_].*)")
WORST, BEST = 1, 5  # levels of words


class Labels(NamedTuple):
    """Facts in the labels of a column; '' = unknown."""

    scale: str = ""
    best: str = ""  # "high" or "low": the end of the scale that is good


def read_labels(texts: Iterable[str]) -> Labels:
    """Return the facts in the labels of a column of scores.

    >>> read_labels(["5 - Very satisfied", "2 - Dissatisfied", "1 - Very dissatisfied"])
    Labels(scale='1-5', best='high')
    >>> read_labels(["1 (sehr zufrieden)", "2 (zufrieden)", "5 (sehr unzufrieden)"])
    Labels(scale='1-5', best='low')
    >>> read_labels(["10 - Extremely likely", "0 - Not at all likely"]).scale, read_labels(["4 - Good", "3"]).scale
    ('0-10', '')
    """
    levels = {int(found[1]): known.level for found in map(LABELLED.fullmatch, texts) if found and (known := word_class(found[2]))}
    best = _best_end(levels)
    good, bad = (WORST, BEST) if best == "low" else (BEST, WORST)
    highest = max((score for score, level in levels.items() if level == good), default=-1)
    lowest = min((score for score, level in levels.items() if level == bad), default=-1)
    fitting = [name for name in SCALES if name.endswith(f"-{highest}") and (lowest < 0 or name.startswith(f"{lowest}-"))]
    return Labels(fitting[0] if len(fitting) == 1 else "", best)


def _best_end(levels: Mapping[int, int]) -> str:
    """Return which end is good, if all labels agree."""
    ordered = [levels[score] for score in sorted(levels)]
    if len({*ordered}) < 2:
        return "low" if _is_reversed(levels) else ""
    return "high" if ordered == sorted(ordered) else "low" if ordered == sorted(ordered, reverse=True) else ""


def _is_reversed(levels: Mapping[int, int]) -> bool:
    """Return whether labels of one level name the lowest score the best, or a high score the worst."""
    only = {*levels.values()}
    return (only == {BEST} and max(levels) <= 1) or (only == {WORST} and min(levels) > 2)
