"""Customers who order whenever they like: how many are still alive, and how many orders to expect.

A customer is known by frequency (repeat orders, x), recency (age at the last one, t) and age (T), all in one unit of time. While
alive, customers order at random with rate lambda, which is gamma distributed (r, alpha).
  BG/NBD      after each order a customer may stop; the probability is beta distributed (a, b)
              (P. S. Fader, B. G. S. Hardie and K. L. Lee, Marketing Science 24 (2005), 275-284)
  Pareto/NBD  a customer stops after an exponential time with a gamma distributed rate (s, beta)
              (D. C. Schmittlein, D. G. Morrison and R. Colombo, Management Science 33 (1987), 1-24)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from custmetrics_cli.stats.models.maximise import Fit, maximise
from custmetrics_cli.stats.models.special import hypergeometric, legendre, log_gamma

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NEAR_ONE = 1e-6


class Orders(NamedTuple):
    """Customers with equal orders: arrays of equal length, in any order."""

    frequency: Floats
    recency: Floats
    age: Floats
    customers: Floats


class OrderModel(Protocol):
    """A model of orders. parameters: those of the fit."""

    @property
    def name(self) -> str:
        """The name, as on the command line."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters."""

    def fit(self, orders: Orders) -> Fit:
        """Return the parameters."""

    def alive(self, fit: Fit, orders: Orders) -> Floats:
        """Return the probability that each is still a customer."""

    def expected(self, fit: Fit, orders: Orders, span: float) -> Floats:
        """Return the orders to expect of each in the next `span` units of time."""


class BgNbd:
    """The model in which customers stop after an order."""

    name = "bg-nbd"
    parameters = ("r", "alpha", "a", "b")

    def fit(self, orders: Orders) -> Fit:
        return maximise(lambda *parameters: self._log_likelihood(orders, *parameters), (1.0, _typical(orders), 1.0, 1.0))

    def _log_likelihood(self, orders: Orders, r: float, alpha: float, a: float, b: float) -> float:
        import numpy as np

        x, t, age, customers = orders
        front = log_gamma(r + x) - log_gamma(r) + r * np.log(alpha) + _log_beta_ratio(a, b, x)
        still = -(r + x) * np.log(alpha + age)
        with np.errstate(divide="ignore", invalid="ignore"):
            gone = np.where(x > 0, np.log(a) - np.log(np.maximum(b + x - 1, 1e-300)) - (r + x) * np.log(alpha + t), -np.inf)
        return float((customers * (front + np.logaddexp(still, gone))).sum())

    def alive(self, fit: Fit, orders: Orders) -> Floats:
        r, alpha, a, b = fit.parameters
        return 1 / (1 + self._odds(orders, r, alpha, a, b))

    def _odds(self, orders: Orders, r: float, alpha: float, a: float, b: float) -> Floats:
        """Return the odds that a customer has stopped."""
        import numpy as np

        x, t, age, _ = orders
        odds: Floats = np.where(x > 0, a / np.maximum(b + x - 1, 1e-300) * ((alpha + age) / (alpha + t)) ** (r + x), 0.0)
        return odds

    def expected(self, fit: Fit, orders: Orders, span: float) -> Floats:
        r, alpha, a, b = fit.parameters
        a = a if abs(a - 1) > NEAR_ONE else 1 + NEAR_ONE
        x, _, age, _ = orders
        ratio = ((alpha + age) / (alpha + age + span)) ** (r + x)
        series = hypergeometric(r + x, b + x, a + b + x - 1, span / (alpha + age + span))
        orders_if_new: Floats = (a + b + x - 1) / (a - 1) * (1 - ratio * series)
        return orders_if_new / (1 + self._odds(orders, r, alpha, a, b))


class ParetoNbd:
    """The model in which customers stop at any time."""

    name = "pareto-nbd"
    parameters = ("r", "alpha", "s", "beta")

    def fit(self, orders: Orders) -> Fit:
        typical = _typical(orders)
        return maximise(lambda *parameters: self._log_likelihood(orders, *parameters), (1.0, typical, 1.0, typical))

    def _log_likelihood(self, orders: Orders, r: float, alpha: float, s: float, beta: float) -> float:
        import numpy as np

        x, _, _, customers = orders
        front = log_gamma(r + x) - log_gamma(r) + r * np.log(alpha) + s * np.log(beta)
        still, gone = self._parts(orders, r, alpha, s, beta)
        return float((customers * (front + np.logaddexp(still, gone))).sum())

    def _parts(self, orders: Orders, r: float, alpha: float, s: float, beta: float) -> tuple[Floats, Floats]:
        """Return the logarithms of the likelihoods of being alive, and of having stopped between the last order and now.

        The second is s x the integral of (alpha + u)^-(r + x) (beta + u)^-(s + 1). With v = ln(alpha + u), its function is smooth.
        """
        import numpy as np

        x, t, age, _ = orders
        still = -(r + x) * np.log(alpha + age) - s * np.log(beta + age)
        nodes, weights = legendre()
        low, width = np.log(alpha + t), np.log((alpha + age) / (alpha + t))
        v = low[:, None] + width[:, None] * nodes
        logs = -(r + x - 1)[:, None] * v - (s + 1) * np.log(np.maximum(beta - alpha + np.exp(v), 1e-300))
        highest = logs.max(axis=1)
        with np.errstate(divide="ignore"):
            area = np.log((np.exp(logs - highest[:, None]) * weights).sum(axis=1) * width)
        return still, np.log(s) + highest + area

    def alive(self, fit: Fit, orders: Orders) -> Floats:
        import numpy as np

        still, gone = self._parts(orders, *fit.parameters)
        alive: Floats = np.exp(still - np.logaddexp(still, gone))
        return alive

    def expected(self, fit: Fit, orders: Orders, span: float) -> Floats:
        r, alpha, s, beta = fit.parameters
        s = s if abs(s - 1) > NEAR_ONE else 1 + NEAR_ONE
        x, _, age, _ = orders
        rate = (r + x) * (beta + age) / ((alpha + age) * (s - 1))
        return self.alive(fit, orders) * rate * (1 - ((beta + age) / (beta + age + span)) ** (s - 1))


def _log_beta_ratio(a: float, b: float, x: Floats) -> Floats:
    """Return the logarithm of B(a, b + x) / B(a, b)."""
    from math import lgamma

    return lgamma(a + b) - lgamma(b) + log_gamma(b + x) - log_gamma(a + b + x)


def _typical(orders: Orders) -> float:
    """Return a mean time between orders, to start from."""
    total = float((orders.customers * orders.age).sum())
    return total / max(1.0, float((orders.customers * orders.frequency).sum())) / 2 or 1.0


def one_customer(frequency: float, recency: float, age: float) -> Orders:
    """Return a histogram of one customer."""
    import numpy as np

    return Orders(*(np.array([float(each)]) for each in (frequency, recency, age, 1)))


def as_arrays(cells: Any) -> Orders:
    """Return the arrays of a mapping (frequency, recency, age) -> customers, in order."""
    import numpy as np

    table = np.array([(*cell, cells[cell]) for cell in sorted(cells)], dtype=float).reshape(-1, 4)
    return Orders(*table.T)
