"""Hints are pasted: the options that a message proposes lead to an answer, or to another question."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

import pytest

from tests.errors.test_errors import ERRORS, Path, answered, arguments, by_name

__all__ = ["answered"]
OPTION = r"""--[a-z-]+(?: (?:[^\s"',;()]*(?:"[^"]*"|'[^']*')+|[^\s"',;()]+))?"""
FILE = r"[a-z]+=\S+\.csv"
PROPOSED = re.compile(rf"\b(?:pass|paste) ((?:{OPTION}|{FILE})(?: (?:{OPTION}|{FILE}))*)")
PLACEHOLDER = re.compile(r'NAME|HEADER|FILE|COLUMN|DAYS|RATE|SHARE|…|"\$')
OUTSIDE = {"E209", "E232", "E330", "E331", "E337"}  # they propose a file that the folder does not have, or an encoding to try
BROKEN = [folder for folder in ERRORS if not (folder / "fault.py").exists() and folder.name not in OUTSIDE]


def proposed(said: str) -> list[str]:
    """Return the options that the first hint proposes, without those that have a place to fill in."""
    hints = re.findall(r"hint: (.*)", said)
    found = PROPOSED.findall(hints[0]) if hints else []
    return [group for group in found if not PLACEHOLDER.search(group)]


def pasted(arguments: Sequence[str], group: str) -> list[str]:
    """Return the command with the proposed options. One that it has already is replaced."""
    words = shlex.split(group)
    named = [word for word in words if re.fullmatch(FILE, word)]
    kept = [word for word in arguments if not any(name.endswith(f"={word}") for name in named)]
    for option in (word for word in words if word.startswith("--") and word in kept):
        at = kept.index(option)
        del kept[at : at + 2]
    return [*kept, *words]


@pytest.mark.parametrize("folder", [folder for folder in BROKEN if proposed((folder / "expected").read_text("utf-8"))], ids=by_name)
def test_a_pasted_hint_leads_further(folder: Path, answered, monkeypatch: pytest.MonkeyPatch) -> None:
    first = (folder / "expected").read_text("utf-8")
    for group in proposed(first):
        monkeypatch.setattr("tests.errors.test_errors.arguments", lambda folder, group=group: pasted(arguments(folder), group))
        status, _, said = answered(folder)
        assert status == 0 or said != first, group
