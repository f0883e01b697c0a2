"""Convert files on the workers of Spark: one file is one task."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pyarrow as pa

import custmetrics_cli
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.cluster.failures import UNREADABLE, spark_failures
from custmetrics_cli.engines.cluster.session import check_installed, chosen_master, close_session, open_session, send_package
from custmetrics_cli.ingest.cluster.tasks import Outcome, pack_task, unpack_outcome
from custmetrics_cli.ingest.cluster.worker import PACKAGE, run_tasks
from custmetrics_cli.ingest.converted.convert_file import Converter, Job, Task
from custmetrics_cli.ingest.converted.manifest import Entry

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LEFT = ".task-*"  # folders of tasks that Spark ended, as it had started them twice


@contextmanager
def converter(master: str, memory: int) -> Iterator[Converter]:
    """Yield a function that converts files on a cluster. Raises CustmetricsError E280 to E289."""
    chosen = chosen_master(master)
    check_installed(chosen)
    session = open_session(chosen, memory)
    try:
        send_package(session, zipped_package)
        yield lambda tasks, job: _convert(session, tasks, job)
    finally:
        close_session()


def zipped_package(folder: Path) -> Path:
    """Write the package into a zip, which workers import."""
    root, target = Path(custmetrics_cli.__path__[0]), folder / f"{PACKAGE}.zip"
    with ZipFile(target, "w") as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, Path(PACKAGE, path.relative_to(root)))
    return target


@spark_failures()
def _convert(session: SparkSession, tasks: Sequence[Task], job: Job) -> list[Entry | CustmetricsError]:
    """Convert each file, in a task of its own, and return what became of each in the same order."""
    packed = [pack_task(task, job) for task in tasks]
    rows = pa.table({"number": pa.array(range(len(packed)), pa.int32()), "task": pa.array(packed, pa.binary())})
    spread = session.createDataFrame(rows).repartitionByRange(max(1, len(packed)), "number")
    found = spread.mapInArrow(run_tasks, "number int, outcome binary").toArrow()
    for left in job.folder.glob(LEFT):
        shutil.rmtree(left, ignore_errors=True)
    by_number = dict(zip(found["number"].to_pylist(), found["outcome"].to_pylist(), strict=True))
    return [_result(unpack_outcome(by_number[number]), job) for number in range(len(packed))]


def _result(outcome: Outcome, job: Job) -> Entry | CustmetricsError:
    """Return the entry or the error of a file, as converting it here does. Raises OSError, CustmetricsError E284."""
    for problem, cells in outcome.rejected if job.rejected else ():
        assert job.rejected is not None
        job.rejected(problem, cells)
    if outcome.is_unreachable:
        raise CustmetricsError(UNREADABLE)
    if outcome.system:
        raise OSError(*outcome.system)
    return outcome.entry or CustmetricsError(*outcome.problems, total=outcome.total)
