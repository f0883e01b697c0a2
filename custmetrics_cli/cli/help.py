"""The help of a metric, read off its declaration."""

from __future__ import annotations

from custmetrics_cli.core.metric import Definition, Metric

EPILOG = (
    "An option may also be said by a variable (CUSTMETRICS_PERIOD for --period) or in custmetrics.toml. "
    "Status: 0 answered, 1 --fail-if holds, 2 the command is wrong, 3 the input cannot be trusted, 4 a fault of ours."
)


def about(metric: Metric) -> str:
    """Title and formula first, for the list of commands; then what a reader of --help wants to know."""
    tables = " or ".join(" with ".join(tables) for tables in metric.needs)
    parts = [
        f"{metric.title}: {metric.standard.formula.text}",
        metric.asks,
        _totals(metric.standard),
        *(_other(name, definition) for name, definition in metric.definitions.items() if definition is not metric.standard),
        f"From {tables}." + (f" Also called {', '.join(metric.aliases)}." if metric.aliases else ""),
        metric.notes,
        f"Example: custmetrics {metric.name} {metric.example}",
    ]
    return "\n\n".join(part for part in parts if part).replace("[", r"\[")


def _totals(definition: Definition) -> str:
    return "\n".join(f"{total.name}: {total.description}" for total in definition.needed_totals)


def _other(name: str, definition: Definition) -> str:
    return f"--definition {name}: {definition.formula.text}" + (f"; {definition.description}" if definition.description else "")
