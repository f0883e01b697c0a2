"""The only room that catches, prints and exits."""

from __future__ import annotations

import sys


def main() -> None:
    """The command `custmetrics`."""
    from custmetrics_cli.cli.run import run
    from custmetrics_cli.cli.streams import close, prepare

    prepare()
    status = run(sys.argv[1:])
    sys.exit(close() or status)
