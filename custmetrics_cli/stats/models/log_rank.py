"""The log-rank test: do the survival curves of groups differ by more than chance?

At each age with ends, the ends of a group are compared with those expected if all groups left at the same rate. The sum of differences
and its hypergeometric covariance give a chi-squared statistic with (groups - 1) degrees of freedom (N. Mantel, Cancer Chemotherapy
Reports 50 (1966), 163-170). Late entries count from their age on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from custmetrics_cli.stats.models.special import chi_squared_above
from custmetrics_cli.stats.models.survival import Histogram, at_risk

Group = TypeVar("Group")


class LogRank(NamedTuple):
    """The outcome of the test. expected: the ends of each group if there were no difference, in the order of the groups."""

    chi_squared: float
    degrees: int
    p: float
    expected: tuple[float, ...]


def log_rank(groups: Mapping[Group, Histogram]) -> LogRank | None:
    """Compare groups; None if fewer than two have customers at risk when some leave."""
    import numpy as np

    found = list(groups.values())
    ages = sorted({age for each in found for age, by_reason in each.ends.items() if sum(by_reason.values())})
    n = np.array([at_risk(each, ages) for each in found], dtype=float)
    d = np.array([[sum(each.ends.get(age, {}).values()) for age in ages] for each in found], dtype=float)
    if not ages or (n.sum(axis=1) > 0).sum() < 2:
        return None
    all_n, all_d = n.sum(axis=0), d.sum(axis=0)
    share = n / all_n
    expected = share * all_d
    weight = all_d * (all_n - all_d) / np.maximum(all_n - 1, 1)
    covariance = np.diag((weight * share).sum(axis=1)) - (weight * share) @ share.T
    kept = [at for at in range(len(found)) if n[at].sum() > 0][:-1]
    difference = (d - expected).sum(axis=1)[kept]
    inner = covariance[np.ix_(kept, kept)]
    if np.linalg.matrix_rank(inner) < len(kept):
        return None
    chi_squared = float(difference @ np.linalg.solve(inner, difference))
    return LogRank(chi_squared, len(kept), chi_squared_above(chi_squared, len(kept)), tuple(map(float, expected.sum(axis=1))))
