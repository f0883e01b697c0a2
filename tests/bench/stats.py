"""Hold fitted models to their promises by simulation: python -m tests.bench.stats [DRAWS].

Parameters of data drawn from each model must lie in their 95 % intervals in 93 to 97 % of the draws, the log-rank test must raise a
false alarm in 5 %, and 80 % intervals of forecasts must hold 75 to 85 % of held-back months.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from math import log, sqrt
from time import perf_counter
from typing import Any

import numpy as np

from custmetrics_cli.stats.models import renewals, survival
from custmetrics_cli.stats.models.bg_bb import BgBb
from custmetrics_cli.stats.models.log_rank import log_rank
from custmetrics_cli.stats.models.maximise import Fit
from custmetrics_cli.stats.models.orders import BgNbd, Orders, ParetoNbd
from custmetrics_cli.stats.models.spending import Spending, fit_spending
from custmetrics_cli.stats.student_t import Z
from tests.stats.test_forecast import share_held

CUSTOMERS = 3000
Draw = tuple[tuple[float, ...], Fit]


def _orders(rows: list[tuple[float, float, float]]) -> Orders:
    counted = sorted(Counter(rows).items())
    return Orders(*np.array([(*row, number) for row, number in counted]).T)


def _history(rng: Any, rate: float, age: float, stops: Callable[[float], float]) -> tuple[float, float, float]:
    """Draw the orders of one customer. stops: the time at which the customer stops, from the time of an order."""
    at, count, last, end = 0.0, 0, 0.0, stops(0.0)
    while True:
        at += rng.exponential(1 / rate)
        if at > min(age, end):
            return float(count), round(last, 1), age
        count, last = count + 1, at
        end = min(end, stops(at))


def bg_nbd(rng: Any) -> Draw:
    r, alpha, a, b = truth = (0.6, 6.0, 0.8, 2.5)
    rows = []
    for _ in range(CUSTOMERS):
        rate, p = rng.gamma(r, 1 / alpha), rng.beta(a, b)
        stops = lambda at, p=p: at if at > 0 and rng.random() < p else float("inf")  # noqa: E731
        rows.append(_history(rng, max(rate, 1e-9), round(rng.uniform(40, 80), 0), stops))
    return truth, BgNbd().fit(_orders(rows))


def pareto_nbd(rng: Any) -> Draw:
    r, alpha, s, beta = truth = (0.8, 8.0, 0.9, 15.0)
    rows = []
    for _ in range(CUSTOMERS):
        rate, end = rng.gamma(r, 1 / alpha), rng.exponential(1 / max(rng.gamma(s, 1 / beta), 1e-9))
        rows.append(_history(rng, max(rate, 1e-9), round(rng.uniform(40, 80), 0), lambda at, end=end: end))
    return truth, ParetoNbd().fit(_orders(rows))


def bg_bb(rng: Any) -> Draw:
    alpha, beta, gamma, delta = truth = (1.2, 0.75, 0.66, 2.8)
    rounds, rows = 8, []
    for p, theta in zip(rng.beta(alpha, beta, CUSTOMERS), rng.beta(gamma, delta, CUSTOMERS), strict=True):
        lives = min(rounds, int(rng.geometric(max(theta, 1e-12))) - 1)
        made = np.flatnonzero(rng.random(lives) < p) + 1
        rows.append((float(len(made)), float(made[-1]) if len(made) else 0.0, float(rounds)))
    return truth, BgBb().fit(_orders(rows))


def gamma_gamma(rng: Any) -> Draw:
    p, q, v = truth = (6.0, 4.0, 15.0)
    frequency = rng.integers(1, 12, CUSTOMERS).astype(float)
    scale = rng.gamma(q, 1 / v, CUSTOMERS)
    mean = rng.gamma(p * frequency) / scale / frequency
    return truth, fit_spending(Spending(frequency, mean, np.ones(CUSTOMERS)))


def sbg(rng: Any) -> Draw:
    alpha, beta = truth = (0.8, 2.0)
    passed, left = Counter[int](), Counter[int]()
    for theta, seen in zip(rng.beta(alpha, beta, CUSTOMERS), rng.integers(3, 15, CUSTOMERS), strict=True):
        leaves = int(rng.geometric(max(theta, 1e-12)))
        passed.update(range(1, min(leaves - 1, int(seen)) + 1))
        left.update([leaves] if leaves <= seen else [])
    return truth, renewals.fit_renewals(passed, left)


MODELS: Mapping[str, Callable[[Any], Draw]] = {
    "sbg": sbg, "bg-nbd": bg_nbd, "pareto-nbd": pareto_nbd, "bg-bb": bg_bb, "gamma-gamma": gamma_gamma
}  # fmt: skip


def coverage(draw: Callable[[Any], Draw], draws: int) -> tuple[float, int]:
    """Return the share of parameters inside their 95 % intervals, and the fits without an interval."""
    inside, missing = [], 0
    for seed in range(draws):
        truth, fit = draw(np.random.default_rng(seed))
        if not fit.converged or fit.covariance is None:
            missing += 1
            continue
        for at, (value, found) in enumerate(zip(truth, fit.parameters, strict=True)):
            inside.append(abs(log(value / found)) <= Z * sqrt(fit.covariance[at, at]))
    return float(np.mean(inside)), missing


def false_alarms(draws: int) -> float:
    """Return the share of log-rank tests below 5 % for two groups that leave at the same rate, with late entries."""
    alarms = []
    for seed in range(draws):
        rng, groups = np.random.default_rng(seed), {}
        for name in ("a", "b"):
            entry, length = rng.integers(0, 40, 200) * (rng.random(200) < 0.5), rng.exponential(80, 200).astype(int) + 1
            seen = [(int(e), int(t), int(e + c)) for e, t, c in zip(entry, length, rng.integers(20, 120, 200), strict=True) if t > e]
            ends = Counter(t for _, t, until in seen if t <= until)
            censored = Counter(until for _, t, until in seen if t > until)
            groups[name] = survival.Histogram(Counter(e for e, *_ in seen), {t: {1: n} for t, n in ends.items()}, censored)
        found = log_rank(groups)
        alarms.append(found is not None and found.p < 0.05)
    return float(np.mean(alarms))


def lines(draws: int) -> list[str]:
    """Return a line for each promise."""
    made = []
    for name, draw in MODELS.items():
        begun = perf_counter()
        share, missing = coverage(draw, draws)
        made.append(
            f"{name:12} parameters in their 95 % interval: {share:6.1%}, {missing} fits without one ({perf_counter() - begun:.0f} s)"
        )
    made.append(f"{'log-rank':12} false alarms at 5 %: {false_alarms(draws):6.1%}")
    for months in (18, 24, 36):
        made.append(f"{'forecast':12} {months} months: {share_held(range(draws), months, 12):6.1%} of the next 12 in their 80 % interval")
    return made


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(int(sys.argv[1]) if len(sys.argv) > 1 else 400)) + "\n")
