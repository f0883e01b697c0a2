"""Customers who order at most once in each of n rounds, such as donors in each year: the BG/BB model.

While alive, a customer orders in a round with a probability that is beta distributed (alpha, beta), and stops before a round with a
probability that is beta distributed (gamma, delta). Source: P. S. Fader, B. G. S. Hardie and J. Shang, Marketing Science 29 (2010),
1086-1108. frequency: rounds with an order (x); recency: the last of them (t); age: rounds passed (n).
"""

from __future__ import annotations

from math import lgamma
from typing import TYPE_CHECKING, Any

from custmetrics_cli.stats.models.maximise import Fit, maximise
from custmetrics_cli.stats.models.orders import NEAR_ONE, Orders
from custmetrics_cli.stats.models.special import log_gamma

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def _log_beta(a: Any, b: Any) -> Floats:
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b)


class BgBb:
    """The model of rounds."""

    name = "bg-bb"
    parameters = ("alpha", "beta", "gamma", "delta")

    def fit(self, orders: Orders) -> Fit:
        return maximise(lambda *parameters: self._log_likelihood(orders, *parameters), (1.0, 1.0, 1.0, 1.0))

    def _log_likelihood(self, orders: Orders, alpha: float, beta: float, gamma: float, delta: float) -> float:
        import numpy as np

        still, gone = self._parts(orders, alpha, beta, gamma, delta)
        return float((orders.customers * np.logaddexp(still, gone)).sum())

    def _parts(self, orders: Orders, alpha: float, beta: float, gamma: float, delta: float) -> tuple[Floats, Floats]:
        """Return the logarithms of the likelihoods of being alive, and of having stopped in one of the rounds after the last order."""
        import numpy as np

        x, t, n, _ = orders
        base = lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta) + lgamma(gamma) + lgamma(delta) - lgamma(gamma + delta)
        still = _log_beta(alpha + x, beta + n - x) + _log_beta(np.full_like(x, gamma), delta + n) - base
        gone = np.full_like(x, -np.inf)
        for i in range(int((n - t).max(initial=0))):
            part = _log_beta(alpha + x, beta + t - x + i) + _log_beta(np.full_like(x, gamma + 1), delta + t + i) - base
            gone = np.where(i < n - t, np.logaddexp(gone, part), gone)
        return still, gone

    def alive(self, fit: Fit, orders: Orders) -> Floats:
        """Return the probability that each is alive in the next round."""
        import numpy as np

        still, gone = self._parts(orders, *fit.parameters)
        _, _, gamma, delta = fit.parameters
        passes = (delta + orders.age) / (gamma + delta + orders.age)
        alive: Floats = np.exp(still - np.logaddexp(still, gone)) * passes
        return alive

    def expected(self, fit: Fit, orders: Orders, span: float) -> Floats:
        """Return the orders to expect in the next `span` rounds."""
        import numpy as np

        alpha, beta, gamma, delta = fit.parameters
        gamma = gamma if abs(gamma - 1) > NEAR_ONE else 1 + NEAR_ONE
        x, _, n, _ = orders
        still, gone = self._parts(orders, *fit.parameters)
        rate = (alpha + x) / (alpha + beta + n)
        scale = lgamma(gamma + delta) - lgamma(1 + delta) - (lgamma(gamma + delta) - lgamma(delta)) + np.log(delta)
        before = log_gamma(1 + delta + n) - log_gamma(gamma + delta + n)
        after = log_gamma(1 + delta + n + span) - log_gamma(gamma + delta + n + span)
        tail = np.exp(log_gamma(gamma + delta + n) - log_gamma(delta + n) + scale) * (np.exp(before) - np.exp(after)) / (gamma - 1)
        expected: Floats = np.exp(still - np.logaddexp(still, gone)) * rate * tail
        return expected
