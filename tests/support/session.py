"""A reader's terminal: runs the commands of a page in a folder, most of them inside this process, because starting Python is slow."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from custmetrics_cli.cli.run import run
from tests.support.source_code import ROOT

QUOTED = re.compile(r"'[^']*'|\"[^\"$`]*\"")
SHELL = re.compile(r"[<>&;$`*?~(){}#\n\\]")  # outside quotes: only a shell can run this
VARIABLE = re.compile(r"(CUSTMETRICS_\w+)=(.*)", re.DOTALL)
READER = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}


class Result(NamedTuple):
    """The exit status and the text a reader sees: both streams, in order."""

    status: int
    text: str


def run_command(command: str, folder: Path) -> Result:
    """Run one command line in the folder.

    Each stage of a pipeline that begins with custmetrics runs in this process, the other stages in bash.
    """
    stages = split_pipeline(command)
    statuses, data, screen = [], b"", b""
    for number, stage in enumerate(stages, start=1):
        variables = dict(found.groups() for word in stage if (found := VARIABLE.fullmatch(word)))
        name, *arguments = stage[len(variables) :]
        if name == "custmetrics":
            with _as_reader(folder, data, variables):
                status, data, errors = _run_here(arguments, number < len(stages))
        else:
            status, data, errors = _run_bash(stage, data, folder)
        statuses.append(status)
        screen += errors
    return Result(next(filter(None, reversed(statuses)), 0), (screen + data).decode())


def split_pipeline(command: str) -> list[list[str]]:
    """Return the words of each stage; one stage for bash when the line needs a shell.

    >>> split_pipeline("custmetrics list | head -2"), split_pipeline("custmetrics list > a.txt")
    ([['custmetrics', 'list'], ['head', '-2']], [['bash', '-o', 'pipefail', '-ec', 'custmetrics list > a.txt']])
    """
    if SHELL.search(QUOTED.sub("", command)):
        return [["bash", "-o", "pipefail", "-ec", command]]
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|")
    lexer.whitespace_split, lexer.commenters = True, ""
    stages: list[list[str]] = [[]]
    for word in lexer:
        if word == "|":
            stages.append([])
        else:
            stages[-1].append(word)
    return stages


@contextmanager
def _as_reader(folder: Path, data: bytes, variables: dict[str, str]) -> Iterator[None]:
    """Change the folder, the environment and standard input to those of a reader. data: what standard input holds."""
    stdin = io.TextIOWrapper(io.BytesIO(data))
    with chdir(folder), patch.dict(os.environ, READER | variables, clear=True), patch.object(sys, "stdin", stdin):
        yield


def _run_here(arguments: list[str], piped: bool) -> tuple[int, bytes, bytes]:
    """Return the exit status, the output and the messages; outside a pipeline the messages are part of the output."""
    output = _stream()
    messages = _stream() if piped else output
    with redirect_stdout(output), redirect_stderr(messages):
        status = run(arguments)
    return status, _bytes(output), _bytes(messages) if piped else b""


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _bytes(stream: io.TextIOWrapper) -> bytes:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def _run_bash(words: list[str], data: bytes, folder: Path) -> tuple[int, bytes, bytes]:
    done = subprocess.run(words, cwd=folder, env=READER, input=data, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout, b""


def reader_folder(folder: Path) -> Path:
    """Fill the folder with what a reader of the pages has: the sample data."""
    (folder / "sample_data").symlink_to(ROOT / "sample_data", target_is_directory=True)
    return folder
