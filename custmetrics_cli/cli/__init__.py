"""The only room that catches, prints and exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Any

from custmetrics_cli.cli.exit_status import INTERRUPTED, TERMINATED

OBJECTS = 200_000  # made between two searches for garbage: importing makes many that stay, and little else here makes any


def main() -> None:
    """The command `custmetrics`."""
    gc.set_threshold(OBJECTS)
    signal.signal(signal.SIGTERM, _end)
    sys.unraisablehook = _dropped
    try:
        status = _main()
    except KeyboardInterrupt:
        status = INTERRUPTED
    # What is open is closed by now (every file has its `with`, the streams are flushed); taking the libraries apart, piece by
    # piece, would cost a fifth of a small run, and the system does it at once.
    os._exit(status)


def _main() -> int:
    from custmetrics_cli.cli.run import run
    from custmetrics_cli.cli.terminal.streams import close, prepare

    prepare()
    status = run(sys.argv[1:])
    return close() or status


def _dropped(dropped: Any) -> None:
    """Python drops an interrupt that falls into a callback, as while importing: it is sent again, a moment later."""
    from _thread import interrupt_main
    from threading import Timer

    if issubclass(dropped.exc_type, KeyboardInterrupt):
        Timer(0.05, interrupt_main).start()
    else:
        sys.__unraisablehook__(dropped)


def _end(*_: Any) -> None:
    """Leave through every `with`, so that no temporary file stays."""
    sys.exit(TERMINATED)
