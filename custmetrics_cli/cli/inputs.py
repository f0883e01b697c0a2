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


def settings_of(asked: InputOptions) -> Settings:
    """What the user said about the files. Raises CustmetricsError E14x."""
    from custmetrics_cli.ingest.model import Settings

    values.zone(asked.tz)
    return Settings(
        tz=asked.tz,
        order=asked.date_order,
        decimal=_mark(asked.decimal, "decimal", (".", ",")),
        encoding=asked.encoding,
        delimiter=_mark(asked.delimiter, "delimiter"),
        quote=_mark(asked.quote, "quote"),
        header_row=asked.header_row,
        columns=values.pairs(asked.column),
        ends=asked.ends,
        today=values.today(asked),
        policies=_policies(asked),
        presets=tuple(asked.preset),
        own_presets=own_presets(asked),
        preset_required="preset" in asked.flags,
        amounts=asked.amounts,
    )


def _policies(asked: InputOptions) -> dict[str, str]:
    """Those that are not left at their default."""
    from custmetrics_cli.cli.options.option_sets import field_of
    from custmetrics_cli.tables import POLICIES

    chosen = {name: getattr(asked, field_of(name)) for name in POLICIES}
    return {name: value for name, value in chosen.items() if value != POLICIES[name].default}


def _loading(asked: LoadOptions) -> Settings:
    if asked.rejects and not asked.skip_bad_rows:
        raise CustmetricsError(Problem("E148", "--rejects writes the rows that --skip-bad-rows sets aside", hint="add --skip-bad-rows"))
    memory = values.size(asked.memory)
    return settings_of(asked)._replace(skip_bad_rows=asked.skip_bad_rows, rejects=asked.rejects, memory=memory)


def _mark(text: str, option: str, known: tuple[str, ...] = ()) -> str:
    """One character; tab may be said in words, because a shell makes it hard to type."""
    mark = MARKS.get(text.casefold(), text)
    if len(mark) > 1 or (mark and known and mark not in known):
        what = " or ".join(known) or "one character, or tab"
        raise CustmetricsError(Problem("E149", f"--{option} '{text}' is not {what}"))
    return mark


def input_files(asked: InputOptions, *written: str) -> list[InputFile]:
    """The files meant. written: files that the command writes to. Raises CustmetricsError E153 when one is also read."""
    from custmetrics_cli.ingest.open.find import find
    from custmetrics_cli.tables import TABLES
    from custmetrics_cli.tables.rates import TABLE as RATES

    givens = find([*asked.files, *([f"{RATES.name}={asked.fx}"] if asked.fx else [])], TABLES)
    read = {os.path.realpath(given.path) for given in givens}
    for path in (asked.output, *written):
        if path and os.path.realpath(path) in read:
            raise CustmetricsError(Problem("E153", "is an input, and would be written over", Place(path), "write to another file"))
    return givens


def load_tables(asked: LoadOptions, wanted: Mapping[str, Selection]) -> Loaded:
    """The tables wanted; to be closed."""
    from custmetrics_cli.ingest.load import load

    settings = _loading(asked)
    return load(input_files(asked, asked.rejects), wanted, settings, asked.engine)
