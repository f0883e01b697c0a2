"""The ways to read tables that the user chose: whether files can be read so, and whether it matters to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import Layout, Settings, TextFile
from custmetrics_cli.tables import POLICIES


def check_policies(files: Sequence[tuple[TextFile, Layout]], settings: Settings) -> None:
    """Raises CustmetricsError E321."""
    problems = list(missing_columns(files, settings))
    if problems:
        raise CustmetricsError(*problems)


def missing_columns(files: Sequence[tuple[TextFile, Layout]], settings: Settings) -> Iterator[Problem]:
    """Files without the column by which they are to be read."""
    for plain, layout in files:
        for policy in layout.table.policies:
            value = layout.table.policy_values(settings.policies)[policy.name]
            column = policy.values[value]
            if column and column not in layout.columns:
                message = f"--{policy.name} {value} needs the column {column}, which this file does not have"
                hint = f'say which column it is, --column {column}="NAME", or leave --{policy.name} out'
                yield Problem("E321", message, Place(plain.source.path, layout.lines.header), hint)


def in_effect(plans: Sequence[ReadPlan]) -> dict[str, str]:
    """The policies that files have the columns for, and their values."""
    chosen = {name: value for plan in plans for name, value in plan.policies.items() if plan.present.intersection(POLICIES[name].needs)}
    return {name: chosen[name] for name in POLICIES if name in chosen}


def without_effect(plans: Sequence[ReadPlan], settings: Settings) -> Iterator[Notice]:
    """What was chosen and changes nothing."""
    matter = in_effect(plans)
    for name, value in settings.policies.items():
        if value != POLICIES[name].default and name not in matter:
            needs = " or ".join(POLICIES[name].needs)
            yield Notice("W208", f"--{name} {value} changes nothing: no file used here has a column {needs}")
