"""From the files that the user names to frames: each file is read with types once, into one engine, and every row is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from custmetrics_cli.core.data.in_effect import PRESETS, InEffect
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import InputReport, Notice, ReadColumn
from custmetrics_cli.core.safety.reading import Watched, sha256
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.engines.base import Engine
from custmetrics_cli.engines.choose import open_engine
from custmetrics_cli.ingest import warnings
from custmetrics_cli.ingest.check import policies, whole_file
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.make_plan import column_names, columns_by_header, known_by, make_plan
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.converted.stored_inputs import StoredTables, open_stored
from custmetrics_cli.ingest.loaded import Loaded
from custmetrics_cli.ingest.model import InputFile, Layout, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack_all, watch
from custmetrics_cli.ingest.overlap.missing_parts import ignored_files
from custmetrics_cli.ingest.parse.formats import unknown_files
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.recognise import identify, match_preset
from custmetrics_cli.ingest.refused_cells import check_cells
from custmetrics_cli.ingest.repair.rejects import RejectsFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.ingest.snapshots.reshape import reshape_all
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.answers.facts import found_options
from custmetrics_cli.tables.answers.scales import USUAL_SCALES
from custmetrics_cli.tables.shared.table import Selection

Value = TypeVar("Value")
Files = Sequence[tuple[TextFile, Layout]]
Hashes = Mapping[Path, "Future[str]"]


def load(inputs: Sequence[InputFile], selections: Mapping[str, Selection], settings: Settings, engine_name: str = "auto") -> Loaded:
    """Load the tables that metrics ask for. selections: table -> the columns and rows asked for; other tables are only recognised."""
    with ExitStack() as stack:
        scratch = stack.enter_context(Scratch(settings.max_unpacked))
        stored = open_stored(inputs, settings)
        settings, exports = stored.settings, [file for file in inputs if not file.is_converted]
        watched = stack.enter_context(watch([*exports, *stored.files]))
        text_files, blank = unpack_all(exports, scratch, settings.encoding) if exports else ([], [])
        if unknown_names := [*unknown_files(settings, [file.source.path for file in text_files])]:
            raise CustmetricsError(*unknown_names)
        text_files = reshape_all(text_files, settings, scratch, selections or None)
        recognised, unknown = identify.identify(text_files, settings, TABLES, selections) if text_files else ([], [])
        converted = stored.recognised(selections)
        files = [(text_file, layout) for text_file, layout in (*converted, *recognised) if layout.table.name in selections]
        policies.check_policies(files, settings)
        pool = stack.enter_context(ThreadPoolExecutor(1))
        hashes = {text_file.original: pool.submit(_hash, text_file.original, watched, stored.hashes) for text_file, _ in files}
        engine = open_engine(
            engine_name, sum(text_file.size for text_file, _ in files), settings.memory, scratch.file().parent, settings.master
        )
        stack.callback(engine.close)
        tables = stored.tables(selections, recognised)
        plans = _plans(files, selections, settings, tables)
        check_cells(plans, settings)
        observations = _read_tables(plans, settings, engine, scratch, tables)
        notices = (*ignored_files(files, [*blank, *unknown]), *warnings.preset_warnings(files), *policies.without_effect(plans, settings))
        recognised = [*converted, *recognised]
        loaded = _loaded(plans, observations, engine, hashes, notices, recognised)
        others = [(text_file.source.path, layout.table.name) for text_file, layout in recognised if layout.table.name not in selections]
        in_effect = InEffect({**stored.asked, **settings.asked, **_decided_by(files)}, loaded.policies)
        return replace(loaded, other_files=tuple(others), policies=in_effect, _stack=stack.pop_all())


def _decided_by(files: Files) -> dict[str, Any]:
    """Return the presets of the user's own that read a file, and the meaning of ends if a header decides it."""
    names = sorted({layout.preset.name for _, layout in files if layout.preset and layout.preset.path})
    ends = {"ends": "inclusive"} if any(layout.formats.inclusive for _, layout in files) else {}
    return {**ends, **({PRESETS: names} if names else {})}


def _plans(files: Files, selections: Mapping[str, Selection], settings: Settings, stored: StoredTables) -> list[ReadPlan]:
    """Return a plan for each table asked for that has a file."""
    plans = {name: table.plan for name, table in stored.items()}
    for name, selection in selections.items():
        table_files = [(text_file, layout) for text_file, layout in files if layout.table.name == name]
        if table_files and name not in plans:
            plans[name] = make_plan(TABLES[name], table_files, selection, settings)
    return [plans[name] for name in selections if name in plans]


def _read_tables(
    plans: Sequence[ReadPlan], settings: Settings, engine: Engine, scratch: Scratch, stored: StoredTables
) -> dict[str, Observations]:
    observations = {plan.table.name: Observations(day_number(settings.today or date.today())) for plan in plans}
    observations |= {name: table.observations for name, table in stored.items()}
    with RejectsFile(settings.rejects) as rejects:
        for plan in plans:
            observed = observations[plan.table.name]
            if plan.table.name in stored:
                stored[plan.table.name].read_into(engine)
            else:
                TableReader(plan, settings, engine, scratch, observed, rejects.add).read()
            observed.finish(plan)
            observed.check_sums(plan)
            whole_file.check_files(plan)
            whole_file.check_bad_rows(plan, settings.max_bad)
            whole_file.check_rows_left(plan)
            whole_file.check_repeats(plan)
    return observations


def _loaded(
    plans: Sequence[ReadPlan],
    observations: Mapping[str, Observations],
    engine: Engine,
    hashes: Hashes,
    notices: Sequence[Notice],
    recognised: Files,
) -> Loaded:
    frames, words = engine.finish([plan.table_spec for plan in plans])
    similar_ids = engine.similar_ids() if any(observed.may_have_similar_ids for observed in observations.values()) else []
    file_notices, lists = warnings.file_warnings(plans, observations, similar_ids)
    return Loaded(
        frames=frames,
        tables_with_skipped=frozenset(plan.table.name for plan in plans if plan.kept_rules),
        present={plan.table.name: plan.answerable for plan in plans},
        words={plan.table.name: {name: words[plan.table.name][column] for name, column in plan.split_columns.items()} for plan in plans},
        split_columns={plan.table.name: plan.split_columns for plan in plans},
        inputs=tuple(_report(plan, progress, hashes) for plan in plans for progress in plan.files),
        warnings=(*notices, *file_notices),
        lists=lists,
        newest={name: observed.newest for name, observed in observations.items()},
        oldest={name: observed.oldest for name, observed in observations.items()},
        last_ends={name: observed.last_ends for name, observed in observations.items()},
        months={name: frozenset(observed.months) for name, observed in observations.items() if observed.months},
        policies=policies.in_effect(plans),
        currencies={plan.table.name: plan.currencies for plan in plans},
        headers=_of_tables(recognised, column_names),
        known_by=_of_tables(recognised, known_by),
        by_header=_of_tables(recognised, columns_by_header),
        column_help={plan.table.name: match_preset.missing_column_help(progress.layout for progress in plan.files) for plan in plans},
        engine=engine,
        found={name: facts for plan in plans for name, facts in found_options(plan.check_context, USUAL_SCALES).items()},
        undated=frozenset(plan.table.name for plan in plans if all(progress.layout.answers.is_wave for progress in plan.files)),
    )


def _of_tables(files: Files, read: Callable[[Files], Value]) -> dict[str, Value]:
    """Return what is read from the files of each table, by table."""
    tables = dict.fromkeys(layout.table.name for _, layout in files)
    return {table: read([file for file in files if file[1].table.name == table]) for table in tables}


def _hash(path: Path, watched: Sequence[Watched], known: Mapping[Path, str]) -> str:
    """Return the hash of the bytes that are read. A file that was hashed before is not hashed again. known: of sources of parts."""
    if path in known:
        return known[path]
    file = next((each for each in watched if each.path == str(path)), None)
    found = (file.sha256 if file else "") or sha256(path)
    if file:
        file.sha256 = found
    return found


def _read_columns(layout: Layout) -> tuple[ReadColumn, ...]:
    found_by = layout.remarks.found_by
    return tuple(ReadColumn(column, layout.names[at], found_by.get(column, "name")) for column, at in layout.columns.items())


def _report(plan: ReadPlan, progress: FileProgress, hashes: Hashes) -> InputReport:
    skipped = {reason: count for reason, count in (progress.skipped_by_scan + progress.skipped_by_rule + progress.older).items() if count}
    return InputReport(
        path=progress.text_file.source.path,
        table=plan.table.name,
        sha256=hashes[progress.text_file.original].result(),
        read=progress.rows,
        used=progress.used,
        excluded=skipped,
        preset=progress.layout.preset.name if progress.layout.preset else "",
        columns=_read_columns(progress.layout),
        reading=progress.layout.remarks.reading,
    )
