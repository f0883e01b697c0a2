"""A settings file that nobody named is data: it cannot write, silence, or come from another user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ASK = ("churn", "-p", "2022-Q2", "customers.csv")


@pytest.mark.parametrize(
    "text",
    [
        'output = "x"',
        'rejects = "x"',
        'write = "x"',
        "quiet = true",
        "skip-bad-rows = true",
        'fail_if = "churn > 5%"',
        'master = "spark://x:7077"',
    ],
)
def test_settings_that_write_or_silence_must_be_named(here, folder: Path, text: str) -> None:
    (folder / "custmetrics.toml").write_text(text)
    said = here(*ASK)
    assert (said.status, "E105" in said.err, (folder / "x").exists()) == (2, True, False)
    assert "E105" not in here(*ASK, "--config", "custmetrics.toml").err
    assert here(*ASK, "--no-config").status == 0


@pytest.mark.parametrize("name", ["custmetrics.toml", "presets", "presets/own.toml"])
@pytest.mark.parametrize("mode", [0o666, 0o777])
def test_what_others_can_change_is_refused(here, folder: Path, name: str, mode: int) -> None:
    (folder / "custmetrics.toml").write_text("")
    (folder / "presets").mkdir()
    (folder / "presets" / "own.toml").write_text("")
    (folder / name).chmod(mode)
    said = here(*ASK)
    assert (said.status, "E106" in said.err) == (2, True), said.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_another_user_is_refused(here, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "custmetrics.toml").write_text("gap = 30")
    os.chown(folder / "custmetrics.toml", 1234, 1234)
    assert "E106" in here(*ASK).err
    monkeypatch.setenv("SUDO_UID", "1234")
    assert here(*ASK).status == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_link_of_another_user_is_refused(here, folder: Path) -> None:
    (folder / "real.toml").write_text("gap = 30")
    (folder / "custmetrics.toml").symlink_to("real.toml")
    assert here(*ASK).status == 0
    os.chown(folder / "custmetrics.toml", 1234, 1234, follow_symlinks=False)
    assert "E106" in here(*ASK).err


def test_what_is_not_a_file_is_not_opened(here, folder: Path) -> None:
    os.mkfifo(folder / "custmetrics.toml")
    assert here(*ASK).status == 0
    (folder / "custmetrics.toml").unlink()
    (folder / "custmetrics.toml").write_text("")
    (folder / "presets").mkdir(0o755)
    os.mkfifo(folder / "presets" / "x.toml")
    assert here(*ASK).status == 0


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000 + "]" * 100_000, "a." * 8_000 + "a = 1", "tool = 1", "[tool]\ncustmetrics = [1]"])
@pytest.mark.parametrize("name", ["custmetrics.toml", "pyproject.toml", "presets/x.toml"])
def test_odd_settings_are_never_an_internal_error(here, folder: Path, text: str, name: str) -> None:
    (folder / "presets").mkdir()
    (folder / "custmetrics.toml").write_text("")
    (folder / name).write_text(f"{text}\n# [tool.custmetrics\n")
    if name == "pyproject.toml":
        (folder / "custmetrics.toml").unlink()
    assert "E9" not in here(*ASK).err


def test_python_m_does_not_import_from_the_working_directory(shell, folder: Path) -> None:
    (folder / "pandas.py").write_text("open('PWNED', 'w')")
    (folder / "typer.py").write_text("open('PWNED', 'w')")
    done = shell("$(dirname $C)/python -m custmetrics_cli churn -p 2022-Q2 customers.csv")
    assert (done.returncode, (folder / "PWNED").exists()) == (0, False), done.stderr
