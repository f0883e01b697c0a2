"""Faults around the program: a full disk, folders that may not be written, inputs that change, many runs of which some end early."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

COMMAND = str(Path(sys.executable).with_name("custmetrics"))
SEED = int(os.environ.get("HOSTILE_SEED") or random.SystemRandom().randrange(10**6))
MOMENTS, RUNS, AT_ONCE = 50, int(os.environ.get("HOSTILE_RUNS", "500")), 8
GROWTH = 1.01
ASK = ("churn", "-p", "2022-Q2", "--as-of", "2022-12-31")
HEAD = "customer_id,started_at,ended_at\n"


def rows(count: int) -> str:
    return HEAD + "".join(f"C{n},2021-{n % 12 + 1:02}-05,{'2022-05-20' if n % 7 == 0 else ''}\n" for n in range(count))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestFullDisk:
    """ulimit -f stands for a full disk: no file may be larger than 64 KiB."""

    def test_of_temporary_files(self, shell, folder: Path) -> None:
        (folder / "a.csv.gz").write_bytes(gzip.compress(rows(50_000).encode()))
        (folder / "scratch").mkdir()
        done = shell("trap '' XFSZ; ulimit -f 64; $C churn -p 2022-Q2 a.csv.gz", TMPDIR=str(folder / "scratch"))
        assert (done.returncode, done.stdout) == (3, b""), done.stderr
        assert b"E9" not in done.stderr
        assert left(folder / "scratch") == []

    def test_of_the_output(self, shell, folder: Path) -> None:
        (folder / "a.csv").write_text(rows(50_000))
        (folder / "out.csv").write_text("old")
        done = shell("trap '' XFSZ; ulimit -f 64; $C churn -p 2022-Q2 a.csv --list opening -o out.csv")
        assert (done.returncode, b"E145" in done.stderr) == (2, True), done.stderr
        assert b"E9" not in done.stderr
        assert (folder / "out.csv").read_text() == "old"
        assert left(folder) == ["a.csv", "customers.csv", "out.csv"]


@pytest.mark.parametrize("line", ["$C churn -p 2022-Q2 a.csv.gz", "$C churn -p 2022-Q2 a.csv.gz --engine duckdb"])
def test_a_temporary_folder_that_may_not_be_written(shell, folder: Path, line: str) -> None:
    (folder / "a.csv.gz").write_bytes(gzip.compress(rows(100).encode()))
    done = shell(line, TMPDIR="/proc/1")
    assert b"E9" not in done.stderr
    assert done.returncode in (0, 3), done.stderr  # Python falls back to another folder


@pytest.mark.parametrize("option", ["-o", "--rejects"])
def test_a_folder_of_outputs_that_may_not_be_written(shell, folder: Path, option: str) -> None:
    done = shell(f"$C churn -p 2022-Q2 customers.csv --skip-bad-rows {option} /proc/1/out.csv")
    assert done.returncode in (2, 3), done.stderr
    assert b"E9" not in done.stderr


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_a_change_at_any_moment_gives_no_mixed_answer(tmp_path: Path, engine: str) -> None:
    chance = random.Random(SEED)
    print(f"\nseed {SEED}")  # noqa: T201
    path, old, new = tmp_path / "a.csv", rows(60_000), HEAD + rows(90_000)[len(HEAD) :].replace("2022-05-20", "")
    command = [COMMAND, *ASK, "a.csv", "--engine", engine, "-f", "csv", "-q"]

    def answer(text: str) -> bytes:
        path.write_text(text)
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout

    whole = {answer(text) for text in (old, new)}
    started = time.time()
    answer(old)
    usual = time.time() - started
    for _ in range(MOMENTS // 2):
        path.write_text(old)
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(chance.uniform(0, 1.1 * usual))
        path.write_text(new)
        out, err = process.communicate(timeout=60)
        assert process.returncode in (0, 3), err
        assert b"E9" not in err
        assert out in whole if process.returncode == 0 else not out


@pytest.mark.hostile
def test_many_runs_leave_nothing_and_do_not_grow(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(rows(2_000).encode()))
    command, environment = [COMMAND, *ASK, "a.csv.gz", "-f", "csv"], {"TMPDIR": str(tmp_path / "scratch")}
    usual = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True).stdout

    def one(number: int) -> tuple[bool, bytes, int]:
        chance = random.Random(SEED + number)
        out = tmp_path / f"out{number}"
        with out.open("wb") as file:
            process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=file, stderr=subprocess.DEVNULL)
        is_killed = chance.random() < 0.1
        if is_killed:
            time.sleep(chance.uniform(0, 1))
            process.send_signal(chance.choice([signal.SIGTERM, signal.SIGINT, signal.SIGHUP]))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
        data = out.read_bytes()
        out.unlink()
        return status != 0, data, used.ru_maxrss

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one, range(RUNS)))
    assert left(tmp_path / "scratch") == []
    assert left(tmp_path) == ["a.csv.gz", "scratch"]
    assert all(data == usual for failed, data, _ in found if not failed)
    memory = [used for failed, _, used in found if not failed]
    quarter = len(memory) // 4
    assert median(memory[-quarter:]) <= GROWTH * median(memory[:quarter])
