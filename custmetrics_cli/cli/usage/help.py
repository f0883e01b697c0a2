"""The texts and the order of --help."""

from __future__ import annotations

from custmetrics_cli.cli.command import COMPARE_AND_PLAN, LOOK_UP, START
from custmetrics_cli.cli.usage.exit_status import STATUSES
from custmetrics_cli.core.metric import FAMILIES, Definition, Metric

AFTER = (COMPARE_AND_PLAN, LOOK_UP)
EPILOG = (
    """COMMAND --help shows the common options of a command, and COMMAND --help-all shows all.

Each option can also be set by an environment variable (CUSTMETRICS_PERIOD for --period) or in custmetrics.toml.

Exit status: """
    + ", ".join(f"{status} {text}" for status, text in STATUSES.items())
    + "."
)


def panel_position(panel: str) -> tuple[int, str]:
    """Return the position of a panel in the list of commands. Families without a place of their own follow the others, by name."""
    ordered = (START, *FAMILIES, "", *AFTER)
    return (ordered.index(panel) if panel in ordered else ordered.index(""), panel)


def metric_help(metric: Metric, all: bool) -> str:
    """Return the help of a metric: title and question, formula and totals, other definitions, tables and an example.

    all: with the formulas of the other definitions.
    """
    others = [(name, each) for name, each in metric.definitions.items() if each is not metric.standard]
    parts = [
        f"{metric.title}: {metric.asks}",
        "\n".join([*_formula(metric), *(f"{total.name}: {total.description}" for total in metric.standard.needed_totals)]),
        "\n".join(_definition(name, each, all) for name, each in others),
        "\n".join([*filter(None, [metric.notes]), _tables(metric), f"Example: custmetrics {metric.name} {metric.example}"]),
    ]
    return "\n\n".join(part for part in parts if part).replace("[", r"\[")


def _formula(metric: Metric) -> list[str]:
    formula = metric.standard.formula.text
    return [] if formula == metric.name else [f"{metric.name} = {formula}"]


def _definition(name: str, definition: Definition, all: bool) -> str:
    formula = definition.formula.text if all or not definition.description else ""
    return f"--definition {name}: {'; '.join(filter(None, (formula, definition.description)))}"


def _tables(metric: Metric) -> str:
    tables = ", else ".join(" with ".join(names) for names in metric.needs)
    return f"Tables: {tables}." + (f" Also called {', '.join(metric.aliases)}." if metric.aliases else "")
