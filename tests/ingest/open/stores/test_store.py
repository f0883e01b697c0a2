"""Files in object stores are read by their address. The store is a server of the S3 protocol on this machine."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custmetrics_cli.cli.run import run as run_command
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.open.stores import store
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack
from tests.ingest.open.stores.conftest import Bucket
from tests.support.workbooks import write_xlsx

TEXT = b"customer_id,started_at,ended_at\n1,2022-01-01,2022-05-01\n2,2022-01-01,\n"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: Ran(run_command([*arguments, "--no-config"]), *capsys.readouterr())


def opened(address: str) -> list[tuple[str, bytes]]:
    with Scratch() as scratch:
        return [(each.source.path, each.path.read_bytes()) for file in find([address], ()) for each in unpack(file, scratch)]


def parquet(**columns: list[object]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def test_a_file_and_a_sheet_are_read(bucket: Bucket, tmp_path: Path) -> None:
    file = bucket.write("exports/a.csv", TEXT)
    book = bucket.write("book.xlsx", write_xlsx(tmp_path / "a.xlsx", {"S": [["id"], [1]], "T": [["id"], [2]]}).read_bytes())
    assert opened(file) == [(file, TEXT)]
    assert opened(f"{book}#T") == [(f"{book}#T", b"id\n2\n")]


@pytest.mark.parametrize("key", ["a b.csv", "отчёт.csv", "a%20b.csv", "a+b.csv", "a=b/c&d.csv"])
def test_any_key_is_read_as_it_is(bucket: Bucket, key: str) -> None:
    assert opened(bucket.write(key, TEXT)) == [(bucket.address(key), TEXT)]


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_folder_gives_its_data_files(bucket: Bucket, slash: str) -> None:
    files = [bucket.write(f"exports/{name}.csv", TEXT) for name in "ab"]
    for other in ("exports/notes.md", "exports/old/c.csv"):
        bucket.write(other, TEXT)
    assert find([bucket.address("exports") + slash], ()) == [InputFile(path, is_named=False) for path in files]


def test_a_bucket_is_a_folder(bucket: Bucket) -> None:
    file = bucket.write("a.csv", TEXT)
    assert [each.path for each in find([bucket.address()], ())] == [file]


def test_a_table_in_parts_has_the_columns_of_its_folders(bucket: Bucket) -> None:
    files = [bucket.write(f"lake/year={year}/part-0.parquet", parquet(id=[year])) for year in (2023, 2024)]
    assert opened(bucket.address("lake")) == [(file, f"id,year\n{file[-19:-15]},{file[-19:-15]}\n".encode()) for file in files]


@pytest.mark.parametrize("command", ["churn --period 2022-Q2", "inspect", "report --period 2022-Q2"])
def test_commands_read_from_a_store(bucket: Bucket, run: Callable[..., Ran], tmp_path: Path, command: str) -> None:
    file = bucket.write("customers.csv", TEXT)
    (tmp_path / "customers.csv").write_bytes(TEXT)
    stored, local = run(*command.split(), file), run(*command.split(), "customers.csv")
    assert (stored.status, stored.out.replace(bucket.address(), "")) == (local.status, local.out), stored.err


def test_the_answer_names_the_address_and_the_hash(bucket: Bucket, run: Callable[..., Ran]) -> None:
    file = bucket.write("customers.csv", TEXT)
    (entry,) = json.loads(run("churn", "--period", "2022-Q2", f"customers={file}", "--json").out)["inputs"]
    assert (entry["path"], len(entry["sha256"])) == (file, 64)


def test_an_object_that_changes_while_it_is_read_gives_no_answer(bucket: Bucket, s3: pytest.MonkeyPatch, run: Callable[..., Ran]) -> None:
    file = bucket.write("customers.csv", TEXT)
    copy = Scratch.copy

    def copy_and_change(self: Scratch, stream: object) -> Path:
        path = copy(self, stream)  # type: ignore[arg-type]
        bucket.write("customers.csv", TEXT + b"3,2022-01-01,\n")
        return path

    s3.setattr(Scratch, "copy", copy_and_change)
    assert f"{file}: E230" in run("churn", "--period", "2022-Q2", file).err


def test_missing_buckets_and_files_are_told_apart(bucket: Bucket, run: Callable[..., Ran]) -> None:
    bucket.write("customers.csv", TEXT)
    assert "E251 the bucket 'nowhere' was not found" in run("inspect", "s3://nowhere/customers.csv").err
    file = run("churn", bucket.address("custmers.csv"), "--period", "2022-Q2")
    assert "E252 file not found\n  hint: did you mean customers.csv?" in file.err


def test_a_region_and_an_endpoint_may_be_in_the_address(bucket: Bucket, server: str, s3: pytest.MonkeyPatch) -> None:
    bucket.write("a.csv", TEXT)
    s3.delenv("AWS_ENDPOINT_URL")
    s3.delenv("AWS_REGION")
    options = f"?endpoint_override={server}&region=us-east-1"
    assert [path for path, _ in opened(bucket.address() + options)] == [bucket.address("a.csv") + options]


def test_the_store_is_imported_on_use_only() -> None:
    assert "pyarrow" not in vars(store)
