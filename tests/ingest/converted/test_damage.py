"""A conversion is complete or absent, whatever ends it; and a changed byte is found before anything is computed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.source_code import ROOT

SAMPLE = ROOT / "sample_data"
COMMAND = str(Path(sys.executable).with_name("custmetrics"))
MOMENTS = 20
REFUSED = 3


@pytest.fixture
def clean(ask, tmp_path: Path) -> Path:
    assert ask("convert", SAMPLE / "customers.csv", "-o", "clean")[0] == 0
    return tmp_path / "clean"


def is_complete(folder: Path) -> bool:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    parts = [part for entry in manifest["entries"] for part in (entry["part"], entry["skipped_part"]) if part]
    return bool(parts) and all((folder / part["file"]).stat().st_size == part["bytes"] for part in parts)


def convert(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([COMMAND, "convert", str(SAMPLE), "-o", str(folder / "clean"), "-q", *more], stdout=-3, stderr=-3)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("replaces", [False, True])
def test_a_conversion_that_is_ended_is_complete_or_absent(tmp_path: Path, number: int, replaces: bool) -> None:
    begun = time.monotonic()
    assert convert(tmp_path).wait() == 0
    whole = time.monotonic() - begun
    (tmp_path / "clean").rename(tmp_path / "first")
    for moment in range(MOMENTS // 2):
        if replaces and not (tmp_path / "clean").exists():
            shutil.copytree(tmp_path / "first", tmp_path / "clean")
        process = convert(tmp_path, *(["--replace"] if replaces else []))
        time.sleep(whole * (0.3 + 0.8 * moment / (MOMENTS // 2)))
        process.send_signal(number)
        process.wait()
        assert not (tmp_path / "clean").exists() or is_complete(tmp_path / "clean")
        if number == signal.SIGTERM:
            assert {path.name for path in tmp_path.iterdir()} <= {"clean", "first"}
            assert not replaces or (tmp_path / "clean").exists()
        if not replaces and (tmp_path / "clean").exists():
            shutil.rmtree(tmp_path / "clean")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of processes are those of Unix")
def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    limited = f"ulimit -f 20; exec {COMMAND} convert {SAMPLE} -o {tmp_path / 'clean'}"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    assert (done.returncode, "E290" in done.stderr, done.stdout) == (REFUSED, True, "")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_earlier_conversion(ask, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from custmetrics_cli.ingest.converted import part_sink

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = {path: path.read_bytes() for path in clean.rglob("*") if path.is_file()}
    monkeypatch.setattr(part_sink, "write_part", fail)
    status, out, said = ask("convert", SAMPLE / "customers.csv", "-o", "clean", "--replace")
    assert (status, out, "No space left on device" in said) == (REFUSED, "", True)
    assert {path: path.read_bytes() for path in clean.rglob("*") if path.is_file()} == before
    assert [path.name for path in clean.parent.iterdir()] == ["clean"]


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize("name", ["customers/part-00000.parquet", "customers.skipped/part-00000.parquet"])
def test_one_changed_bit_anywhere_is_found(ask, clean: Path, name: str, engine: str) -> None:
    part = clean / name
    data = part.read_bytes()
    chance = random.Random(18)
    for at in [0, 4, *(chance.randrange(len(data)) for _ in range(MOMENTS)), len(data) - 9, len(data) - 1]:
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        part.write_bytes(bytes(changed))
        status, out, said = ask("churn", "--period", "2022-Q2", clean, "--engine", engine)
        assert (status, out, "E247" in said) == (REFUSED, "", True), at
    part.write_bytes(data)
    assert ask("churn", "--period", "2022-Q2", clean, "--engine", engine)[0] == 0


def test_a_changed_manifest_is_found(ask, clean: Path) -> None:
    manifest = clean / "manifest.json"
    data = manifest.read_bytes()
    chance = random.Random(7)
    for _ in range(3 * MOMENTS):
        at = chance.randrange(len(data))
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(7)
        manifest.write_bytes(bytes(changed))
        status, out, said = ask("churn", "--period", "2022-Q2", clean)
        unharmed = (status, said) == (0, "")  # a space between two keys, or the version
        assert unharmed or (status, out) == (REFUSED, ""), (at, said)
        assert "internal error" not in said


@pytest.mark.parametrize("change", ["delete", "shorten", "add"])
def test_a_part_that_is_missing_cut_or_foreign_is_found(ask, clean: Path, change: str) -> None:
    part = clean / "customers" / "part-00000.parquet"
    if change == "delete":
        part.unlink()
    elif change == "shorten":
        part.write_bytes(part.read_bytes()[:-1])
    else:
        (clean / "customers" / "part-00001.parquet").write_bytes(part.read_bytes())
    status, out, said = ask("churn", "--period", "2022-Q2", clean)
    assert (status, out, "E247" in said) == (REFUSED, "", True)


def test_only_an_own_folder_is_replaced_and_only_when_asked(ask, clean: Path) -> None:
    again = ("convert", SAMPLE / "customers.csv", "-o", "clean")
    assert "--replace" in ask(*again)[2]
    assert ask(*again, "--replace")[0] == 0
    (clean / "customers" / "notes.txt").write_text("mine")
    status, _, said = ask(*again, "--replace")
    assert (status, "E242" in said, (clean / "customers" / "notes.txt").read_text()) == (REFUSED, True, "mine")
    Path("file").write_text("mine")
    assert "E242" in ask("convert", SAMPLE / "customers.csv", "-o", "file", "--replace")[2]
    assert Path("file").read_text() == "mine"
