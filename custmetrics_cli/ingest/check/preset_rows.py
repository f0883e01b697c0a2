"""What a preset says of the cells and rows of a file: words that mean others here, rows that are set aside, rows that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.ingest.check.judge import PresetVerdicts
from custmetrics_cli.ingest.check.plan import OTHER, ROW
from custmetrics_cli.ingest.model import Layout, PresetRowRule
from custmetrics_cli.ingest.parse.distinct import DistinctTexts
from custmetrics_cli.ingest.parse.preset_words import saying, translation
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables.shared.rules import RowError

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


def translated(cells: DistinctTexts, column: str, preset: Preset | None) -> DistinctTexts:
    """The cells of a column in the words that are read."""
    if preset is None or column not in preset.words:
        return cells
    return cells.reworded(pa.array([translation(text, column, preset) for text in cells.words.to_pylist()], pa.string()))


def preset_verdicts(cells: Mapping[str, DistinctTexts], layout: Layout, rows: int) -> PresetVerdicts | None:
    """None where no preset chooses rows. Numbers of rules go on behind those of the table; the first that holds is the one that counts."""
    if not layout.preset_rules:
        return None
    aside, named, wrong, first = np.zeros(rows, np.int8), np.zeros(rows, np.int8), [], len(layout.table.skip_rules) + 1
    for number, one in enumerate(layout.preset_rules):
        holds = _holds(one, cells, number) & (aside == 0)
        if one.renames:
            named[holds & (named == 0)] = first + number
        elif one.choice.aside:
            aside[holds] = np.where(named, named, first + number)[holds]
        elif holds.any():
            wrong.append((refusal(one, f"{ROW}{number}"), holds))
    return PresetVerdicts(aside, tuple(wrong))


def refusal(one: PresetRowRule, key: str) -> RowError:
    """Rows that a preset refuses, as the table would. key: of the cell that it looks at, among those read."""
    return RowError("E513", key, one.choice.refuse, "see the notes of this preset: custmetrics presets NAME", lambda row: row[key], (key,))


def _holds(one: PresetRowRule, cells: Mapping[str, DistinctTexts], number: int) -> Array:
    found = cells[f"{ROW}{number}"]
    if one.choice.unlike:
        return _differs(found, cells[f"{ROW}{number}{OTHER}"])
    words = one.choice.is_ or one.choice.is_not
    says = saying(words)
    there = np.array([says(text) == bool(one.choice.is_) for text in found.words.to_pylist()], bool)
    return there[found.codes]


def _differs(first: DistinctTexts, second: DistinctTexts) -> Array:
    shared = {word: code for code, word in enumerate(dict.fromkeys([*first.words.to_pylist(), *second.words.to_pylist()]))}
    codes = [np.array([shared[word] for word in each.words.to_pylist()], np.int64)[each.codes] for each in (first, second)]
    return np.asarray(codes[0] != codes[1])
