"""Why a definition has no answer: a missing column, no data, data that ends too early, customers that do not match."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from custmetrics_cli.compute.counts import Group
from custmetrics_cli.compute.known.coverage import no_data_reason, stale_reason
from custmetrics_cli.compute.known.silence import gap_needed
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.split.columns import ColumnRef
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import TABLES


def available_totals(run: Run, definition: Definition) -> Iterator[Total]:
    """Yield the totals that the tables can answer. Raises CustmetricsError E320 if a needed total is not among them."""
    for total in definition.totals:
        view, missing = run.view(total.dataset), _missing_columns(run, total)
        if missing and total in definition.needed_totals and not total.missing_reason:
            raise CustmetricsError(_missing_column(run, view.tables[0], missing[0], total))
        has_moves = view.is_grouped and not any(view.groups.by_leave_reason)  # nobody moves between reasons
        if not missing and (has_moves or not total.between_groups) and (not total.fx_only or view.money.converts):
            yield total


def check_listed(run: Run, total: Total) -> None:
    """Refuse to list a total that has no answer. Raises CustmetricsError E320, or E361 with the reason."""
    view, missing = run.view(total.dataset), _missing_columns(run, total)
    if missing and not total.missing_reason:
        raise CustmetricsError(_missing_column(run, view.tables[0], missing[0], total))
    stale = next(filter(None, (stale_reason(run.loaded, table, run.question, run.question.period) for table in view.tables)), None)
    reason = total.missing_reason if missing else stale or _no_match_reason(run, total)
    if reason:
        raise CustmetricsError(
            Problem("E361", f"{total.name} cannot be listed: {reason}", hint=_as_of(run.question.period) if stale else "")
        )


def no_answer_reason(run: Run, definition: Definition, period: Period) -> str | None:
    """Return why a needed total has no answer: a missing column, or no data for the period."""
    for total in definition.needed_totals:
        if total.missing_reason and _missing_columns(run, total):
            return total.missing_reason
    reasons = (_no_match_reason(run, total) or _no_data_reason(run, total, period) for total in definition.needed_totals)
    return next(filter(None, reasons), None)


def zero_reason(definition: Definition, group: Group, totals: Mapping[str, Number]) -> str | None:
    """Return why the rows without a word of --by have no value: a total is 0 in them."""
    name, reason = definition.not_zero
    return reason if name and not isinstance(group, int) and None in group and totals.get(name) == 0 else None


def _as_of(period: Period) -> str:
    return f"if the export is newer than its last row, pass its day, such as --as-of {period.end - dt.timedelta(1)}"


def _no_match_reason(run: Run, total: Total) -> str | None:
    """Return why the tables of a total have no customer in common."""
    found = run.match(total.dataset)
    return found.reason if found else None


def stale_definition_reason(run: Run, definition: Definition, period: Period) -> str | None:
    """Return why the period begins after the last known day of a table; None if it does not."""
    checked = [total for total in definition.needed_totals if not _missing_columns(run, total)]
    tables = dict.fromkeys(table for total in checked for table in run.view(total.dataset).tables)
    return next(filter(None, (stale_reason(run.loaded, table, run.question, period) for table in tables)), None)


def _no_data_reason(run: Run, total: Total, period: Period) -> str | None:
    """Return why the tables of a total have no data for a period."""
    days = int(run.question.options[total.window_option]) if total.window_option else period.days + total.lookback_days
    needed_from = None if total.stock and not total.window_option else period.end - dt.timedelta(days)
    tables = run.view(total.dataset).tables
    return next(filter(None, (no_data_reason(run.loaded, table, run.question, period, needed_from) for table in tables)), None)


def _missing_columns(run: Run, total: Total) -> list[str]:
    """Return the columns that a total needs and the tables do not have."""
    view = run.view(total.dataset)
    return [column for column in total.needs if not view.can_answer(column)]


def _missing_column(run: Run, table: str, column: str, total: Total) -> Problem:
    named, column = ColumnRef.parse(column)
    table = named or table
    if column == TABLES[table].silent_end:
        return gap_needed(run.loaded, table, total.name)
    paths = [report.path for report in run.loaded.inputs if report.table == table]
    column = next((derived.needs[0][0] for derived in TABLES[table].derived if derived.name == column), column)
    message = f"{total.name} needs the column {column}, which {table} does not have"
    hint = run.loaded.column_help[table].get(column) or f'export it with {column}, or map its header: --column {column}="HEADER"'
    return Problem("E320", message, Place(paths[0] if paths else table), hint)
