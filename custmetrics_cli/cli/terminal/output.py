"""Where the answer goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from custmetrics_cli.cli.terminal.streams import can_show, is_terminal
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem

if TYPE_CHECKING:
    from typing import TextIO

    from custmetrics_cli.cli.options.option_sets import FormatOptions
    from custmetrics_cli.render.format import Format
    from custmetrics_cli.render.output import Output

BOXES = "╭─│▁█"


def choose_format(options: FormatOptions) -> Format:
    """The format: said, else by the suffix of -o, else a table. Raises CustmetricsError E154."""
    from custmetrics_cli.render import FORMATS, by_suffix

    if options.format:
        return FORMATS[options.format]
    found = by_suffix(options.output) if options.output else None
    if found is None and Path(options.output).suffix and not options.output.startswith("/dev/"):
        known = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
        raise CustmetricsError(Problem("E154", "no format has this suffix", Place(options.output), f"say --format, or use one of {known}"))
    return FORMATS[found or "table"]


def output_for(options: FormatOptions) -> Output:
    """What the answer is written on: a file takes everything, standard output what it takes."""
    from custmetrics_cli.render.output import Output

    return Output(color=options.color == "always") if options.output else screen(sys.stdout, options.color)


def screen(stream: TextIO, color: str) -> Output:
    """What the stream can show. color is --color; without it NO_COLOR, FORCE_COLOR and TERM decide."""
    from custmetrics_cli.render.output import Output

    terminal = is_terminal(stream)
    return Output(_width() if terminal else None, colored(terminal, color), not can_show(stream, BOXES), terminal)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def colored(terminal: bool, color: str) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return terminal and os.environ.get("TERM", "dumb") != "dumb"


def write_answer(text: str, path: str) -> None:
    """Write the answer to standard output, or to the file of -o. Raises CustmetricsError E145."""
    if path:
        return write_file(path, text)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as fault:
        _refused("standard output", fault)
    return None


def write_file(path: str, text: str) -> None:
    """Whole or not at all: a temporary file beside it, then a rename. Devices and pipes are written to directly."""
    data = text.encode("utf-8", "backslashreplace")
    target = Path(path)
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as device:
                device.write(data)
        else:
            _replace(target, data)
    except OSError as fault:
        _refused(path, fault)


def _replace(target: Path, data: bytes) -> None:
    """A link stays a link: what it points to is replaced, and keeps its permissions."""
    real = target.resolve()
    if real.is_dir():
        raise IsADirectoryError(21, "it is a directory")
    beside = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            beside.chmod(stat.S_IMODE(real.stat().st_mode))
        beside.replace(real)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _refused(path: str, fault: OSError) -> NoReturn:
    hint = "nothing was written; choose another file with -o" if path != "standard output" else "-o writes it to a file"
    raise CustmetricsError(Problem("E145", f"the answer cannot be written: {fault.strerror or fault}", Place(path), hint)) from None
