"""The manners of design/cli.md, one test each. What concerns streams runs as a process of its own."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import COMMAND

ASK = "churn -p 2022-Q2 customers.csv"


def test_stdout_is_the_answer_and_stderr_the_rest(shell) -> None:
    """The data ends before the period does: a warning, which must not be in the JSON's way."""
    done = shell("$C churn -p 2023-Q2 customers.csv --json")
    assert json.loads(done.stdout)["warnings"]
    assert done.stderr.startswith(b"warning: W")
    assert done.returncode == 0


def test_quiet(shell) -> None:
    done = shell("$C churn -p 2023-Q2 customers.csv --json -q")
    assert json.loads(done.stdout)["warnings"]
    assert done.stderr == b""


@pytest.mark.parametrize("words", [f"{ASK} --json", "--help", "churn --help", "list", "explain churn", f"{ASK} --list opening"])
def test_head_ends_quietly(shell, words: str) -> None:
    """The reader is gone before anything is written."""
    done = shell(f"$C {words} | head -c 0")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(shell, closed: str) -> None:
    done = shell(f"$C {ASK} {closed}")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_closed_stdout_is_not_the_next_file(shell, folder: Path) -> None:
    """The descriptor must not be given to a file opened later, which the answer would then be written into."""
    before = (folder / "customers.csv").read_bytes()
    shell(f"$C {ASK} >&-")
    assert (folder / "customers.csv").read_bytes() == before


def test_nothing_of_the_environment_is_needed(shell) -> None:
    done = shell(f"env -i $C {ASK}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"25.00" in done.stdout


def test_a_directory_that_is_gone(shell, folder: Path) -> None:
    file = folder / "customers.csv"
    done = shell(f"mkdir gone && cd gone && rmdir ../gone && $C churn -p 2022-Q2 {file}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251"])
def test_an_output_that_cannot_show_everything(shell, encoding: str) -> None:
    done = shell(f"$C {ASK} --by plan", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)


def test_ascii_output_has_ascii_boxes(shell) -> None:
    done = shell(f"$C {ASK} --by plan", PYTHONIOENCODING="ascii")
    assert done.stdout.isascii()
    assert b"K\\xf6ln" in done.stdout


def test_the_c_locale(shell) -> None:
    done = shell(f"LC_ALL=C $C {ASK} --by plan")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "─" not in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "cp1251"])
def test_json_says_the_same_in_every_encoding(shell, encoding: str) -> None:
    done = shell(f"$C {ASK} --by plan --json", PYTHONIOENCODING=encoding)
    assert [result["group"]["plan"] for result in json.loads(done.stdout.decode(encoding))["results"]] == ["Köln", "basic", "pro"]


@pytest.mark.parametrize("columns", ["0", "-5", "wide", ""])
@pytest.mark.parametrize("words", [ASK, "--help"])
def test_columns_that_are_no_width(shell, columns: str, words: str) -> None:
    done = shell(f"$C {words}", COLUMNS=columns)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) < 60


def test_a_pipe_is_not_cut_to_80_columns(shell) -> None:
    done = shell(f"$C {ASK} --by plan", COLUMNS="20")
    wide = shell(f"$C {ASK} --by plan", COLUMNS="300")
    assert done.stdout == wide.stdout


def on_terminal(words: str, folder: Path, **more: str) -> str:
    """What a terminal gets; TERM is xterm and no variable about colours is set, unless said."""
    unset = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL")
    environment = {name: value for name, value in os.environ.items() if name not in unset} | {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen([COMMAND, *words.split()], stdout=theirs, stderr=theirs, stdin=theirs, env=environment | more, cwd=folder)
    os.close(theirs)
    text = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            text += os.read(ours, 65536)
        except OSError:
            break
    process.wait(30)
    os.close(ours)
    return text.decode()


@pytest.mark.parametrize(
    ("more", "words", "colored"),
    [
        ({}, "", True),
        ({"NO_COLOR": "1"}, "", False),
        ({"TERM": "dumb"}, "", False),
        ({}, "--color never", False),
        ({"NO_COLOR": "1"}, "--color always", True),
    ],
)
def test_colours_on_a_terminal(folder: Path, more: dict[str, str], words: str, colored: bool) -> None:
    assert ("\x1b[" in on_terminal(f"{ASK} {words}", folder, **more)) == colored


@pytest.mark.parametrize(
    ("more", "words", "colored"),
    [({}, "", False), ({"FORCE_COLOR": "1"}, "", True), ({}, "--color always", True), ({"FORCE_COLOR": "0"}, "", False)],
)
def test_colours_in_a_pipe(shell, more: dict[str, str], words: str, colored: bool) -> None:
    assert (b"\x1b[" in shell(f"$C {ASK} {words}", **{"NO_COLOR": "", **more}).stdout) == colored


def test_cells_do_not_act_on_a_terminal(folder: Path) -> None:
    rows = "customer_id,started_at,ended_at,plan\nC1,2021-01-01,,\x1b[2J[bold]x\n"
    (folder / "evil.csv").write_text(rows, "utf-8")
    text = on_terminal("customers -p 2021-Q2 evil.csv --by plan", folder)
    assert "\x1b[2J" not in text
    assert "[bold]x" in text


def test_interrupt(folder: Path) -> None:
    """Ctrl-C while standard input is waited for: 130 and not a word of Python."""
    process = subprocess.Popen([COMMAND, "churn", "-p", "2022", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


def test_standard_input_is_read_only_when_asked_for(shell) -> None:
    assert shell("cat customers.csv | $C churn -p 2022-Q2 -").returncode == 0
    assert shell("cat customers.csv | $C churn -p 2022-Q2").returncode == 2


def test_help_loads_nothing_heavy(folder: Path) -> None:
    heavy = {"pandas", "pyarrow", "numpy", "duckdb", "narwhals"}
    look = "import sys, custmetrics_cli.cli.run as r; r.run(sys.argv[1:]); print(sorted(sys.modules), file=sys.stderr)"
    for words in (["--help"], ["churn", "--help"], ["--version"], ["schema"], ["list"], ["chrun"]):
        done = subprocess.run([sys.executable, "-c", look, *words], capture_output=True, text=True, check=True, timeout=60)
        assert heavy.isdisjoint(eval(done.stderr.splitlines()[-1]))


def test_completion_knows_the_commands_and_loads_nothing_heavy(shell) -> None:
    done = shell(f"COMP_WORDS='custmetrics ret' COMP_CWORD=1 _CUSTMETRICS_COMPLETE=complete_bash {sys.executable} -X importtime $C")
    assert b"retention" in done.stdout
    assert b"pandas" not in done.stderr


class TestOutputFile:
    def test_the_suffix_decides_the_format(self, shell, folder: Path) -> None:
        shell(f"$C {ASK} -o churn.json && $C {ASK} -o churn.csv && $C {ASK} -o churn.md && $C {ASK} -o churn.txt")
        assert json.loads((folder / "churn.json").read_text())["results"]
        assert (folder / "churn.csv").read_text().startswith("metric,")
        assert "|" in (folder / "churn.md").read_text()
        assert (folder / "churn.txt").read_text()

    def test_a_file_takes_everything_whatever_the_locale(self, shell, folder: Path) -> None:
        done = shell(f"LC_ALL=C $C {ASK} --by plan -o churn.csv", PYTHONIOENCODING="ascii")
        assert done.stdout == b""
        assert "Köln" in (folder / "churn.csv").read_text("utf-8")

    def test_devices(self, shell) -> None:
        assert shell(f"$C {ASK} --json -o /dev/stdout | cat").stdout.startswith(b"{")
        assert shell(f"$C {ASK} -o /dev/null").returncode == 0

    @pytest.mark.parametrize("target", [".", "missing/churn.json", "/dev/full"])
    def test_where_it_cannot_be_written(self, shell, folder: Path, target: str) -> None:
        done = shell(f"$C {ASK} -o {target}")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"E145 the answer cannot be written" in done.stderr
        assert sorted(path.name for path in folder.iterdir()) == ["customers.csv"]

    def test_a_full_disk_on_standard_output(self, shell) -> None:
        done = shell(f"$C {ASK} > /dev/full")
        assert done.returncode == 2
        assert b"E145 the answer cannot be written: No space left on device" in done.stderr

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_read_only_directory(self, shell, folder: Path) -> None:
        (folder / "out").mkdir(mode=0o555)
        assert shell(f"$C {ASK} -o out/churn.json").returncode == 2

    def test_a_refused_run_leaves_the_old_file(self, shell, folder: Path) -> None:
        (folder / "churn.json").write_text("old")
        assert shell("$C churn -p 2022-Q2 missing.csv -o churn.json").returncode == 3
        assert (folder / "churn.json").read_text() == "old"

    def test_a_failed_write_leaves_the_old_file(self, folder: Path, here, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "churn.json").write_text("old")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert here(*ASK.split(), "-o", "churn.json").status == 2
        assert (folder / "churn.json").read_text() == "old"
        assert sorted(path.name for path in folder.iterdir()) == ["churn.json", "customers.csv"]

    def test_a_link_stays_a_link_and_permissions_stay(self, shell, folder: Path) -> None:
        (folder / "real.json").write_text("old")
        (folder / "real.json").chmod(0o640)
        (folder / "churn.json").symlink_to("real.json")
        assert shell(f"$C {ASK} -o churn.json").returncode == 0
        assert (folder / "churn.json").is_symlink()
        assert (folder / "real.json").stat().st_mode & 0o777 == 0o640
        assert json.loads((folder / "real.json").read_text())


class TestFailIf:
    @pytest.mark.parametrize(
        ("test", "status"),
        [
            ("churn > 5%", 1),
            ("churn > 90%", 0),
            ("value>=0.05", 1),
            ("churn < 5%", 0),
            ("churn != 0", 1),
            ("churn = 0", 0),
            ("churn<=1", 1),
        ],
    )
    def test_the_status_follows_the_test(self, here, test: str, status: int) -> None:
        said = here(*ASK.split(), "--json", "--fail-if", test)
        assert said.status == status
        assert json.loads(said.out)["results"]

    def test_no_answer_fails(self, here) -> None:
        assert here("churn", "-p", "2020-Q1", "customers.csv", "-q", "--fail-if", "churn > 5%").status == 1

    def test_any_group_that_fails(self, here) -> None:
        assert here(*ASK.split(), "--by", "plan", "--where", "plan in basic,pro", "--fail-if", "churn >= 50%").status == 1


def test_a_fatal_error_under_json_is_json(here) -> None:
    for words in (
        [*ASK.split(), "--json", "--by", "plam"],
        ["churn", "-p", "nonsense", "customers.csv", "--format", "json"],
        ["churn", "--json", "--perod"],
    ):
        said = here(*words)
        assert said.out == ""
        assert json.loads(said.err)["errors"][0]["hint"]


def test_a_fault_of_ours(here, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("custmetrics_cli.compute.answer", broken)
    said = here(*ASK.split())
    assert (said.status, said.out) == (4, "")
    assert "E900" in said.err
    assert "Traceback" not in said.err
    assert "Traceback" in here(*ASK.split(), "--debug").err
