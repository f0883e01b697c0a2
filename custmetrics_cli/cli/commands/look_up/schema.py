"""`custmetrics schema`: the JSON schema."""

from __future__ import annotations

from custmetrics_cli.cli.command import LOOK_UP, Command
from custmetrics_cli.cli.options.common import OutputOptions

HELP = """Print the JSON schema of everything that --json prints

Example: custmetrics schema"""


def run(options: OutputOptions) -> int:
    """Write the schema as it is shipped."""
    from custmetrics_cli.cli.terminal.output import write_answer
    from custmetrics_cli.render.data.schema import schema_text

    write_answer(schema_text(), options)
    return 0


COMMAND = Command(run, OutputOptions, HELP, LOOK_UP, order=5)
