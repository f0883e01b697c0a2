"""All metrics by name, in the order of reports. A file `metrics.py` or `*_metrics.py` below this folder declares METRICS."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.core.metric import Metric

_DECLARED: Mapping[str, Sequence[Metric]] = Discovered(sys.modules[__name__], "METRICS", "**/*metrics.py")
_ALL = [metric for metrics in _DECLARED.values() for metric in metrics]

METRICS: dict[str, Metric] = {metric.name: metric for metric in sorted(_ALL, key=lambda metric: metric.position)}
