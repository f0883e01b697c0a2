"""`custmetrics list`: all metrics."""

from __future__ import annotations

from custmetrics_cli.cli.command import LOOK_UP, Command
from custmetrics_cli.cli.options.common import FormatOptions

HELP = """List all metrics by family

Example: custmetrics list"""


def run(options: FormatOptions) -> int:
    """Write the list of metrics."""
    from custmetrics_cli.cli.terminal.output import write_document
    from custmetrics_cli.metrics import METRICS
    from custmetrics_cli.render.documents.metric_list import MetricListDocument, metric_list

    write_document(MetricListDocument(metric_list(METRICS.values())), options)
    return 0


COMMAND = Command(run, FormatOptions, HELP, LOOK_UP, order=3)
