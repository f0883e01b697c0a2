"""The gross margin option: 100 % by default, or required where that would mislead."""

from __future__ import annotations

from fractions import Fraction

from custmetrics_cli.core.options import REQUIRED, OptionSpec, share

REQUIRED_MARGIN = OptionSpec(
    "margin", "Gross margin: share of revenue left after the cost of service", "SHARE", share, when_absent=REQUIRED
)
BEFORE_COSTS = "before costs"
MARGIN = REQUIRED_MARGIN._replace(when_absent="100%", without=BEFORE_COSTS, default_from=lambda options: Fraction(1))
