"""What a preset says of the cells and rows of a file: words that mean others here, rows that are set aside, rows that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.ingest.check.judge import Said
from custmetrics_cli.ingest.check.plan import OTHER, ROW
from custmetrics_cli.ingest.model import Chosen, Shape
from custmetrics_cli.ingest.parse.distinct import Coded
from custmetrics_cli.ingest.parse.preset_words import saying, translation
from custmetrics_cli.presets import Preset
from custmetrics_cli.tables import RowCheck

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


def translated(cells: Coded, column: str, preset: Preset | None) -> Coded:
    """The cells of a column in the words that are read."""
    if preset is None or column not in preset.words:
        return cells
    return cells.reworded(pa.array([translation(text, column, preset) for text in cells.words.to_pylist()], pa.string()))


def preset_says(cells: Mapping[str, Coded], shape: Shape, rows: int) -> Said | None:
    """None where no preset chooses rows. Numbers of rules go on behind those of the table; the first that holds is the one that counts."""
    if not shape.chosen:
        return None
    aside, named, wrong, first = np.zeros(rows, np.int8), np.zeros(rows, np.int8), [], len(shape.table.rules) + 1
    for number, one in enumerate(shape.chosen):
        holds = _holds(one, cells, number) & (aside == 0)
        if one.renames:
            named[holds & (named == 0)] = first + number
        elif one.by.aside:
            aside[holds] = np.where(named, named, first + number)[holds]
        elif holds.any():
            wrong.append((refusal(one, f"{ROW}{number}"), holds))
    return Said(aside, tuple(wrong))


def refusal(one: Chosen, key: str) -> RowCheck:
    """Rows that a preset refuses, as the table would. key: of the cell that it looks at, among those read."""
    return RowCheck("E513", key, one.by.refuse, "see the notes of this preset: custmetrics presets NAME", lambda row: row[key])


def _holds(one: Chosen, cells: Mapping[str, Coded], number: int) -> Array:
    found = cells[f"{ROW}{number}"]
    if one.by.unlike:
        return _differs(found, cells[f"{ROW}{number}{OTHER}"])
    words = one.by.is_ or one.by.is_not
    says = saying(words)
    there = np.array([says(text) == bool(one.by.is_) for text in found.words.to_pylist()], bool)
    return there[found.codes]


def _differs(first: Coded, second: Coded) -> Array:
    shared = {word: code for code, word in enumerate(dict.fromkeys([*first.words.to_pylist(), *second.words.to_pylist()]))}
    codes = [np.array([shared[word] for word in each.words.to_pylist()], np.int64)[each.codes] for each in (first, second)]
    return np.asarray(codes[0] != codes[1])
