"""Colours and escapes on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest

from .conftest import COMMAND
from .test_manners import ASK


def on_terminal(words: str, folder: Path, **more: str) -> str:
    """Return what a terminal receives. TERM is xterm, and no variable about colours is set."""
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
def test_a_terminal_gets_colours_unless_they_are_turned_off(folder: Path, more: dict[str, str], words: str, colored: bool) -> None:
    assert ("\x1b[" in on_terminal(f"{ASK} {words}", folder, **more)) == colored


@pytest.mark.parametrize(
    ("more", "words", "colored"),
    [({}, "", False), ({"FORCE_COLOR": "1"}, "", True), ({}, "--color always", True), ({"FORCE_COLOR": "0"}, "", False)],
)
def test_a_pipe_gets_colours_only_if_they_are_forced(shell, more: dict[str, str], words: str, colored: bool) -> None:
    assert (b"\x1b[" in shell(f"$C {ASK} {words}", **{"NO_COLOR": "", **more}).stdout) == colored


def test_escapes_in_cells_do_not_reach_the_terminal(folder: Path) -> None:
    rows = "customer_id,started_at,ended_at,plan\nC1,2021-01-01,,\x1b[2J[bold]x\n"
    (folder / "evil.csv").write_text(rows, "utf-8")
    text = on_terminal("customers -p 2021-Q2 evil.csv --by plan", folder)
    assert "\x1b[2J" not in text
    assert "[bold]x" in text
