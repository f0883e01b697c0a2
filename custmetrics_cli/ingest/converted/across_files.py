"""Checks of all files of a table together, from the facts that the manifest holds about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.ingest import currency, warnings
from custmetrics_cli.ingest.check import whole_file
from custmetrics_cli.ingest.check.make_plan import make_plan
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.converted.facts import restore_counts, restore_observations
from custmetrics_cli.ingest.converted.manifest import Entry, Manifest
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection

PACKED = 5  # bytes of a CSV file for each byte of its part, about: the size of the data decides which engine is used


def check_tables(manifest: Manifest, settings: Settings, today: int) -> tuple[Notice, ...]:
    """Check the tables of a conversion, and return the warnings about them. Raises CustmetricsError."""
    plans, observations = [], {}
    for table in dict.fromkeys(entry.table for entry in manifest.entries):
        entries = [entry for entry in manifest.entries if entry.table == table]
        plan, observed = restored(table, entries, Selection(), settings, Path(), today)
        _check(plan, entries, observed, settings)
        plans.append(plan)
        observations[table] = observed
    return warnings.file_warnings(plans, observations, ())[0]


def _check(plan: ReadPlan, entries: Sequence[Entry], observations: Observations, settings: Settings) -> None:
    if len(entries) > 1 and any(plan.counts_once(entry.source.layout) for entry in entries):
        message = f"{plan.table.name}: the rows of an order repeat its total, and one order may be in several files"
        raise CustmetricsError(Problem("E245", message, hint="join the files into one before you convert them"))
    if problems := [*_mixed_currencies(plan, entries)]:
        raise CustmetricsError(*problems)
    check_whole(plan, observations, settings)


def check_whole(plan: ReadPlan, observations: Observations, settings: Settings) -> None:
    """Check the files of a table together, as after reading them. Raises CustmetricsError."""
    observations.extend_to_months(plan)
    observations.check_sums(plan)
    whole_file.check_files(plan)
    whole_file.check_bad_rows(plan, settings.max_bad)
    whole_file.check_rows_left(plan)


def restored(
    table: str, entries: Sequence[Entry], selection: Selection, settings: Settings, folder: Path, today: int
) -> tuple[ReadPlan, Observations]:
    """Return the plan of a table as it was after its files were read, and the observations as of today."""
    files = [(text_file_of(entry, folder), entry.source.layout) for entry in entries]
    plan = make_plan(TABLES[table], files, selection, settings)
    for progress, entry in zip(plan.files, entries, strict=True):
        restore_counts(progress, entry.counts, sum(rows for rule, rows in entry.kept.items() if rule in plan.kept_rules))
    return plan, restore_observations([entry.observed for entry in entries], plan, today)


def text_file_of(entry: Entry, folder: Path) -> TextFile:
    """Return the source of an entry as messages name it; its bytes are those of the part."""
    source, path = entry.source, folder / entry.part.file
    return TextFile(
        InputFile(source.path, entry.table),
        path,
        source.encoding,
        PACKED * entry.part.bytes,
        path,
        nuls=source.nuls,
        reshaped=source.reshaped,
    )


def _mixed_currencies(plan: ReadPlan, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield E337 where files name different currencies, as one file would."""
    signs: dict[str, Mapping[str, str]] = {}
    for entry in entries:
        signs |= {name: {**found, **signs.get(name, {})} for name, found in entry.observed.signs.items()}
    evidence = {name: MoneyEvidence(signs=found) for name, found in signs.items()}
    for problem, (column, text) in currency.mixed_currencies(plan, evidence):
        path = next(entry.source.path for entry in entries if text in entry.observed.signs.get(column, {}).values())
        yield problem._replace(place=Place(path))
