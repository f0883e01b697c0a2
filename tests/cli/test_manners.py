"""Exit status, streams, encodings, interrupts and completion. Tests of streams run the command as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import COMMAND

ASK = "churn -p 2022-Q2 customers.csv"


def test_stdout_has_the_answer_and_stderr_the_messages(shell) -> None:
    """The data ends before the period: the warning must not be printed into the JSON."""
    done = shell("$C churn -p 2023-Q2 customers.csv --json")
    assert json.loads(done.stdout)["warnings"]
    assert done.stderr.startswith(b"warning: W")
    assert done.returncode == 0


def test_quiet_hides_warnings_unless_the_number_may_be_wrong(shell) -> None:
    done = shell("CUSTMETRICS_NONE=1 $C churn -p 2023-Q2 customers.csv --json -q")
    assert [(each["code"], each["decisive"]) for each in json.loads(done.stdout)["warnings"]] == [("W101", True)]
    assert done.stderr.startswith(b"warning: W101 ")
    assert b"W001" not in done.stderr


@pytest.mark.parametrize("words", [f"{ASK} --json", "--help", "churn --help", "list", "explain churn", f"{ASK} --list opening"])
def test_a_reader_that_stops_early_is_not_an_error(shell, words: str) -> None:
    """The reader stops before anything is written."""
    done = shell(f"$C {words} | head -c 0")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("closed", "status"), [("<&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 2), ("-q -o answer.txt >&-", 0)])
def test_closed_streams_do_not_crash(shell, closed: str, status: int) -> None:
    done = shell(f"$C {ASK} {closed}")
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("words", [ASK, f"{ASK} --fail-if churn>=0", "--help", "schema"])
def test_a_closed_stdout_is_an_error(shell, words: str) -> None:
    """A lost answer must not look like success, nor like the result of --fail-if."""
    done = shell(f"$C {words.replace('>', chr(92) + '>')} >&-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"standard output is closed" in done.stderr


def test_a_closed_stdout_does_not_become_the_next_opened_file(shell, folder: Path) -> None:
    """If a file opened later got the descriptor, the answer would be written into it."""
    before = (folder / "customers.csv").read_bytes()
    shell(f"$C {ASK} >&-")
    assert (folder / "customers.csv").read_bytes() == before


def test_it_runs_with_an_empty_environment(shell) -> None:
    done = shell(f"env -i $C {ASK}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"25.00" in done.stdout


def test_it_runs_in_a_deleted_directory(shell, folder: Path) -> None:
    file = folder / "customers.csv"
    done = shell(f"mkdir gone && cd gone && rmdir ../gone && $C churn -p 2022-Q2 {file}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251"])
def test_characters_outside_the_encoding_are_escaped(shell, encoding: str) -> None:
    done = shell(f"$C {ASK} --by plan", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)


def test_ascii_output_draws_ascii_boxes(shell) -> None:
    done = shell(f"$C {ASK} --by plan", PYTHONIOENCODING="ascii")
    assert done.stdout.isascii()
    assert b"K\\xf6ln" in done.stdout


def test_the_c_locale_draws_ascii_boxes(shell) -> None:
    done = shell(f"LC_ALL=C $C {ASK} --by plan")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "─" not in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "cp1251"])
def test_json_is_the_same_in_every_encoding(shell, encoding: str) -> None:
    done = shell(f"$C {ASK} --by plan --json", PYTHONIOENCODING=encoding)
    assert [result["group"]["plan"] for result in json.loads(done.stdout.decode(encoding))["results"]] == ["Köln", "basic", "pro"]


@pytest.mark.parametrize("columns", ["0", "-5", "wide", ""])
@pytest.mark.parametrize("words", [ASK, "--help"])
def test_an_invalid_columns_variable_is_ignored(shell, columns: str, words: str) -> None:
    done = shell(f"$C {words}", COLUMNS=columns)
    assert (done.returncode, done.stderr) == (0, b"")
    assert max(map(len, done.stdout.decode().splitlines())) > 30, "not wrapped into a column of letters"


def test_output_to_a_pipe_ignores_the_width(shell) -> None:
    done = shell(f"$C {ASK} --by plan", COLUMNS="20")
    wide = shell(f"$C {ASK} --by plan", COLUMNS="300")
    assert done.stdout == wide.stdout


def test_an_interrupt_while_reading_returns_130(folder: Path) -> None:
    """Ctrl-C while it waits for standard input: status 130 and no traceback."""
    process = subprocess.Popen([COMMAND, "churn", "-p", "2022", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


@pytest.mark.parametrize("wait", [0.02, 0.1, 0.3])
def test_an_interrupt_during_imports_returns_130(folder: Path, wait: float) -> None:
    """Interrupts are also handled while libraries are imported."""
    program = [
        sys.executable,
        "-c",
        "import signal; from custmetrics_cli.cli import main; print(flush=True); main()",
        "churn",
        "-p",
        "2022",
        "-",
    ]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=30)[1]
    assert (process.returncode, err) == (130, b"")


def test_termination_leaves_no_temporary_file(folder: Path) -> None:
    scratch = folder / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    process = subprocess.Popen([COMMAND, "churn", "-p", "2022", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    deadline = time.monotonic() + 20
    while not any(scratch.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 143
    assert list(scratch.iterdir()) == []


def test_standard_input_is_read_only_for_a_dash(shell) -> None:
    assert shell("cat customers.csv | $C churn -p 2022-Q2 -").returncode == 0
    assert shell("cat customers.csv | $C churn -p 2022-Q2").returncode == 2


def test_help_loads_no_heavy_library(folder: Path) -> None:
    heavy = {"pandas", "pyarrow", "numpy", "duckdb", "narwhals"}
    look = "import sys, custmetrics_cli.cli.run as r; r.run(sys.argv[1:]); print(sorted(sys.modules), file=sys.stderr)"
    for words in (["--help"], ["churn", "--help"], ["--version"], ["schema"], ["list"], ["chrun"]):
        done = subprocess.run([sys.executable, "-c", look, *words], capture_output=True, text=True, check=True, timeout=60)
        assert heavy.isdisjoint(eval(done.stderr.splitlines()[-1]))


def test_completion_knows_the_commands_and_loads_no_heavy_library(shell) -> None:
    done = shell(f"COMP_WORDS='custmetrics ret' COMP_CWORD=1 _CUSTMETRICS_COMPLETE=complete_bash {sys.executable} -X importtime $C")
    assert b"retention" in done.stdout
    assert b"pandas" not in done.stderr


def test_completion_knows_the_values_of_options(shell) -> None:
    done = shell("COMP_WORDS='custmetrics churn --every m' COMP_CWORD=3 _CUSTMETRICS_COMPLETE=complete_bash $C")
    assert done.stdout.strip() == b"month"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("churn customers.csv --by ", "customer_id started_at ended_at plan"),
        ("churn customers.csv --where st", "started_at"),
        ("churn --list lo", "lost"),
        ("churn --definition in", "involuntary"),
        ("clv --definition h", "historic"),
        ("churn --period last-q", "last-quarter"),
        ("churn --preset stripe_sub", "stripe_subscriptions"),
        ("guide star", "start"),
        ("explain net-n", "net-new-mrr"),
    ],
)
def test_completion_knows_columns_totals_and_names(shell, words: str, expected: str) -> None:
    line = f"custmetrics {words}"
    word = len(line.split()) - (not line.endswith(" "))
    done = shell(f"COMP_WORDS='{line}' COMP_CWORD={word} _CUSTMETRICS_COMPLETE=complete_bash $C")
    assert (done.returncode, done.stdout.decode().split()) == (0, expected.split())


def test_completion_of_zsh_adds_one_line_to_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from custmetrics_cli.cli.usage.completion import install_zsh

    monkeypatch.setenv("HOME", str(tmp_path))
    settings = tmp_path / ".zshrc"
    settings.write_text("export EDITOR=vi", "utf-8")
    for _ in range(2):
        script = install_zsh(prog_name="custmetrics", complete_var="_CUSTMETRICS_COMPLETE", shell="zsh")
    assert settings.read_text("utf-8") == "export EDITOR=vi\nfpath+=~/.zfunc; autoload -Uz compinit; compinit\n"
    assert "custmetrics" in script.read_text("utf-8")


def test_errors_are_json_with_json(here) -> None:
    for words in (
        [*ASK.split(), "--json", "--by", "plam"],
        ["churn", "-p", "nonsense", "customers.csv", "--format", "json"],
        ["churn", "--json", "--perod"],
    ):
        said = here(*words)
        assert said.out == ""
        assert json.loads(said.err)["errors"][0]["hint"]


def test_an_internal_error_hides_its_traceback_without_debug(here, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("custmetrics_cli.compute.answer.answer", broken)
    said = here(*ASK.split())
    assert (said.status, said.out) == (4, "")
    assert "E900" in said.err
    assert "Traceback" not in said.err
    assert "Traceback" in here(*ASK.split(), "--debug").err
