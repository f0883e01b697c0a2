"""The options that a metric declares for itself, as those of its command and of explain."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Mapping
from dataclasses import make_dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from custmetrics_cli.cli.options.fields import OWN, Parameters, text
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.options import Option, in_effect
from custmetrics_cli.metrics import METRICS

if TYPE_CHECKING:
    from custmetrics_cli.core.options import Value

Asked = TypeVar("Asked")
Options = tuple[Option, ...]


def _field(option: Option) -> Any:
    """What it may be is not checked here, but with all else that its declaration says of it."""
    absent = "" if option.default else option.when_absent
    return text(OWN, option.help, option.metavar, default=option.default, choices=option.choices, only=False, when_absent=absent)


def parameters(options: Options) -> Parameters:
    """As Typer reads them. Beside those of the class, because making a class takes longer than --help of many commands can wait."""
    return tuple(
        inspect.Parameter(
            option.symbol,
            inspect.Parameter.KEYWORD_ONLY,
            default=option.default,
            annotation=Annotated[str, _field(option).metadata["option"].typed(option.name)],
        )
        for option in options
    )


@cache
def with_options(kind: type[Asked], options: Options) -> type[Asked]:
    """The class with these options too."""
    added = [(option.symbol, str, _field(option)) for option in options]
    return make_dataclass(kind.__name__, added, bases=(kind,), kw_only=True, repr=False, eq=False) if options else kind


def all_options() -> Options:
    """The options of all metrics, one for each name: what explain takes before it is known of which metric."""
    named: dict[str, list[tuple[str, Option]]] = {}
    for metric in METRICS.values():
        for option in metric.options:
            named.setdefault(option.name, []).append((metric.name, option))
    return tuple(map(_merged, named.values()))


def _merged(same: list[tuple[str, Option]]) -> Option:
    """Each help with the metrics whose it is; what the values may be is left to the metric."""
    helps: dict[str, list[str]] = {}
    for metric, option in same:
        helps.setdefault(option.help, []).append(metric)
    help = "; ".join(f"{', '.join(metrics)}: {said}" for said, metrics in helps.items())
    return same[0][1]._replace(help=help, read=str, default="", choices=(), when_absent="the metric's own")


def reject_foreign(metric: str, flags: Collection[str]) -> None:
    """Flags of explain that its metric does not have. Raises CustmetricsError E156."""
    for option in all_options():
        if option.symbol in flags:
            others = ", ".join(other.name for other in METRICS.values() if option.name in (each.name for each in other.options))
            raise CustmetricsError(Problem("E156", f"{metric} has no option --{option.name}", hint=f"it is one of {others}"))


def texts_for(metric: Metric, asked: Any) -> dict[str, str]:
    """The texts of its options, by symbol."""
    return {option.symbol: getattr(asked, option.symbol) for option in metric.options}


def texts_for_metric(metric: Metric, asked: Any) -> dict[str, str]:
    """The texts of its options among those said for all metrics: the part after its name, else the part that is for nobody by name."""
    return {symbol: _part(metric, text) for symbol, text in texts_for(metric, asked).items()}


def _part(metric: Metric, text: str) -> str:
    pairs = [part.strip().partition("=") for part in text.split(";")]
    named = {name.strip(): value.strip() for name, is_named, value in pairs if is_named and name.strip() in METRICS}
    others = [f"{name}{sign}{value}" for name, sign, value in pairs if not sign or name.strip() not in METRICS]
    return named.get(metric.name, "; ".join(others))


def values(metric: Metric, definition: str, said: Mapping[str, str]) -> dict[str, Value]:
    """Those in effect, by symbol. Raises CustmetricsError E155, E157."""
    found = in_effect(metric.options, said)
    names = metric.definitions[definition].names
    missing = [option for option in metric.options if option.symbol in names and option.value(found) is None]
    if missing:
        name, help, metavar, *_ = missing[0]
        raise CustmetricsError(Problem("E157", f"{metric.name} needs --{name}: {help}", hint=f"say --{name} {metavar}"))
    return found
