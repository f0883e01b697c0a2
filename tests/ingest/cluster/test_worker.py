"""What a worker of a cluster does, without a cluster: it leaves the zip, converts one file, and returns errors as values."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.cluster.on_spark import zipped_package
from custmetrics_cli.ingest.cluster.tasks import Outcome, pack_task, unpack_outcome
from custmetrics_cli.ingest.cluster.worker import run_tasks
from custmetrics_cli.ingest.converted.convert_file import Job, Task, convert_file
from custmetrics_cli.ingest.model import InputFile, RecognisedFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack_all
from custmetrics_cli.ingest.recognise.identify import identify
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES

HEADER = "customer_id,started_at,ended_at,plan\n"
IN_ZIP = """
import sys
sys.path.insert(0, sys.argv[1])
from custmetrics_cli.ingest.cluster import worker
assert ".zip" in worker.__file__, worker.__file__
worker.leave_zip(worker.__file__)
import custmetrics_cli
from custmetrics_cli.tables import TABLES
print(custmetrics_cli.__file__, "customers" in TABLES)
"""


def test_the_package_runs_from_the_zip_that_is_sent(tmp_path: Path) -> None:
    zipped = zipped_package(tmp_path)
    for _ in range(2):  # the second worker of a machine finds it unpacked
        found = subprocess.run([sys.executable, "-c", IN_ZIP, str(zipped)], cwd=tmp_path, capture_output=True, text=True, check=True)
        file, has_tables = found.stdout.split()
        assert (Path(file).is_file(), has_tables) == (True, "True")
        assert Path(file).is_relative_to(tmp_path)
    assert len([*tmp_path.iterdir()]) == 2


def recognised(path: Path, scratch: Scratch) -> RecognisedFile:
    files, _ = identify(unpack_all([InputFile(str(path))], scratch, "")[0], Settings(), TABLES)
    return files[0]


def outcome(path: Path, folder: Path, gone: bool = False, **settings: object) -> tuple[Outcome, Outcome]:
    """Convert a file as a worker does and as this machine does."""
    folders = [folder / name for name in ("there", "here")]
    for each in folders:
        each.mkdir()
    rejected: list[object] = []
    with Scratch() as scratch:
        file = recognised(path, scratch)
        job = Job(folders[0], Settings()._replace(**settings), rejected=lambda *row: rejected.append(row))  # type: ignore[arg-type]
        packed = pack_task(Task(file, 3), job)
        if gone:
            path.unlink()
        batch = pa.RecordBatch.from_arrays([pa.array([9], pa.int32()), pa.array([packed], pa.binary())], ["number", "task"])
        (found,) = run_tasks([batch])
        assert found.column(0).to_pylist() == [9]
        there = unpack_outcome(found.column(1)[0].as_py())
        try:
            here = Outcome(convert_file(file, 3, job._replace(folder=folders[1]), scratch), rejected=tuple(rejected))  # type: ignore[arg-type]
        except CustmetricsError as error:
            here = Outcome(problems=error.problems, total=error.total)
        except OSError:
            here = Outcome()
    return there, here


def parts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_a_worker_writes_what_this_machine_writes(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(HEADER + "A,2022-01-01,,pro\nB,2022-02-31,,pro\nC,2022-02-01,2022-05-01,базовый\n", "utf-8")
    there, here = outcome(path, tmp_path, skip_bad_rows=True)
    assert there.entry == here.entry
    assert [(problem, [*cells]) for problem, cells in there.rejected] == [(problem, [*cells]) for problem, cells in here.rejected]
    assert parts(tmp_path / "there") == parts(tmp_path / "here")
    assert len(there.rejected) == 1
    assert [path.name for path in (tmp_path / "there").iterdir() if path.name.startswith(".")] == []


def test_errors_come_back_as_values(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(HEADER + "A,2022-01-01,,pro\nB,2022-02-31,,pro\n", "utf-8")
    there, here = outcome(path, tmp_path)
    assert (there.entry, there.problems, there.total) == (None, here.problems, here.total)
    assert [problem.code for problem in there.problems] == ["E401"]


def test_a_file_that_a_worker_does_not_see_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(HEADER + "A,2022-01-01,,pro\n", "utf-8")
    there, _ = outcome(path, tmp_path, gone=True)
    assert there.is_unreachable
