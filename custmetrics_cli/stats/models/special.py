"""Special functions, with floats of the standard library and numpy only."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

TINY = 1e-300
CLOSE = 1e-15
MOST_TERMS = 20_000


def chi_squared_above(value: float, degrees: int) -> float:
    """Return the probability of a chi-squared value above this one.

    >>> round(chi_squared_above(3.841459, 1), 6), round(chi_squared_above(5.991465, 2), 6), chi_squared_above(0, 3)
    (0.05, 0.05, 1.0)
    """
    return 1.0 if value <= 0 else upper_gamma(degrees / 2, value / 2)


def upper_gamma(a: float, x: float) -> float:
    """Return the regularised upper incomplete gamma function Q(a, x): a series below a + 1, a continued fraction above.

    >>> round(upper_gamma(1, 2), 6)
    0.135335
    """
    front = exp(a * log(x) - x - lgamma(a)) if x > 0 else 0.0
    return 1.0 - front * _series(a, x) if x < a + 1 else front * _fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    while term > total * CLOSE:
        a += 1
        term *= x / a
        total += term
    return total


def _fraction(a: float, x: float) -> float:
    """Return the continued fraction of Q by Lentz's method."""
    b = x + 1 - a
    c, d = 1 / TINY, 1 / b
    product = d
    for i in range(1, 1000):
        part = -i * (i - a)
        b += 2
        d = 1 / (part * d + b or TINY)
        c = b + part / c or TINY
        product *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return product


def log_gamma(values: Any) -> Floats:
    """Return the logarithm of the gamma function of each value. Equal values are computed once."""
    import numpy as np

    distinct, where = np.unique(np.asarray(values, dtype=float), return_inverse=True)
    found: Floats = np.array([lgamma(value) for value in distinct.tolist()])[where.reshape(np.shape(values))]
    return found


def hypergeometric(a: Any, b: Any, c: Any, z: Any) -> Floats:
    """Return Gauss's hypergeometric function for 0 <= z < 1 and positive a, b, c, by its series.

    >>> float(hypergeometric(1.0, 1.0, 2.0, 0.5).round(9))
    1.386294361
    """
    import numpy as np

    a, b, c, z = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in (a, b, c, z)))
    term = np.ones_like(z)
    total: Floats = term.copy()
    for n in range(MOST_TERMS):
        term = term * (a + n) * (b + n) / ((c + n) * (n + 1)) * z
        total += term
        if (term <= total * CLOSE).all():
            break
    return total


@lru_cache(maxsize=1)
def legendre() -> tuple[Floats, Floats]:
    """Return 40 nodes in [0, 1] and their weights: for integrals of smooth functions."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(40)
    return (nodes + 1) / 2, weights / 2
