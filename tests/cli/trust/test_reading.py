"""A file that changes while it is read gives no answer, whatever the engine and the kind of change."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from custmetrics_cli.ingest.recognise import identify

ASK = ("churn", "-p", "2022-Q2")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 10)


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"C9,2022-01-01,,\n")


def replace(path: Path) -> None:
    data = path.read_bytes()
    path.rename(path.with_suffix(".old"))
    path.write_bytes(data)


def overwrite(path: Path) -> None:
    """Change a byte and hide it: size and time stay the same."""
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(-8, 2)
        file.write(b"9")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES = [cut, append, replace, overwrite, Path.unlink]


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, Callable[[Path], None]], None]:
    """Change a file after its head was read."""

    def start(path: Path, change: Callable[[Path], None]) -> None:
        original = identify.identify

        def identified(*args):
            found = original(*args)
            change(path)
            return found

        monkeypatch.setattr(identify, "identify", identified)

    return start


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["customers.csv", "customers.csv.gz"])
def test_a_change_is_an_error(here, folder: Path, changing, engine: str, change, name: str) -> None:
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress((folder / "customers.csv").read_bytes()))
    changing(path, change)
    said = here(*ASK, name, "--engine", engine)
    assert (said.status, said.out, said.err.count("E230")) == (3, "", 1), said.err


def test_a_change_of_name_or_mode_is_not_a_change(here, folder: Path, changing) -> None:
    def rename(path: Path) -> None:
        path.chmod(0o600)
        os.link(path, "copy.csv")

    changing(folder / "customers.csv", rename)
    assert here(*ASK, "customers.csv").status == 0


def test_standard_input_is_watched_too(shell, folder: Path) -> None:
    assert shell("$C churn -p 2022-Q2 - < customers.csv").returncode == 0


def test_exchange_rates_are_watched(here, folder: Path, changing) -> None:
    (folder / "rates.csv").write_text("date,from,to,rate\n2022-01-01,USD,EUR,0.9\n")
    (folder / "subscriptions.csv").write_text("customer_id,amount,interval,started_at,ended_at,currency\nC1,100,month,2022-01-05,,USD\n")
    changing(folder / "rates.csv", append)
    said = here("mrr", "-p", "2022-02", "subscriptions.csv", "--fx", "rates.csv", "--currency", "EUR")
    assert (said.status, "rates.csv: E230" in said.err) == (3, True), said.err


@pytest.mark.parametrize("make", [lambda path: os.mkfifo(path), lambda path: Path(path).symlink_to("/dev/zero")])
def test_what_is_not_a_file_in_a_folder_is_left_out_with_a_message(here, folder: Path, make) -> None:
    make("a.csv")
    said = here(*ASK, ".")
    assert (said.status, said.err.count("a.csv")) == (0, 1), said.err


def test_a_device_is_refused(here, folder: Path) -> None:
    assert "E235" in here(*ASK, "/dev/zero").err


def test_a_pipe_is_read_if_somebody_writes_to_it(shell, folder: Path) -> None:
    assert shell("$C churn -p 2022-Q2 <(sleep 1; cat customers.csv)").returncode == 0
    os.mkfifo("pipe.csv")
    assert shell("(cat customers.csv > pipe.csv &) ; $C churn -p 2022-Q2 pipe.csv").returncode == 0


def test_memory_that_cannot_be_held_is_refused(here, folder: Path) -> None:
    said = here(*ASK, "--memory", "100MB", "customers.csv")
    assert (said.status, "400MB" in said.err) == (2, True)
