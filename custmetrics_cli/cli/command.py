"""The declaration of a command, before Typer builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from custmetrics_cli.cli.options.common import CommonOptions
from custmetrics_cli.core.options import OptionSpec

START, COMPARE_AND_PLAN, LOOK_UP = "Start here", "Compare and plan", "Look up"  # panels of the list of commands


class Command(NamedTuple):
    """A command. Building it takes a millisecond, so only --help builds them all."""

    run: Callable[[Any], int]  # from the options to the exit status
    options: type[CommonOptions]
    help: str  # the first paragraph is its line in the list of commands
    panel: str
    order: int = 0  # in its panel
    metric_options: Callable[[], tuple[OptionSpec, ...]] = tuple  # the options of metrics that it takes too
    rare: frozenset[str] = frozenset()  # common options that its --help leaves out, by attribute
    when_absent: Mapping[str, str] = {}  # what its options mean if absent, where they mean something else than elsewhere; by attribute
    long_help: str = ""  # for --help-all, if it is longer
    names_arguments: bool = True  # --help explains the arguments; --help-all always does
    summary: str = ""  # its line in the list of commands, if not the first paragraph of its help
