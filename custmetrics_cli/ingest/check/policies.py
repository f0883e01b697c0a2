"""Policies that the user chose: can the files be read so, and does it make a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import Layout, TextFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import POLICIES, Policy
from custmetrics_cli.tables.shared.rules import ROLE


def check_policies(files: Sequence[tuple[TextFile, Layout]], settings: Settings) -> None:
    """Raises CustmetricsError E321."""
    problems = list(missing_columns(files, settings))
    if problems:
        raise CustmetricsError(*problems)


def missing_columns(files: Sequence[tuple[TextFile, Layout]], settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each file without the column that a policy needs."""
    for text_file, layout in files:
        for policy in layout.table.policies:
            value = layout.table.policy_values(settings.policies)[policy.name]
            column = policy.values[value]
            if column and column not in layout.columns:
                message = f"--{policy.name} {value} needs the column {column}, which this file does not have"
                hint = f'name the column with --column {column}="NAME", or leave out --{policy.name}'
                yield Problem("E321", message, Place(text_file.source.path, layout.lines.header), hint)


def in_effect(plans: Sequence[ReadPlan]) -> dict[str, str]:
    """Return the values of the policies that matter: some file has a column for them, or a preset whose rules follow them."""
    values = {
        name: value
        for plan in plans
        for name, value in plan.policies.items()
        if plan.present.intersection(POLICIES[name].needs) or _in_file(name, plan)
    }
    return {name: values[name] for name, policy in POLICIES.items() if name in values and _is_shown(policy, values[name])}


def _is_shown(policy: Policy, value: str) -> bool:
    return policy.shows_default or value != policy.default


def _in_file(policy: str, plan: ReadPlan) -> bool:
    """Return whether a rule of a preset or the header of a column follows a policy."""
    layouts = [progress.layout for progress in plan.files]
    in_preset = any(rule.choice.unless[0] == policy for layout in layouts for rule in layout.preset_rules)
    columns = [column for column in plan.table.columns if column.empty_kept[0] == policy]
    return in_preset or any(layout.roles.get(f"{ROLE}{column.name}") == column.optional_as for layout in layouts for column in columns)


def without_effect(plans: Sequence[ReadPlan], settings: Settings) -> Iterator[Notice]:
    """Yield a warning for each policy that the user chose and that makes no difference."""
    effective = in_effect(plans)
    for name, value in settings.policies.items():
        if value != POLICIES[name].default and name not in effective:
            needs = " or ".join(POLICIES[name].needs)
            yield Notice("W208", f"--{name} {value} has no effect: no file has the column {needs}")
