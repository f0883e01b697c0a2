"""A chart as a value: what it shows, before it is drawn as Vega-Lite, as a native chart of a workbook or in a terminal."""

from __future__ import annotations

from typing import NamedTuple

from custmetrics_cli.core.formula import Number

KINDS = ("line", "movements", "bridge", "heat", "shares", "curve", "steps", "fan", "spark", "bars", "dots")


class Series(NamedTuple):
    """Values in the order of the labels of the chart."""

    name: str
    values: tuple[Number | None, ...]
    texts: tuple[str, ...] = ()  # the values as people read them
    role: str = "value"  # value, gain, loss, net or level: decides the colour and the sign shown


class Band(NamedTuple):
    """The ends of the interval of each value; None where there is none."""

    name: str
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


class Mark(NamedTuple):
    """An event at one position."""

    at: int
    text: str


class Chart(NamedTuple):
    """Labelled series of one unit."""

    kind: str  # one of KINDS
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    currency: str = ""
    band: Band | None = None
    marks: tuple[Mark, ...] = ()
    target: Number | None = None
    target_text: str = ""
    partial: tuple[int, ...] = ()  # positions that are not finished
    partial_text: str = ""
    axis: str = ""  # the header of the labels
    positions: tuple[Number, ...] = ()  # of the labels on a scale; none: the labels are names
    summary: str = ""  # the text for readers who cannot see it
    language: str = "en"

    @property
    def numeric(self) -> bool:
        """True if the labels are positions on a scale."""
        return bool(self.positions)
