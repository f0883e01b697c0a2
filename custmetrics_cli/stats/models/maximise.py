"""Maximum likelihood of a few positive parameters: the simplex of J. A. Nelder and R. Mead (Computer Journal 7 (1965), 308-313).

The search is on the logarithms of the parameters. It starts again from its own best point until it stays there. So the same counts
give the same parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LogLikelihood = Callable[..., float]
MOST_STEPS, MOST_STARTS = 2000, 8
CLOSE = 1e-9
FARTHEST = 14.0  # a parameter beyond e^14 or below e^-14 has run away: the data does not fix it
RELATIVE_STEP = 1e-3


class Fit(NamedTuple):
    """Parameters at which the likelihood is largest."""

    parameters: tuple[float, ...]
    log_likelihood: float
    converged: bool
    covariance: Any = None  # of the logarithms of the parameters; None: the curvature is not that of a maximum


def maximise(likelihood: LogLikelihood, start: Sequence[float]) -> Fit:
    """Return the parameters with the largest likelihood, from a start."""
    import numpy as np

    def cost(point: Any) -> float:
        if np.abs(point).max() > FARTHEST + 1:
            return 1e300
        value = likelihood(*(exp(each) for each in point.tolist()))
        return -value if value == value else 1e300

    best = np.array([log(each) for each in start])
    lowest, settled = cost(best), False
    for _ in range(MOST_STARTS):
        point, value = _simplex(cost, best)
        settled = lowest - value <= CLOSE * (abs(value) + 1)
        best, lowest = point, value
        if settled or np.abs(best).max() > FARTHEST:
            break
    inside = bool(np.abs(best).max() < FARTHEST) and lowest < 1e299
    return Fit(tuple(exp(each) for each in best.tolist()), -lowest, settled and inside, _covariance(cost, best) if inside else None)


def _simplex(cost: Callable[[Any], float], start: Floats) -> tuple[Floats, float]:
    """Walk from a start until all corners have the same cost."""
    import numpy as np

    points = [start, *(start + 0.4 * np.eye(len(start))[at] for at in range(len(start)))]
    corners = sorted(((cost(point), at, point) for at, point in enumerate(points)), key=lambda corner: corner[:2])
    for number in range(len(points), MOST_STEPS):
        spread = max(float(np.abs(point - corners[0][2]).max()) for _, _, point in corners)
        if corners[-1][0] - corners[0][0] <= CLOSE * (abs(corners[0][0]) + 1) * 1e-3 and spread < 1e-6:
            break
        corners = _moved(cost, corners, number)
    return corners[0][2], corners[0][0]


def _moved(cost: Callable[[Any], float], corners: list[Any], number: int) -> list[Any]:
    """Replace the worst corner, or move all towards the best."""
    centre = sum(point for _, _, point in corners[:-1]) / (len(corners) - 1)
    worst = corners[-1][2]

    def along(step: float) -> tuple[float, int, Any]:
        point = centre + step * (centre - worst)
        return cost(point), number, point

    tried = along(1.0)
    if tried[0] < corners[0][0]:
        tried = min(tried, along(2.0), key=lambda corner: corner[0])
    elif tried[0] >= corners[-2][0]:
        tried = along(0.5 if tried[0] < corners[-1][0] else -0.5)
        if tried[0] >= corners[-1][0]:
            best = corners[0][2]
            points = [(at, best + 0.5 * (point - best)) for _, at, point in corners[1:]]
            return sorted([corners[0], *((cost(point), at, point) for at, point in points)], key=lambda corner: corner[:2])
    return sorted([*corners[:-1], tried], key=lambda corner: corner[:2])


def _covariance(cost: Callable[[Any], float], best: Floats) -> Any:
    """Return the inverse of the second derivatives of the cost at its minimum; None if they are not those of a minimum."""
    import numpy as np

    steps, middle, size = np.eye(len(best)) * RELATIVE_STEP * 10, cost(best), len(best)
    curvature = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            sides = [cost(best + a * steps[i] + b * steps[j]) for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
            value = (sides[0] - sides[1] - sides[2] + sides[3]) / 4 if i != j else None
            if value is None:
                value = cost(best + steps[i]) - 2 * middle + cost(best - steps[i])
            curvature[i, j] = curvature[j, i] = value / steps[i, i] ** 2
    try:
        inverse = np.linalg.inv(curvature)
    except np.linalg.LinAlgError:
        return None
    return inverse if (np.linalg.eigvalsh(curvature) > 0).all() else None
