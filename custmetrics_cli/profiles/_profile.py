"""A profile: the definitions that one system documents, as choices on axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from custmetrics_cli.profiles.axes import axes_of


class Profile(NamedTuple):
    """Choices on axes, with their source. Axes that the source leaves open are left out."""

    name: str
    vendor: str
    source: str  # the page
    date: str  # the month in which it was read
    confidence: str  # high: seen in code; medium: on a page of the vendor; low: from others
    covers: tuple[str, ...]  # metrics
    axes: Mapping[str, str]  # axis -> value, for all metrics
    own: Mapping[str, Mapping[str, str]] = {}  # metric -> axis -> value, for this metric only
    note: str = ""
    path: str = ""  # of the user's file; '' = built in

    def documented(self, metric: str) -> dict[str, str]:
        """Return the choices that the source documents for a metric, in order of the axes."""
        chosen = {**self.axes, **self.own.get(metric, {})}
        axes = (axis for axis in axes_of(metric) if axis.name in chosen and axis.applies(metric, chosen[axis.name]))
        return {axis.name: chosen[axis.name] for axis in axes}

    def choices(self, metric: str, ours: Mapping[str, str]) -> dict[str, str]:
        """Return a choice on every axis of a metric: documented, else our own."""
        return {**ours, **self.documented(metric)}

    def open(self, metric: str) -> tuple[str, ...]:
        """Return the axes of a metric that the source leaves open."""
        documented = self.documented(metric)
        return tuple(axis.name for axis in axes_of(metric) if axis.name not in documented)

    @property
    def cited(self) -> str:
        """The source as a sentence names it."""
        return f"as documented on {self.source}, {self.date}"
