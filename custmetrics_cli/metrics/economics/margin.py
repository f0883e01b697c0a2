"""What is left of revenue after the cost of serving it. Where nobody says, all of it; or, where that would mislead, there is no answer."""

from __future__ import annotations

from fractions import Fraction

from custmetrics_cli.core.options import REQUIRED, OptionSpec, share

NEEDED = OptionSpec("margin", "Gross margin: share of revenue left after the cost of service", "SHARE", share, when_absent=REQUIRED)
MARGIN = NEEDED._replace(when_absent="100%", default_from=lambda options: Fraction(1))
