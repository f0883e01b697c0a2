"""The command line: the only package that catches errors, prints and exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from custmetrics_cli.cli.usage.exit_status import BY_SIGNAL, INTERRUPTED

OBJECTS_BETWEEN_COLLECTIONS = 200_000  # importing makes many objects that stay, so searching them for garbage is a waste
SIGNALS = tuple(each for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU") if (each := getattr(signal, name, None)))

_received: list[int] = []  # signals that end the run, the first first


def main() -> None:
    """Run the command `custmetrics`."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    for each in SIGNALS:
        if signal.getsignal(each) not in (signal.SIG_IGN, None):  # nohup and background jobs ignore some on purpose
            signal.signal(each, _end)
    sys.unraisablehook = _resend_signal
    status = INTERRUPTED
    try:
        status = _main()
    finally:
        _finish(status)


def _main() -> int:
    from custmetrics_cli.cli.run import run
    from custmetrics_cli.cli.terminal.streams import close, prepare

    prepare()
    status = run(sys.argv[1:])
    return close() or status


def _finish(status: int) -> None:
    """Remove the temporary folders that an interrupted block could not, and end the process."""
    with suppress(KeyboardInterrupt):  # one more signal, before they are blocked
        _block_signals()
    _block_signals()
    if folders := sys.modules.get("custmetrics_cli.core.safety.temp_folders"):
        folders.remove_all()
    # All files are closed and all streams are flushed. Tearing down the libraries would take a fifth of a small run.
    os._exit(BY_SIGNAL + _received[0] if _received else status)


def _block_signals() -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def _resend_signal(dropped: Any) -> None:
    """Send a signal again that Python dropped because it hit a callback, as during an import."""
    from _thread import interrupt_main
    from threading import Timer

    if issubclass(dropped.exc_type, KeyboardInterrupt):
        Timer(0.05, interrupt_main).start()
    else:
        sys.__unraisablehook__(dropped)


def _end(number: int, *_: Any) -> None:
    """Leave every `with` block, so that no temporary file stays. Every signal that ends the run is handled here, in this way."""
    _received.append(number)
    raise KeyboardInterrupt
