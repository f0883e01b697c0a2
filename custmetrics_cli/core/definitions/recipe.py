"""A recipe: how a metric follows from choices on axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from custmetrics_cli.core.metric import Definition, Metric

Choices = Mapping[str, str]  # axis -> value


class Recipe(NamedTuple):
    """A metric, and the definition that choices on its axes make. Without choices it is our own definition."""

    metric: Metric
    define: Callable[[Choices], Definition]
