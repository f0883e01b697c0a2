"""Facts about one source file, found while it was read: the counts of its rows, and the observations about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence
from custmetrics_cli.ingest.check.file_progress import FileProgress, Patch
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.truncation import Truncation
from custmetrics_cli.ingest.observations import DAYS, FIRST, Observations
from custmetrics_cli.ingest.parse.formats import TableEvidence
from custmetrics_cli.ingest.parse.rounding import Rounding
from custmetrics_cli.tables.shared.planned_ends import LastEnds

PARTS = ("order", "decimal")  # of formats


class Counts(NamedTuple):
    """The counts of FileProgress."""

    read: int
    skipped_by_rule: Mapping[str, int]
    skipped_by_scan: Mapping[str, int]
    kept: int
    currencies: Mapping[str, int]
    combinations: tuple[tuple[str, tuple[int, ...], int], ...]
    truncation: Truncation | None
    fallback_ids: int
    rounding: Mapping[str, Rounding]


class Observed(NamedTuple):
    """The observations of one file, for any today."""

    days: tuple[tuple[int, int], ...]  # spans of days on which something happened: first and last
    has_ends: bool
    unknown_words: tuple[tuple[str, str, int], ...]
    months: tuple[int, ...]
    sums: Mapping[str, int]
    warnings: tuple[int, ...]  # rows, for each warning of the table
    id_bytes: tuple[int, ...]
    settled: Mapping[str, tuple[str, ...]]  # "order" and "decimal" -> what the columns show without doubt
    signs: Mapping[str, Mapping[str, str]]  # column of money -> currency that its cells name -> a cell
    last_ends: LastEnds | None = None
    announced_ends: tuple[int, ...] = ()


def counts_of(progress: FileProgress) -> Counts:
    """Return the counts of a file that was read."""
    combinations = tuple((name, numbers, rows) for (name, numbers), rows in sorted(progress.combinations.items()))
    return Counts(
        progress.read,
        +progress.skipped_by_rule,
        +progress.skipped_by_scan,
        progress.kept,
        dict(sorted(progress.currencies.items())),
        combinations,
        progress.truncation,
        progress.fallback_ids,
        progress.rounding,
    )


def restore_counts(progress: FileProgress, counts: Counts, kept: int) -> None:
    """Give the counts back. kept: the skipped rows that go to the engine."""
    progress.parsed = progress.read = counts.read
    progress.skipped_by_rule = Counter(counts.skipped_by_rule)
    progress.kept = kept
    progress.currencies = Counter(counts.currencies)
    progress.combinations = Counter({(name, numbers): rows for name, numbers, rows in counts.combinations})
    progress.truncation, progress.fallback_ids = counts.truncation, counts.fallback_ids
    progress.rounding = dict(counts.rounding)
    progress.patches = {0: Patch((), progress.csv_part, 0, Counter(counts.skipped_by_scan), (), 0)}


def new_observations(today: int) -> Observations:
    """Return observations that also note every day."""
    return Observations(today, days=np.zeros(DAYS, bool))


def observed_in(observations: Observations, plan: ReadPlan, evidence: TableEvidence) -> Observed:
    """Return the observations of a file that was read."""
    days = np.flatnonzero(np.zeros(0) if observations.days is None else observations.days) + FIRST
    edges = np.flatnonzero(np.diff(days, prepend=days[:1] - 2) > 1)
    lasts = [*(days[edges[1:] - 1]).tolist(), *days[-1:].tolist()]
    return Observed(
        tuple(zip(days[edges].tolist(), lasts, strict=True)),
        observations.has_ends,
        tuple((column, word, rows) for (column, word), rows in sorted(observations.unknown_words.items())),
        tuple(sorted(observations.months)),
        dict(observations.sums),
        tuple(observations.warnings[warning] for warning in plan.table.row_warnings),
        tuple(np.flatnonzero(observations.id_bytes).tolist()),
        {part: tuple(sorted(evidence.settled(0, part))) for part in PARTS},
        {name: dict(each.signs) for name, each in evidence.by_file.get(0, {}).items() if isinstance(each, MoneyEvidence) and each.signs},
        observations.last_ends,
        tuple(sorted(observations.announced_ends)),
    )


def restore_observations(files: Sequence[Observed], plan: ReadPlan, today: int) -> Observations:
    """Return the observations of all files of a table as of a day."""
    result = Observations(today)
    for observed in files:
        spans = [np.array([first, min(last, today)]) for first, last in observed.days if first <= today]
        result.extend_to(np.concatenate([np.zeros(0, np.int64), *spans]))
        result.has_ends = result.has_ends or observed.has_ends
        result.announced_ends.update(observed.announced_ends)
        result.unknown_words.update({(column, word): rows for column, word, rows in observed.unknown_words})
        result.months.update(observed.months)
        result.sums.update({name: total for name, total in observed.sums.items() if name in plan.money})
        result.warnings.update(dict(zip(plan.table.row_warnings, observed.warnings, strict=True)))
        result.id_bytes[list(observed.id_bytes)] = True
    for ends in filter(None, (observed.last_ends for observed in files)):
        result.last_ends = ends.merge(result.last_ends)
    result.extend_to_whole_months()
    return result
