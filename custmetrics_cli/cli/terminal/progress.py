"""Progress on a terminal, for work that takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.output import use_colors
from custmetrics_cli.cli.terminal.streams import is_terminal

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.common import CommonOptions

DELAY = 1.0  # seconds
MESSAGE = "reading and counting ..."


@contextmanager
def progress(options: CommonOptions) -> Iterator[None]:
    """Show progress until the block ends."""
    if options.quiet or not is_terminal(sys.stderr):
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(done, use_colors(True, options.color)), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(done: Event, animated: bool) -> None:
    if done.wait(DELAY):
        return
    with suppress(OSError, ValueError):
        if animated:
            _spin(done)
        else:
            sys.stderr.write(f"{MESSAGE}\n")
            sys.stderr.flush()


def _spin(done: Event) -> None:
    from rich.console import Console

    with Console(stderr=True).status(MESSAGE):
        done.wait()
