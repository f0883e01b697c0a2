"""Rules of presets: words that are translated, rows that are skipped, rows that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.ingest.check.judge import PresetVerdicts
from custmetrics_cli.ingest.model import Layout, PresetRowRule
from custmetrics_cli.ingest.parse.column_keys import COMPARED, PRESET_ROW
from custmetrics_cli.ingest.parse.distinct import DistinctTexts
from custmetrics_cli.ingest.parse.preset_words import matcher, translate_text
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables.shared.rules import RowError

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


def translate_cells(cells: DistinctTexts, column: str, preset: Preset | None) -> DistinctTexts:
    """Return the cells of a column with the preset's words translated."""
    if preset is None or column not in preset.words:
        return cells
    return cells.replace_words(pa.array([translate_text(text, column, preset) for text in cells.words.to_pylist()], pa.string()))


def preset_verdicts(cells: Mapping[str, DistinctTexts], layout: Layout, rows: int, chosen: Mapping[str, str]) -> PresetVerdicts | None:
    """Return the rows that the preset skips or refuses; None where it has no rules for rows. chosen: the values of policies.

    Its rules are numbered after those of the table. The first rule that holds counts.
    """
    if not layout.preset_rules:
        return None
    skipped, renamed, errors, first = np.zeros(rows, np.int8), np.zeros(rows, np.int8), [], len(layout.table.skip_rules) + 1
    for number, rule in enumerate(layout.preset_rules):
        policy, value = rule.choice.unless
        if policy and chosen.get(policy) == value:
            continue
        holds = _holds(rule, cells, number) & (skipped == 0)
        if rule.renames:
            renamed[holds & (renamed == 0)] = first + number
        elif rule.choice.aside:
            skipped[holds] = np.where(renamed, renamed, first + number)[holds]
        elif holds.any():
            errors.append((_refusal(rule, f"{PRESET_ROW}{number}"), holds))
    return PresetVerdicts(skipped, tuple(errors))


def _refusal(rule: PresetRowRule, key: str) -> RowError:
    """Return the error of a row that the preset refuses. key: the column that the rule reads."""
    return RowError("E513", key, rule.choice.refuse, "see the notes of this preset: custmetrics presets NAME", lambda row: row[key], (key,))


def _holds(rule: PresetRowRule, cells: Mapping[str, DistinctTexts], number: int) -> Array:
    column = cells[f"{PRESET_ROW}{number}"]
    if rule.choice.unlike:
        return _differs(column, cells[f"{PRESET_ROW}{number}{COMPARED}"])
    matches = matcher(rule.choice.is_ or rule.choice.is_not)
    holds = np.array([matches(text) == bool(rule.choice.is_) for text in column.words.to_pylist()], bool)
    return holds[column.codes]


def _differs(first: DistinctTexts, second: DistinctTexts) -> Array:
    numbers = {word: number for number, word in enumerate(dict.fromkeys([*first.words.to_pylist(), *second.words.to_pylist()]))}
    one, other = (np.array([numbers[word] for word in each.words.to_pylist()], np.int64)[each.codes] for each in (first, second))
    return np.asarray(one != other)
