"""The files that a command writes: none of them is an input, and no two are one file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.safety.file_ids import FileId, file_id, stream_number

STREAMS = {"standard output": 1, "standard error": 2}


def check_outputs(written: Mapping[str, str], read: Iterable[str]) -> None:
    """Refuse outputs that would destroy something. written: option -> path. read: paths of inputs, - for standard input.

    Raises CustmetricsError E104 for two outputs that are one file, E153 for an output that is an input.
    """
    inputs = {_key(path) for path in read}
    outputs = {option: path for option, path in written.items() if path}
    for path in outputs.values():
        if _key(path) in inputs:
            raise _overwritten(path)
    for name, number in STREAMS.items():
        if (found := file_id(number)) and found in inputs:
            raise _overwritten(name)
    _check_distinct(outputs)


def _overwritten(path: str) -> CustmetricsError:
    return CustmetricsError(Problem("E153", "this input file would be overwritten", Place(path), "write to another file"))


def _check_distinct(outputs: Mapping[str, str]) -> None:
    """Raise E104. A stream that is named may be the file behind it."""
    named: dict[FileId | str, str] = {found: name for name, number in STREAMS.items() if (found := file_id(number))}
    for option, path in outputs.items():
        if isinstance(stream_number(path), int):
            continue
        other = named.setdefault(_key(path), option)
        if other != option:
            message = f"{option} and {other} are the same file"
            raise CustmetricsError(Problem("E104", message, Place(path), f"choose another file for {option}"))


def _key(path: str) -> FileId | str:
    """Return the identity of a regular file, else its real path."""
    return file_id(0 if path == "-" else path) or (path if path == "-" else os.path.realpath(path))
