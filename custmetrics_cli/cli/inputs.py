"""From options to loaded tables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.cli.options import values
from custmetrics_cli.cli.options.settings import own_presets
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import InputOptions, LoadOptions
    from custmetrics_cli.ingest.loaded import Loaded
    from custmetrics_cli.ingest.model import InputFile, Settings
    from custmetrics_cli.tables import Selection

MARKS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def settings_of(options: InputOptions) -> Settings:
    """What the user said about the files. Raises CustmetricsError E14x."""
    from custmetrics_cli.ingest.model import Settings

    values.zone(options.tz)
    return Settings(
        tz=options.tz,
        order=options.date_order,
        decimal=_mark(options.decimal, "decimal", (".", ",")),
        encoding=options.encoding,
        delimiter=_mark(options.delimiter, "delimiter"),
        quote=_mark(options.quote, "quote"),
        header_row=options.header_row,
        columns=values.pairs(options.column),
        ends=options.ends,
        today=values.today(options),
        policies=_policies(options),
        presets=tuple(options.preset),
        own_presets=own_presets(options),
        preset_required="preset" in options.flags,
        amounts=options.amounts,
    )


def _policies(options: InputOptions) -> dict[str, str]:
    """Those that are not left at their default."""
    from custmetrics_cli.cli.options.option_sets import field_of
    from custmetrics_cli.tables import POLICIES

    chosen = {name: getattr(options, field_of(name)) for name in POLICIES}
    return {name: value for name, value in chosen.items() if value != POLICIES[name].default}


def _loading(options: LoadOptions) -> Settings:
    if options.rejects and not options.skip_bad_rows:
        raise CustmetricsError(Problem("E148", "--rejects writes the rows that --skip-bad-rows sets aside", hint="add --skip-bad-rows"))
    memory = values.size(options.memory)
    return settings_of(options)._replace(skip_bad_rows=options.skip_bad_rows, rejects=options.rejects, memory=memory)


def _mark(text: str, option: str, known: tuple[str, ...] = ()) -> str:
    """One character; tab may be said in words, because a shell makes it hard to type."""
    mark = MARKS.get(text.casefold(), text)
    if len(mark) > 1 or (mark and known and mark not in known):
        what = " or ".join(known) or "one character, or tab"
        raise CustmetricsError(Problem("E149", f"--{option} '{text}' is not {what}"))
    return mark


def input_files(options: InputOptions, *written: str) -> list[InputFile]:
    """The files meant. written: files that the command writes to. Raises CustmetricsError E153 when one is also read."""
    from custmetrics_cli.ingest.open.find import find
    from custmetrics_cli.tables import TABLES
    from custmetrics_cli.tables.rates import TABLE as RATES

    givens = find([*options.files, *([f"{RATES.name}={options.fx}"] if options.fx else [])], TABLES)
    read = {os.path.realpath(given.path) for given in givens}
    for path in (options.output, *written):
        if path and os.path.realpath(path) in read:
            raise CustmetricsError(Problem("E153", "is an input, and would be written over", Place(path), "write to another file"))
    return givens


def load_tables(options: LoadOptions, selections: Mapping[str, Selection]) -> Loaded:
    """The tables wanted; to be closed."""
    from custmetrics_cli.ingest.load import load

    settings = _loading(options)
    return load(input_files(options, options.rejects), selections, settings, options.engine)
