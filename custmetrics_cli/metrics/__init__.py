"""Every module here that does not begin with _ declares METRICS; a new file is a new command."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from custmetrics_cli.metric import Metric

METRICS: dict[str, Metric] = {
    metric.name: metric
    for module in sorted(info.name for info in iter_modules(__path__) if not info.name.startswith("_"))
    for metric in import_module(f"{__name__}.{module}").METRICS
}
