"""Files to frames: each file is read typed once, into one host, and every row is accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from hashlib import file_digest
from pathlib import Path

from custmetrics_cli.core.calendar import day_number
from custmetrics_cli.core.result import InputReport, Notice
from custmetrics_cli.engines.base import ENGINES, Engine
from custmetrics_cli.ingest import warnings
from custmetrics_cli.ingest.check import policies, whole_file
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.make_plan import column_names, make_plan
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.loaded import Loaded
from custmetrics_cli.ingest.model import InputFile, Layout, Settings, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unwrap_all
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.recognise import identify, match_preset
from custmetrics_cli.ingest.repair.rejects import Rejects
from custmetrics_cli.tables import TABLES, Selection

# Bytes of input from which DuckDB is the better host. Measured with churn --by plan: at 1 million rows (38 MB) both take as
# long; at 2 million DuckDB takes three quarters of the time and two thirds of the memory, at 4 million three fifths of the time.
LARGE = 48_000_000

Files = Sequence[tuple[TextFile, Layout]]
Sums = Mapping[Path, "Future[str]"]


def load(givens: Sequence[InputFile], selections: Mapping[str, Selection], settings: Settings, engine: str = "auto") -> Loaded:
    """wanted: what is looked at, by table. Tables that are not wanted are recognised, and not read."""
    with ExitStack() as stack:
        scratch = stack.enter_context(Scratch())
        plains, blank = unwrap_all(givens, scratch, settings.encoding)
        files, unknown = identify.identify(plains, settings, TABLES, selections)
        mine = [(plain, layout) for plain, layout in files if layout.table.name in selections]
        policies.check_policies(mine, settings)
        pool = stack.enter_context(ThreadPoolExecutor(1))
        sums = {plain.original: pool.submit(_sha256, plain.original) for plain, _ in mine}
        host = _host(engine, sum(plain.size for plain, _ in mine), settings, scratch)
        stack.callback(host.close)
        plans = _plans(mine, selections, settings)
        facts = {plan.table.name: Observations(day_number(settings.today or date.today())) for plan in plans}
        with Rejects(settings.rejects) as rejects:
            for plan in plans:
                TableReader(plan, settings, host, scratch, facts[plan.table.name], rejects.add).read()
                facts[plan.table.name].check_sums(plan)
                whole_file.check_files(plan)
        said = [*warnings.ignored_files([*blank, *unknown]), *warnings.preset_warnings(mine), *policies.without_effect(plans, settings)]
        return _loaded(plans, facts, host, sums, said, _headers(files), stack.pop_all())


def _loaded(
    plans: Sequence[ReadPlan],
    observations: Mapping[str, Observations],
    engine: Engine,
    sums: Sums,
    said: Sequence[Notice],
    headers: Mapping[str, tuple[str, ...]],
    stack: ExitStack,
) -> Loaded:
    frames, words = engine.finish([plan.table_spec for plan in plans])
    alike = engine.similar_ids() if any(noted.may_have_similar_ids for noted in observations.values()) else []
    notices, lists = warnings.file_warnings(plans, observations, alike)
    return Loaded(
        frames=frames,
        tables_with_skipped=frozenset(plan.table.name for plan in plans if plan.kept_rules),
        present={plan.table.name: plan.answerable for plan in plans},
        words={plan.table.name: {name: words[plan.table.name][column] for name, column in plan.split_columns.items()} for plan in plans},
        split_columns={plan.table.name: plan.split_columns for plan in plans},
        inputs=tuple(_report(plan, progress, sums) for plan in plans for progress in plan.files),
        warnings=(*said, *notices),
        lists=lists,
        newest={name: noted.newest for name, noted in observations.items()},
        oldest={name: noted.oldest for name, noted in observations.items()},
        policies=policies.in_effect(plans),
        currencies={plan.table.name: plan.currencies for plan in plans},
        headers=headers,
        column_help={plan.table.name: match_preset.missing_column_help(progress.layout for progress in plan.files) for plan in plans},
        engine=engine,
        _stack=stack,
    )


def _headers(files: Files) -> dict[str, tuple[str, ...]]:
    tables = dict.fromkeys(layout.table.name for _, layout in files)
    return {table: column_names([file for file in files if file[1].table.name == table]) for table in tables}


def _plans(files: Files, selections: Mapping[str, Selection], settings: Settings) -> list[ReadPlan]:
    """One per wanted table that is there."""
    found = []
    for name, looked in selections.items():
        mine = [(plain, layout) for plain, layout in files if layout.table.name == name]
        if mine:
            found.append(make_plan(TABLES[name], mine, looked, settings))
    return found


def _host(engine: str, size: int, settings: Settings, scratch: Scratch) -> Engine:
    name = engine if engine != "auto" else "duckdb" if size >= LARGE else "pandas"
    return ENGINES[name](settings.memory, scratch.file().parent)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _report(plan: ReadPlan, progress: FileProgress, sums: Sums) -> InputReport:
    excluded = {reason: count for reason, count in (progress.skipped_by_scan + progress.skipped_by_rule).items() if count}
    return InputReport(
        path=progress.text_file.source.path,
        table=plan.table.name,
        sha256=sums[progress.text_file.original].result(),
        read=progress.rows,
        used=progress.used,
        excluded=excluded,
        preset=progress.layout.preset.name if progress.layout.preset else "",
    )
