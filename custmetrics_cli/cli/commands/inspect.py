"""`custmetrics inspect`: how each file is read, and which metrics it can answer."""

from __future__ import annotations

from custmetrics_cli.cli.command import START, Command
from custmetrics_cli.cli.options.common import InputOptions
from custmetrics_cli.cli.options.declare import option
from custmetrics_cli.cli.usage.exit_status import ANSWERED, REFUSED
from custmetrics_cli.core.options import OUTPUT

HELP = """Show how each file is read, and its problems

Table, encoding, columns, date format, rows used and skipped, and the metrics that the files can answer.

Example: custmetrics inspect sample_data"""


class InspectOptions(InputOptions):
    """The options of an inspection."""

    write: str = option("Save how the files are read as a settings file", "FILE", panel=OUTPUT, common=True)


def run(options: InspectOptions) -> int:
    """Write how the files are read, and save it with --write. Return 3 if a file has problems."""
    from custmetrics_cli.cli.inputs import input_files, reading_settings
    from custmetrics_cli.cli.inspection import answerable, has_errors, next_commands, refuse_existing, unanswerable
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import write_document, write_file
    from custmetrics_cli.cli.terminal.own_outputs import without_own_outputs
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.ingest.inspection.inspect_files import inspect
    from custmetrics_cli.ingest.inspection.settings_file import settings_text
    from custmetrics_cli.render.documents.inspection import InspectionDocument

    settings = reading_settings(options)
    refuse_existing(options.write)
    files, notices = without_own_outputs(input_files(options, **{"--write": options.write}))
    with progress(options):
        inspected = inspect(files, settings)
    can, cannot, commands = answerable(inspected), unanswerable(inspected), next_commands(inspected, options)
    write_document(InspectionDocument(inspected, can, cannot, commands), options)
    if options.write:
        write_file(options.write, settings_text(inspected, settings), options.quiet)
    print_warnings([*notices, *inspected.warnings], options.quiet)
    return REFUSED if any(has_errors(file, files) for file in inspected.files) else ANSWERED


COMMAND = Command(run, InspectOptions, HELP, START, order=2)
