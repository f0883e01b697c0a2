"""The destination of an answer: standard output, or a file that is written completely or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from custmetrics_cli.cli.terminal.messages import print_written
from custmetrics_cli.cli.terminal.streams import can_show, is_terminal
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.safety.writing import new_file

if TYPE_CHECKING:
    from typing import TextIO

    from custmetrics_cli.cli.options.common import FormatOptions, OutputOptions
    from custmetrics_cli.render.document import Document
    from custmetrics_cli.render.format import Format
    from custmetrics_cli.render.output import Output

BOXES = "╭─│▁█"


def write_document(document: Document, options: FormatOptions, format: Format | None = None) -> None:
    """Write a document in the format of the options, or in one chosen before."""
    format = format or choose_format(options)
    content = format.write(document, output_for(options)._replace(raw=options.raw, excel=_decimal_mark(options)))
    if format.beside and options.output:
        _check_folder(options.output)
    for path, picture in (format.beside(document, options.output) if format.beside and options.output else {}).items():
        write_file(path, picture, options.quiet)
    write_answer(content, options, format.rows(document) if format.rows and options.output else None)


def _check_folder(path: str) -> None:
    """Raise CustmetricsError E145 for the file that the user named: its charts are written before it, into the same folder."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise _unwritable(path, f"the folder '{folder}' does not exist", f"make it first: mkdir {folder}")


def _unwritable(path: str, message: str, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem("E145", message, Place(path), hint))


def choose_format(options: FormatOptions) -> Format:
    """Return the format of --format, else that of the suffix of -o, else a table. Raises CustmetricsError E137, E154."""
    from custmetrics_cli.render import FORMATS, by_suffix

    if options.format:
        if FORMATS[options.format].binary and not options.output:
            problem = f"the format {options.format} needs a file"
            raise CustmetricsError(Problem("E137", problem, hint=f"write it to a file: -o report.{options.format}"))
        return FORMATS[options.format]
    name = by_suffix(options.output) if options.output else "csv" if options.excel else None
    if name is None and Path(options.output).suffix and not options.output.startswith("/dev/"):
        known = ", ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)
        raise CustmetricsError(Problem("E154", "no format has this suffix", Place(options.output), f"pass --format, or use one of {known}"))
    return FORMATS[name or "table"]


def _decimal_mark(options: FormatOptions) -> str:
    """Return the decimal mark of --excel: a comma, except in English."""
    return "" if not options.excel else "." if options.lang == "en" else ","


def output_for(options: OutputOptions) -> Output:
    """Return what the answer is written to. A file takes every character, standard output only those of its encoding."""
    from custmetrics_cli.render.output import Output

    return Output(color=options.color == "always", path=options.output) if options.output else stream_output(sys.stdout, options.color)


def stream_output(stream: TextIO, color: str) -> Output:
    """Return what a stream can show. color: the value of --color."""
    from custmetrics_cli.render.output import Output

    terminal = is_terminal(stream)
    return Output(_width() if terminal else None, use_colors(terminal, color), not can_show(stream, BOXES), terminal)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def use_colors(terminal: bool, color: str) -> bool:
    """Return True if colours are used. Without --color, NO_COLOR, FORCE_COLOR and TERM decide."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return terminal and os.environ.get("TERM", "dumb") != "dumb"


def write_answer(text: str | bytes, options: OutputOptions, rows: int | None = None) -> None:
    """Write the answer to standard output, or to the file of -o. rows: those of a file of rows. Raises CustmetricsError E145."""
    if options.output or isinstance(text, bytes):
        return write_file(options.output, text, options.quiet, rows)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _refuse("standard output", error)
    return None


def write_file(path: str, text: str | bytes, quiet: bool, rows: int | None = None) -> None:
    """Write a file completely or not at all, and say so. Raises CustmetricsError E145."""
    try:
        with new_file(path) as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        _refuse(path, error)
    print_written(path, quiet, rows)


def _refuse(path: str, error: OSError) -> NoReturn:
    hint = "nothing was written; choose another file with -o" if path != "standard output" else "write it to a file with -o"
    raise _unwritable(path, f"the answer cannot be written: {error.strerror or error}", hint) from None
