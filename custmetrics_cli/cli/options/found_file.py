"""Rules for settings that nobody named: a settings file or a preset that was found by searching may come from a stranger.

It is data: it does not write, it does not silence, and it does not send rows elsewhere.
Only a file of this user or of root is read, and only if no one else can change it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem

WRITING = ("output", "rejects", "write")
SILENCING = ("quiet", "skip-bad-rows", "overlap", "max-bad", "fail-if", "allow-incomplete")
SENDING = ("master",)
EFFECTS = {
    **dict.fromkeys(WRITING, "decides which files are written"),
    **dict.fromkeys(SILENCING, "decides what is reported as a problem"),
    **dict.fromkeys(SENDING, "sends rows to other machines"),
}
ROOT = 0


class SettingsFile(NamedTuple):
    """The settings file of a command."""

    path: Path
    is_found: bool  # by searching; nobody named it
    used: Mapping[str, str] = {}  # the values of this command that it set, by option


def refuse_unsafe(path: Path, names: Iterable[str]) -> None:
    """Raise CustmetricsError E105 for settings that write, silence or send."""
    problems = [_unsafe(path, name) for name in names if name in EFFECTS]
    if problems:
        raise CustmetricsError(*problems)


def _unsafe(path: Path, name: str) -> Problem:
    message = f"'{name}' {EFFECTS[name]}, so only a settings file that is named with --config may set it"
    return Problem("E105", message, Place(str(path)), f"write --{name} into the command, name the file with --config, or pass --no-config")


def check_trusted(path: Path) -> None:
    """Raise CustmetricsError E106 for a file or folder of another user, or one that others can change."""
    if reason := next(_doubts(path), ""):
        hint = "name it with --config if you trust it, or pass --no-config"
        raise CustmetricsError(Problem("E106", f"these settings were found and are not used: {reason}", Place(str(path)), hint))


def _doubts(path: Path) -> Iterator[str]:
    if not hasattr(os, "getuid"):
        return
    trusted = _trusted_users()
    for found in (path.lstat(), path.stat()):
        if found.st_uid not in trusted:
            yield f"the owner is the user {_user(found.st_uid)}"
        if not stat.S_ISLNK(found.st_mode) and _others_can_write(found):
            yield "other users can change this file or folder"


def _trusted_users() -> set[int]:
    """Return this user and root. With sudo, root also trusts the user that called it."""
    caller = os.environ.get("SUDO_UID", "")
    called = {int(caller)} if os.geteuid() == ROOT and caller.isascii() and caller.isdecimal() else set()
    return {os.geteuid(), ROOT, *called}


def _others_can_write(found: os.stat_result) -> bool:
    """Return True unless only the owner can write. A group of the owner alone, as most systems make, counts as the owner."""
    if found.st_mode & stat.S_IWOTH:
        return True
    return bool(found.st_mode & stat.S_IWGRP) and _group(found.st_gid) != _user(found.st_uid)


def _group(number: int) -> str:
    import grp

    try:
        entry = grp.getgrgid(number)
    except KeyError:
        return str(number)
    return entry.gr_name if set(entry.gr_mem) <= {entry.gr_name} else ""


def _user(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
