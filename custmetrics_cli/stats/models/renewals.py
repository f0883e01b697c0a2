"""Customers who renew or leave at fixed times: the shifted beta-geometric model (sBG).

Each customer leaves at a renewal with its own probability, which is beta distributed (alpha, beta). So churn falls with age, because
those who leave easily leave first. Source: P. S. Fader and B. G. S. Hardie, Journal of Interactive Marketing 21 (2007), 76-90, and
Marketing Science 29 (2010), 85-93, for the discounted value. Ages are numbers of renewals.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, lgamma, log

from custmetrics_cli.stats.models.maximise import Fit, maximise
from custmetrics_cli.stats.models.special import hypergeometric

PARAMETERS = ("alpha", "beta")
SMALL = 1e-12


def fit_renewals(passed: Mapping[int, int], left: Mapping[int, int]) -> Fit:
    """Return alpha and beta.

    passed: renewal number -> customers who renewed then; left: -> customers who left then instead. Numbers begin at 1. A customer who
    is seen from a later renewal on counts from there, so late entries need nothing else.
    """
    return maximise(lambda alpha, beta: _log_likelihood(passed, left, alpha, beta), (1.0, 1.0))


def _log_likelihood(passed: Mapping[int, int], left: Mapping[int, int], alpha: float, beta: float) -> float:
    """Sum the logarithms of r(t) = (beta + t - 1) / (alpha + beta + t - 1) and of 1 - r(t)."""
    renewed = sum(number * log((beta + t - 1) / (alpha + beta + t - 1)) for t, number in sorted(passed.items()))
    return renewed + sum(number * log(alpha / (alpha + beta + t - 1)) for t, number in sorted(left.items()))


def retention(fit: Fit, renewal: int) -> float:
    """Return the share of customers who renew, of those who reach a renewal."""
    alpha, beta = fit.parameters
    return (beta + renewal - 1) / (alpha + beta + renewal - 1)


def survival(fit: Fit, renewals: int) -> float:
    """Return the share of customers who are still there after so many renewals: B(alpha, beta + t) / B(alpha, beta)."""
    alpha, beta = fit.parameters
    return exp(lgamma(beta + renewals) - lgamma(beta) + lgamma(alpha + beta) - lgamma(alpha + beta + renewals))


def payments(fit: Fit, discount: float, renewed: int = 0, horizon: int | None = None) -> float:
    """Return the discounted payments to expect of a customer who has just paid for the `renewed`-th time again; 0: for the first time.

    That payment is not included: the next one is due at the next renewal. discount: per renewal, above 0, unless there is a horizon.
    """
    alpha, beta = fit.parameters
    if horizon is None:
        first = (beta + renewed) / (alpha + beta + renewed) / (1 + discount)
        return first * float(hypergeometric(1.0, beta + renewed + 1, alpha + beta + renewed + 1, 1 / (1 + discount)))
    total, share = 0.0, 1.0
    for number in range(1, horizon + 1):
        share *= (beta + renewed + number - 1) / (alpha + beta + renewed + number - 1) / (1 + discount)
        total += share
    return total
