"""The command line: the only package that catches errors, prints and exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Any

from custmetrics_cli.cli.exit_status import INTERRUPTED, TERMINATED

OBJECTS_BETWEEN_COLLECTIONS = 200_000  # importing makes many objects that stay, so searching them for garbage is a waste


def main() -> None:
    """Run the command `custmetrics`."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    signal.signal(signal.SIGTERM, _end)
    sys.unraisablehook = _resend_interrupt
    try:
        status = _main()
    except KeyboardInterrupt:
        status = INTERRUPTED
    # All files are closed and all streams are flushed. Tearing down the libraries would take a fifth of a small run.
    os._exit(status)


def _main() -> int:
    from custmetrics_cli.cli.run import run
    from custmetrics_cli.cli.terminal.streams import close, prepare

    prepare()
    status = run(sys.argv[1:])
    return close() or status


def _resend_interrupt(dropped: Any) -> None:
    """Send an interrupt again that Python dropped because it hit a callback, as during an import."""
    from _thread import interrupt_main
    from threading import Timer

    if issubclass(dropped.exc_type, KeyboardInterrupt):
        Timer(0.05, interrupt_main).start()
    else:
        sys.__unraisablehook__(dropped)


def _end(*_: Any) -> None:
    """Leave every `with` block, so that no temporary file stays."""
    sys.exit(TERMINATED)
