"""Ask a question about files, follow the hints of refusals, and judge the answer."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from custmetrics_cli.cli.run import run
from tests.pollution.semantic.case import Case

MOST_HINTS = 3
NEAR = 0.001
OPTION = r"""--skip-bad-rows|--[a-z-]+ (?:[^\s"',;()]*(?:"[^"]*"|'[^']*')+|[^\s"',;()]+)"""
FILE = r"[a-z]+=\S+\.csv"
PART = f"(?:(?:{OPTION})|{FILE})"
GROUP = re.compile(f"{PART}(?: {PART})*")


class Verdict(NamedTuple):
    """The outcome for one case."""

    word: str  # right, hinted, warned, dead end, silent wrong, broken
    detail: str = ""


class Reply(NamedTuple):
    """The answer of one command: a number with warnings, or an error."""

    value: float | None
    warnings: tuple[str, ...]
    code: str = ""
    message: str = ""
    hint: str = ""


def judge(case: Case, folder: Path) -> Verdict:
    files = []
    for sheet in case.sheets:
        (folder / sheet.file).write_text(sheet.text(), "utf-8")
        files.append(str(folder / sheet.file))
    return _judge(case, [*case.question.arguments, "--json", "-q"], files, ())


def _judge(case: Case, arguments: Sequence[str], files: Sequence[str], asked: tuple[str, ...]) -> Verdict:
    reply = ask([*arguments, *files])
    if reply.code[:2] in ("E9", "E1"):
        return Verdict("broken", f"{reply.code} {reply.message}")
    if not reply.code:
        return _judge_number(case, reply, asked)
    question = f"{reply.code} {reply.message}"
    if question in asked or len(asked) == MOST_HINTS:
        return Verdict("dead end", f"asked again: {question}")
    ways = [_judge(case, *_paste(group, arguments, files), (*asked, question)) for group in _groups_until_right(reply.hint)]
    best = next((way for way in ways if way.word == "hinted"), None) or next((way for way in ways if way.word == "warned"), None)
    return best or Verdict("dead end", f"{question} -- {reply.hint}{''.join(f' -> {way}' for way in ways)}")


def _judge_number(case: Case, reply: Reply, asked: Sequence[str]) -> Verdict:
    if reply.value is not None and abs(reply.value - case.question.right) < NEAR:
        return Verdict("hinted" if asked else "right", "; ".join(asked))
    warned = [warning for warning in reply.warnings if any(doubt in warning for doubt in case.doubts)]
    if warned:
        return Verdict("warned", f"{reply.value}: {warned[0]}")
    return Verdict("silent wrong", f"{reply.value} instead of {case.question.right}; {list(reply.warnings)}")


def _groups_until_right(hint: str) -> Iterator[str]:
    """Yield the options that a hint proposes together."""
    yield from dict.fromkeys(GROUP.findall(hint))


def _paste(group: str, arguments: Sequence[str], files: Sequence[str]) -> tuple[list[str], list[str]]:
    """Add the options to the command. A hint that names the table of a file replaces the file."""
    words = shlex.split(group)
    named = [word for word in words if re.fullmatch(FILE, word)]
    kept = [file for file in files if not any(word.endswith(f"={file}") for word in named)]
    return [*arguments, *(word for word in words if word not in named)], [*kept, *named]


def ask(arguments: Sequence[str]) -> Reply:
    """Run a command and read its JSON."""
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        status = run(arguments)
    if status:
        problem = json.loads(errors.getvalue())["errors"][0]
        return Reply(None, (), problem["code"], problem["message"], problem["hint"] or "")
    answer: dict[str, Any] = json.loads(out.getvalue())
    warnings = tuple(f"{warning['code']} {warning['message']}" for warning in answer["warnings"])
    return Reply(answer["results"][0]["value"], warnings)
