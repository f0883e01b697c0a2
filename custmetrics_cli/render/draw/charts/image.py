"""A chart as SVG or PNG. The renderer is imported on first use: only pictures need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.charts.spec import spec

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart

VERSION = "v5.20"


def svg(chart: Chart) -> str:
    """Return the chart as SVG without inline styles. The same chart gives the same text."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec(chart), vl_version=VERSION, allowed_base_urls=[]))


def png(chart: Chart, scale: float = 2) -> bytes:
    """Return the chart as PNG."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec(chart), vl_version=VERSION, scale=scale, allowed_base_urls=[]))
