"""From options to loaded tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.options.asked import asked
from custmetrics_cli.cli.options.settings import own_presets
from custmetrics_cli.cli.outputs import check_outputs
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.common import InputOptions, LoadOptions
    from custmetrics_cli.ingest.loaded import Loaded
    from custmetrics_cli.ingest.model import InputFile
    from custmetrics_cli.ingest.settings import Settings
    from custmetrics_cli.tables.shared.table import Selection


def reading_settings(options: InputOptions) -> Settings:
    """Return what the options say about the files."""
    from custmetrics_cli.ingest.settings import Settings

    return Settings(
        tz=options.tz,
        order=dict(options.date_order).get("", ""),
        decimal=dict(options.decimal).get("", ""),
        file_orders={file: order for file, order in options.date_order if file},
        file_decimals={file: mark for file, mark in options.decimal if file},
        encoding=options.encoding,
        delimiter=options.delimiter,
        quote=options.quote,
        header_row=options.header_row,
        columns=dict(options.column),
        ends=options.ends,
        today=today(options),
        policies=_policies(options),
        presets=tuple(options.preset),
        own_presets=own_presets(options),
        preset_required="preset" in options.flags,
        amounts=options.amounts,
        overlap=options.overlap,
        constants={name: text for name, text in (("interval", options.interval), ("kind", options.kind)) if text},
        positive=tuple(options.positive),
        low_is_good=options.low_is_good,
        max_unpacked=options.max_unpacked,
        asked=asked(options),
        explicit=options.flags,
    )


def today(options: InputOptions) -> date:
    """Return the day of --today, else the current day in the time zone of the report."""
    from zoneinfo import ZoneInfo

    return options.today or datetime.now(ZoneInfo(options.tz)).date()


def _policies(options: InputOptions) -> dict[str, str]:
    """Return the policies that differ from their default."""
    from custmetrics_cli.tables import POLICIES

    values = {name: getattr(options, name.replace("-", "_")) for name in POLICIES}
    return {name: value for name, value in values.items() if value != POLICIES[name].default}


def loading_settings(options: LoadOptions) -> Settings:
    """Return reading_settings with the options for loading rows. Raises CustmetricsError E148, E286."""
    if options.rejects and not options.skip_bad_rows:
        raise CustmetricsError(
            Problem("E148", "--rejects needs --skip-bad-rows: it writes the rows that are skipped", hint="add --skip-bad-rows")
        )
    if options.master and options.engine != "spark":
        raise CustmetricsError(Problem("E286", "--master names a cluster of Spark; other engines have none", hint="add --engine spark"))
    return reading_settings(options)._replace(
        skip_bad_rows=options.skip_bad_rows, max_bad=options.max_bad, rejects=options.rejects, memory=options.memory, master=options.master
    )


def input_files(options: InputOptions, **written: str) -> list[InputFile]:
    """Return the files to read. written: more files that the command writes, by option. Raises CustmetricsError E104, E153."""
    from custmetrics_cli.ingest.open.find import find
    from custmetrics_cli.tables import TABLES
    from custmetrics_cli.tables.rates import TABLE as RATES

    files = find([*options.files, *([f"{RATES.name}={options.fx}"] if options.fx else [])], TABLES, options.sheet)
    check_outputs({"-o": options.output, **written}, [*(file.path for file in files), *_read_beside(options)])
    return files


def _read_beside(options: InputOptions) -> list[str]:
    """Return the files that are read beside the inputs: settings, presets and benchmarks."""
    presets = [str(path) for path in Path(own).glob("*.toml")] if (own := own_presets(options)) else []
    settings = [str(options.settings_file.path)] if options.settings_file else []
    benchmarks = getattr(options, "benchmarks", "")
    return [*settings, *presets, *([benchmarks] if benchmarks not in ("", "none", "shipped") else [])]


def load_tables(options: LoadOptions, selections: Mapping[str, Selection]) -> Loaded:
    """Load the selected tables. The caller closes them."""
    from custmetrics_cli.cli.terminal.own_outputs import explain_own_outputs, without_own_outputs
    from custmetrics_cli.ingest.load import load

    settings = loading_settings(options)
    files, notices = without_own_outputs(input_files(options, **{"--rejects": options.rejects}))
    try:
        loaded = load(files, selections, settings, options.engine)
    except CustmetricsError as error:
        raise explain_own_outputs(error) from None
    _check_age(loaded, options)
    return replace(loaded, warnings=(*notices, *loaded.warnings))


def _check_age(loaded: Loaded, options: LoadOptions) -> None:
    """Raise CustmetricsError E271 if the data is older than --max-age. --as-of sets the last day of the data."""
    from custmetrics_cli.core.time.calendar import day_of

    limit, as_of = getattr(options, "max_age", None), getattr(options, "as_of", None)
    if limit is None:
        return
    problems = []
    for table in loaded.frames:
        newest = loaded.newest.get(table)
        last = as_of or (None if newest is None else day_of(newest))
        days = (today(options) - last).days if last else 0
        if last is None or days > limit:
            ends = f"ends on {last}, {plural(days, 'day')} ago" if last else "has no date up to today"
            message = f"{table} {ends}; --max-age allows {plural(limit, 'day')}"
            problems.append(Problem("E271", message, hint="export the files again; if they are newer than their last row, pass --as-of"))
    if problems:
        loaded.close()
        raise CustmetricsError(*problems)
