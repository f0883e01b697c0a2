"""Completion of a column: the time that a person waits after the Tab key."""

from __future__ import annotations

import sys

from case import HERE, OURS, WORK, Case, Sizes, made
from measure import spent


def of_columns(sizes: Sizes) -> Case:
    """Complete --by with the columns of a file, beside the help of a bare Typer app, which the target of 150 ms is a multiple of."""
    spent([sys.executable, HERE / "bare.py", WORK], WORK)
    line = f"custmetrics churn {made('customers', sizes.small)} --by "
    script = "import os, sys; os.environ.update(COMP_WORDS=sys.argv[1], COMP_CWORD='4', _CUSTMETRICS_COMPLETE='complete_bash'); "
    script += "os.execv(sys.argv[2], [sys.argv[2]])"
    ours = [sys.executable, "-S", "-c", script, line, OURS]
    return Case("completion of --by : a bare Typer app", ours, [sys.executable, WORK / "bare", "--help"], 15, time=1.3)
