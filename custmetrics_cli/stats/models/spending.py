"""The mean amount of a customer's orders: the Gamma-Gamma model.

Amounts of a customer are gamma distributed with shape p. Their scale differs between customers: it is gamma distributed (q, v). So a
customer with few orders is drawn to the mean of all. Source: P. S. Fader and B. G. S. Hardie, "The Gamma-Gamma model of monetary
value" (2013). v has the unit of the amounts.
"""

from __future__ import annotations

from math import lgamma, log
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.stats.models.maximise import Fit, maximise
from custmetrics_cli.stats.models.special import log_gamma

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

PARAMETERS = ("p", "q", "v")


class Spending(NamedTuple):
    """Customers with equal repeat orders: arrays of equal length. Both numbers are above 0."""

    frequency: Floats  # repeat orders
    mean: Floats  # their mean amount
    customers: Floats


def fit_spending(spending: Spending) -> Fit:
    """Return the parameters p, q and v."""
    typical = float((spending.customers * spending.mean).sum() / spending.customers.sum())
    return maximise(lambda *parameters: _log_likelihood(spending, *parameters), (2.0, 3.0, typical))


def _log_likelihood(spending: Spending, p: float, q: float, v: float) -> float:
    import numpy as np

    x, mean, customers = spending
    front = log_gamma(p * x + q) - log_gamma(p * x) - lgamma(q) + q * log(v)
    logs = front + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(v + x * mean)
    return float((customers * logs).sum())


def expected_amount(fit: Fit, frequency: Any, mean: Any) -> Floats:
    """Return the mean amount to expect of each customer's orders; of customers without repeat orders the mean of all."""
    p, q, v = fit.parameters
    amount: Floats = p * (v + frequency * mean) / (p * frequency + q - 1)
    return amount
