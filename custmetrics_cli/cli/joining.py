"""Tables whose customer ids never match are joined by e-mail, if both have e-mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.compute.known.joins import Match, are_emails, match
from custmetrics_cli.compute.split.columns import columns_by_table
from custmetrics_cli.compute.view import choose_tables
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custmetrics_cli.cli.options.question import PeriodOptions
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.ingest.loaded import Loaded

CUSTOMER = "customer_id"


def email_columns(question: Question, loaded: Loaded, options: PeriodOptions) -> Mapping[str, str]:
    """Return the headers of e-mails to read as the customer, by TABLE.customer_id; {} if the ids match or a table has no e-mails."""
    if options.join != "email-if-needed" or any(name.endswith(CUSTOMER) for name, _ in options.column):
        return {}
    for found in _matches(question, loaded):
        if found and found.reason:
            headers = {table: _email_header(loaded, table) for table in (found.table, found.other)}
            if None not in headers.values():
                return {f"{table}.{CUSTOMER}": header for table, header in headers.items() if header}
    return {}


def joined_by_email(question: Question, loaded: Loaded) -> Notice | None:
    """Return W284 for tables that were read again by e-mail; None if the e-mails do not match either."""
    found = [each for each in _matches(question, loaded) if each]
    if not found or any(each.reason for each in found):
        return None
    each = found[0]
    message = f"no customer id of {each.table} is in {each.other}, so customers are joined by e-mail"
    return Notice("W284", f"{message}: {each.matched:,} of {each.customers:,} match; --join id turns this off", is_decisive=True)


def _matches(question: Question, loaded: Loaded) -> list[Match | None]:
    """Return how the customers match of the tables that a metric needs together, and of the tables of --by and --where."""
    try:
        together = dict.fromkeys(choose_tables(dataset, loaded) for metric, _ in question.metrics for dataset in metric.datasets)
    except CustmetricsError:
        return []
    split = {(tables[0], other) for tables in together for other in columns_by_table(question.read_columns) if other not in tables}
    return [match(loaded, each) for each in [*together, *sorted(split)] if {*each} <= loaded.frames.keys()]


def _email_header(loaded: Loaded, table: str) -> str | None:
    """Return the header of a table's e-mails, '' if its customers are e-mails already, None without e-mails."""
    from custmetrics_cli.ingest.recognise.roles.fallbacks import is_email_header

    if are_emails(loaded, table):
        return ""
    return next((header for header in loaded.headers[table] if is_email_header(header)), None)
