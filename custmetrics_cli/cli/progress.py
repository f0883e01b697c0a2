"""A sign of life on a terminal when the work takes longer than a second; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from custmetrics_cli.cli.streams import is_terminal

PATIENCE = 1.0  # seconds


@contextmanager
def working(quiet: bool) -> Iterator[None]:
    """Show that something happens, until the block is left."""
    if quiet or not is_terminal(sys.stderr):
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(done,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(done: Event) -> None:
    if done.wait(PATIENCE):
        return
    from rich.console import Console

    console = Console(stderr=True)
    with suppress(OSError, ValueError), console.status("reading and counting …"):
        done.wait()
