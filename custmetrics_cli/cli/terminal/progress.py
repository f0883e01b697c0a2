"""A sign of life on a terminal when the work takes longer than a second; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.output import colored
from custmetrics_cli.cli.terminal.streams import is_terminal

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import CommonOptions

PATIENCE = 1.0  # seconds
WORDS = "reading and counting ..."


@contextmanager
def working(options: CommonOptions) -> Iterator[None]:
    """Show that something happens, until the block is left."""
    if options.quiet or not is_terminal(sys.stderr):
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(done, colored(True, options.color)), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(done: Event, moving: bool) -> None:
    if done.wait(PATIENCE):
        return
    with suppress(OSError, ValueError):
        if moving:
            _spin(done)
        else:
            sys.stderr.write(f"{WORDS}\n")
            sys.stderr.flush()


def _spin(done: Event) -> None:
    from rich.console import Console

    with Console(stderr=True).status(WORDS):
        done.wait()
