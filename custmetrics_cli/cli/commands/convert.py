"""`custmetrics convert`: clean the exports once, and ask often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import START, Command
from custmetrics_cli.cli.options.common import LoadOptions
from custmetrics_cli.cli.options.declare import option, switch
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import OUTPUT
from custmetrics_cli.core.words import plural

if TYPE_CHECKING:
    from custmetrics_cli.ingest.converted.manifest import Entry, Manifest

HELP = """Write the tables, checked and clean, into a folder of Parquet files

Every command reads that folder in place of the exports, without parsing or checking them again. The skipped rows are beside \
them, with their lines and reasons.

Example: custmetrics convert sample_data -o clean"""


class ConvertOptions(LoadOptions, without=("format", "json", "excel", "lang", "raw", "fx")):
    """The options of a conversion."""

    output: str = option("Folder to make", "FOLDER", panel=OUTPUT, short="-o", common=True)
    format: str = ""
    fx: str = ""
    replace: bool = switch("Replace an earlier conversion", panel=OUTPUT, common=True)


def run(options: ConvertOptions) -> int:
    """Write the folder, and what is in it. Raises CustmetricsError E246 without a folder."""
    from custmetrics_cli.cli.inputs import input_files, loading_settings
    from custmetrics_cli.cli.terminal.messages import print_warnings, print_written
    from custmetrics_cli.cli.terminal.output import write_answer
    from custmetrics_cli.cli.terminal.own_outputs import without_own_outputs
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.ingest.converted.convert import convert

    if not options.output:
        raise CustmetricsError(Problem("E246", "convert needs a folder to write", hint="name one: -o clean"))
    target, settings = options.output, loading_settings(options)
    files, notices = without_own_outputs(input_files(options.replaced(output=""), **{"--rejects": options.rejects}))
    with progress(options):
        converted = convert(files, settings, Path(target), options.replace, options.engine)
    write_answer("".join(f"{line}\n" for line in _lines(converted.manifest)), options.replaced(output=""))
    print_written(target, options.quiet)
    print_warnings([*notices, *converted.warnings], options.quiet)
    return 0


def _lines(manifest: Manifest) -> Iterator[str]:
    """Yield a line for each source file: the rows used and skipped."""
    for entry in manifest.entries:
        yield f"{entry.source.path}: {entry.used:,} of {plural(entry.read, 'row')} used{_skipped(entry)}; {entry.part.file}"


def _skipped(entry: Entry) -> str:
    reasons = ", ".join(f"{rows:,} {reason}" for reason, rows in entry.skipped.items())
    return f"; skipped: {reasons}" if reasons else ""


COMMAND = Command(run, ConvertOptions, HELP, START, order=4)
