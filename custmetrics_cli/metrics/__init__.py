"""All metrics: every `metrics.py` and `*_metrics.py` below this folder declares METRICS; a new file is a new command."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from custmetrics_cli.core.metric import Metric

METRICS: dict[str, Metric] = {
    metric.name: metric
    for module in sorted(info.name for info in walk_packages(__path__, f"{__name__}.") if info.name.endswith((".metrics", "_metrics")))
    for metric in import_module(module).METRICS
}
