"""Convert files: each table as a folder of Parquet parts, one for each source file, and a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import SHOWN, CustmetricsError
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.safety.new_folder import new_folder
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest import warnings
from custmetrics_cli.ingest.check import policies
from custmetrics_cli.ingest.converted.across_files import check_tables
from custmetrics_cli.ingest.converted.convert_file import Converter, Job, Task, convert_file
from custmetrics_cli.ingest.converted.facts import PARTS
from custmetrics_cli.ingest.converted.manifest import Entry, Manifest, manifest_text
from custmetrics_cli.ingest.converted.settings_used import settings_used
from custmetrics_cli.ingest.converted.target import check_target
from custmetrics_cli.ingest.model import InputFile, RecognisedFile
from custmetrics_cli.ingest.open.conversions import MANIFEST
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack_all, watch
from custmetrics_cli.ingest.overlap.before_converting import check_overlaps
from custmetrics_cli.ingest.overlap.missing_parts import ignored_files
from custmetrics_cli.ingest.parse.formats import unknown_files
from custmetrics_cli.ingest.recognise.identify import identify
from custmetrics_cli.ingest.repair.rejects import RejectsFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.ingest.snapshots.reshape import reshape_all
from custmetrics_cli.tables import POLICIES, TABLES


class Converted(NamedTuple):
    """A conversion that is complete."""

    manifest: Manifest
    warnings: Sequence[Notice]


def convert(inputs: Sequence[InputFile], settings: Settings, target: Path, replaces: bool = False, engine: str = "auto") -> Converted:
    """Write the tables of the files into a new folder. replaces: it may take the place of an earlier conversion.

    Raises CustmetricsError E242 for a target that must stay, and for all that a metric refuses.
    """
    check_target(target, replaces)
    with Scratch(settings.max_unpacked) as scratch, watch(inputs), RejectsFile(settings.rejects) as rejects, new_folder(target) as folder:
        text_files, blank = unpack_all(inputs, scratch, settings.encoding)
        if unknown_names := [*unknown_files(settings, [file.source.path for file in text_files])]:
            raise CustmetricsError(*unknown_names)
        files, unknown = identify(reshape_all(text_files, settings, scratch), settings, TABLES)
        ignored = ignored_files(files, [*blank, *unknown])
        policies.check_policies(files, settings)
        files = check_overlaps(files, settings, scratch)
        with _converter(engine, settings, scratch) as converter:
            entries = convert_files(files, Job(folder, settings, rejected=rejects.add if settings.rejects else None), converter)
        manifest = make_manifest(entries, settings, [problem.place.path for problem in (*blank, *unknown)])
        found = check_tables(manifest, settings, day_number(settings.today or date.today()))
        (folder / MANIFEST).write_text(manifest_text(manifest), "utf-8")
    return Converted(manifest, (*ignored, *warnings.preset_warnings(files), *found))


def make_manifest(entries: Sequence[Entry], settings: Settings, ignored: Sequence[str]) -> Manifest:
    """Return the manifest of a folder."""
    chosen = {name: settings.policies.get(name, policy.default) for name, policy in POLICIES.items()}
    return Manifest(tuple(entries), chosen, settings_used(settings), dict(settings.asked), tuple(ignored))


def convert_files(files: Sequence[RecognisedFile], job: Job, converter: Converter) -> list[Entry]:
    """Convert each file. Those whose formats are unclear are converted after the others, which may settle them."""
    tasks = [Task(file, number) for file, number in _numbered(files)]
    found = [*converter(tasks, job)]
    entries = [each for each in found if isinstance(each, Entry)]
    unclear = [at for at, each in enumerate(found) if isinstance(each, CustmetricsError) and _is_unclear(each)]
    problems = [
        problem for at, each in enumerate(found) if isinstance(each, CustmetricsError) and at not in unclear for problem in each.problems
    ]
    again = [tasks[at]._replace(elsewhere={part: settled_by(entries, tasks[at].file, part) for part in PARTS}) for at in unclear]
    for at, each in zip(unclear, converter(again, job) if again else (), strict=True):
        found[at] = each
        problems += each.problems if isinstance(each, CustmetricsError) else ()
    if problems:
        raise CustmetricsError(*problems[:SHOWN], total=len(problems))
    return [each for each in found if isinstance(each, Entry)]


def _is_unclear(error: CustmetricsError) -> bool:
    """Return whether another file may settle the formats of this one."""
    return all(problem.code in ("E406", "E407") for problem in error.problems)


def convert_here(tasks: Sequence[Task], job: Job, scratch: Scratch) -> list[Entry | CustmetricsError]:
    """Convert files one after the other."""
    found: list[Entry | CustmetricsError] = []
    for task in tasks:
        try:
            found.append(convert_file(task.file, task.number, job._replace(elsewhere=task.elsewhere), scratch))
        except CustmetricsError as error:
            found.append(error)
    return found


@contextmanager
def _converter(engine: str, settings: Settings, scratch: Scratch) -> Iterator[Converter]:
    """Yield the function that converts files: here, or on the cluster of --engine spark."""
    if engine == "spark":
        from custmetrics_cli.ingest.cluster.on_spark import converter

        with converter(settings.master, settings.memory) as on_spark:
            yield on_spark
    else:
        yield partial(convert_here, scratch=scratch)


def settled_by(entries: Iterable[Entry], file: RecognisedFile, part: str) -> set[str]:
    """Return the date orders or decimal marks that files of the table with the same header have without doubt."""
    same = [each for each in entries if each.table == file.layout.table.name and each.source.layout.header == file.layout.header]
    return {value for entry in same for value in entry.observed.settled[part]}


def _numbered(files: Iterable[RecognisedFile]) -> Iterable[tuple[RecognisedFile, int]]:
    """Yield each file with its number among the files of its table."""
    counts: dict[str, int] = {}
    for file in files:
        name = file.layout.table.name
        yield file, counts.get(name, 0)
        counts[name] = counts.get(name, 0) + 1
