"""A file to convert and what becomes of it, packed for the way to a worker and back."""

from __future__ import annotations

import errno
import json
import pickle
import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.ingest.converted.convert_file import Job, Task, convert_file
from custmetrics_cli.ingest.converted.manifest import Entry
from custmetrics_cli.ingest.converted.plain import from_plain, to_plain
from custmetrics_cli.ingest.model import Layout, RecognisedFile
from custmetrics_cli.ingest.open.temp_files import Scratch

Rejected = tuple[Problem, Sequence[str]]
UNREACHABLE = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EROFS)


class Outcome(NamedTuple):
    """An entry of the manifest, or the reason why there is none."""

    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    total: int = 0  # of problems
    system: tuple[int, str, str] | None = None  # number, text and path of an OSError
    rejected: tuple[Rejected, ...] = ()  # rows that --skip-bad-rows skips

    @property
    def is_unreachable(self) -> bool:
        """True if the worker does not see the files of the driver."""
        return self.system is not None and self.system[0] in UNREACHABLE


def pack_task(task: Task, job: Job) -> bytes:
    """Return a task as bytes. A layout goes as it goes into a manifest: tables hold functions, which cannot travel."""
    text_file = task.file.text_file
    text_file = text_file._replace(path=text_file.path.absolute(), original=text_file.original.absolute())
    settings = job.settings._replace(today=job.settings.today or date.today())
    own = job._replace(folder=job.folder.absolute(), settings=settings, elsewhere=task.elsewhere, rejected=None)
    return _pack((text_file, json.dumps(to_plain(task.file.layout)), task.number, own, job.rejected is not None))


def run_packed(task: bytes) -> bytes:
    """Run a task, and return its outcome as bytes."""
    text_file, layout, number, job, wants_rejected = _unpack(task)
    file = RecognisedFile(text_file, from_plain(Layout, json.loads(layout)))
    outcome = run_task(file, number, job, wants_rejected)
    return _pack((outcome._replace(entry=None), json.dumps(to_plain(outcome.entry)) if outcome.entry else ""))


def unpack_outcome(packed: bytes) -> Outcome:
    """Return an outcome from its bytes."""
    outcome, entry = _unpack(packed)
    result: Outcome = outcome._replace(entry=from_plain(Entry, json.loads(entry))) if entry else outcome
    return result


def run_task(file: RecognisedFile, number: int, job: Job, wants_rejected: bool) -> Outcome:
    """Convert a file into a folder of its own first: Spark may run a task twice at the same time."""
    rejected: list[Rejected] = []
    own = job._replace(rejected=(lambda problem, cells: rejected.append((problem, [*cells]))) if wants_rejected else None)
    try:
        with TemporaryDirectory(dir=job.folder, prefix=".task-") as folder, Scratch(job.settings.max_unpacked) as scratch:
            entry = convert_file(file, number, own._replace(folder=Path(folder)), scratch)
            _move(Path(folder), job.folder)
    except CustmetricsError as error:
        return Outcome(problems=tuple(error.problems), total=error.total, rejected=tuple(rejected))
    except OSError as error:
        return Outcome(system=(error.errno or 0, error.strerror or str(error), str(error.filename or "")))
    return Outcome(entry, rejected=tuple(rejected))


def _move(source: Path, target: Path) -> None:
    """Give files their place in a folder."""
    for path in source.rglob("*.parquet"):
        place = target / path.relative_to(source)
        place.parent.mkdir(exist_ok=True)
        path.replace(place)


def _pack(value: Any) -> bytes:
    return zlib.compress(pickle.dumps(value), 1)


def _unpack(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))
