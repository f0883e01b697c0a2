"""The options that metrics declare: those of all metrics together, and the values of one metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import OptionSpec, in_effect
from custmetrics_cli.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.options import Value


def all_options() -> tuple[OptionSpec, ...]:
    """Return the options of all metrics, one for each name."""
    by_name: dict[str, list[tuple[str, OptionSpec]]] = {}
    for metric in METRICS.values():
        for option in metric.options:
            by_name.setdefault(option.name, []).append((metric.name, option))
    return tuple(map(_merged, by_name.values()))


def _merged(same: list[tuple[str, OptionSpec]]) -> OptionSpec:
    """Merge options of one name. The help names the metrics; each metric checks the value itself."""
    helps: dict[str, list[str]] = {}
    for metric, option in same:
        helps.setdefault(option.help, []).append(metric)
    help = "; ".join(f"{', '.join(metrics)}: {text}" for text, metrics in helps.items())
    return same[0][1]._replace(help=help, read=str, default="", choices=(), when_absent="that of the metric", common=False)


def reject_foreign(metric: Metric, flags: Collection[str]) -> None:
    """Refuse flags that are options of other metrics only. Raises CustmetricsError E156."""
    own = {option.name for option in metric.options}
    for option in all_options():
        if option.name in flags and option.name not in own:
            others = ", ".join(other.name for other in METRICS.values() if option.name in (each.name for each in other.options))
            raise CustmetricsError(Problem("E156", f"{metric.name} has no option --{option.name}", hint=f"use it with {others}"))


def texts_for(metric: Metric, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the metric's options, by symbol. A part METRIC=VALUE is for that metric only; the rest is for all."""
    return {option.symbol: _part(metric, texts.get(option.symbol, "")) for option in metric.options}


def _part(metric: Metric, text: str) -> str:
    pairs = [part.strip().partition("=") for part in text.split(";")]
    by_metric = {name.strip(): value.strip() for name, equals, value in pairs if equals and name.strip() in METRICS}
    others = [f"{name}{equals}{value}" for name, equals, value in pairs if not equals or name.strip() not in METRICS]
    return by_metric.get(metric.name, "; ".join(others))


def values(metric: Metric, definition: str, texts: Mapping[str, str]) -> dict[str, Value]:
    """Return the values in effect, by symbol. Raises CustmetricsError E155, E157."""
    found = in_effect(metric.options, texts)
    names = metric.definitions[definition].names
    missing = [option for option in metric.options if option.symbol in names and option.value(found) is None]
    if missing:
        name, help, metavar, *_ = missing[0]
        raise CustmetricsError(Problem("E157", f"{metric.name} needs --{name} ({help})", hint=f"pass --{name} {metavar}"))
    return found


def cannot_be_combined(options: str, hint: str) -> CustmetricsError:
    """Return E146 for options that exclude each other."""
    return CustmetricsError(Problem("E146", f"{options} cannot be combined", hint=hint))
