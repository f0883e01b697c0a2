"""The published results of fitted models, within the last printed digit.

cdnow_orders.csv and cdnow_spending.csv are counts of customers of the CDNOW sample: orders of 2,357 customers until 1997-09-30, as
P. S. Fader and B. G. S. Hardie published them (brucehardie.com/datasets). Orders of one day count once.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from custmetrics_cli.stats.models import renewals, survival
from custmetrics_cli.stats.models.bg_bb import BgBb
from custmetrics_cli.stats.models.log_rank import log_rank
from custmetrics_cli.stats.models.orders import BgNbd, Orders, ParetoNbd, as_arrays, one_customer
from custmetrics_cli.stats.models.spending import Spending, expected_amount, fit_spending

HERE = Path(__file__).parent
DONORS = {  # (donations, last, years) -> donors of 1995; Fader, Hardie and Shang (2010), table 2
    (6, 6, 6): 1203, (5, 6, 6): 728, (4, 6, 6): 512, (3, 6, 6): 357, (2, 6, 6): 234, (1, 6, 6): 129, (5, 5, 6): 335, (4, 5, 6): 284,
    (3, 5, 6): 225, (2, 5, 6): 173, (1, 5, 6): 119, (4, 4, 6): 240, (3, 4, 6): 181, (2, 4, 6): 155, (1, 4, 6): 78, (3, 3, 6): 322,
    (2, 3, 6): 255, (1, 3, 6): 129, (2, 2, 6): 613, (1, 2, 6): 277, (1, 1, 6): 1091, (0, 0, 6): 3464,
}  # fmt: skip
TREATED = {6: (3, 1), 7: (1, 0), 9: (0, 1), 10: (1, 1), 11: (0, 1), 13: (1, 0), 16: (1, 0), 17: (0, 1), 19: (0, 1), 20: (0, 1),
           22: (1, 0), 23: (1, 0), 25: (0, 1), 32: (0, 2), 34: (0, 1), 35: (0, 1)}  # fmt: skip
PLACEBO = dict.fromkeys((1, 2, 4, 5, 11, 12), (2, 0)) | dict.fromkeys((3, 15, 17, 22, 23), (1, 0)) | {8: (4, 0)}


def cdnow() -> Orders:
    """Return the orders in weeks."""
    with (HERE / "cdnow_orders.csv").open() as file:
        rows = [tuple(map(int, row)) for row in list(csv.reader(file))[1:]]
    return as_arrays({(x, recency / 7, age / 7): n for x, recency, age, n in rows})


def remissions(weeks: dict[int, tuple[int, int]]) -> survival.Histogram:
    """Return the weeks of remission of 21 patients: E. J. Freireich and others, Blood 21 (1963), 699-716."""
    ends = {week: {1: ended} for week, (ended, _) in weeks.items() if ended}
    censored = {week: others for week, (_, others) in weeks.items() if others}
    return survival.Histogram({0: 21}, ends, censored)


def printed(value: float, text: str) -> None:
    """Compare with a printed number: half a unit of its last digit, and a unit for a number that was cut off."""
    assert value == pytest.approx(float(text), abs=10 ** -len(text.partition(".")[2]) * 0.6)


def test_survival_of_patients() -> None:
    steps = survival.steps(remissions(TREATED))
    step = survival.at_age(steps, 10)
    assert step is not None
    for value, text in zip((step.survival, step.low, step.high, step.hazard), ("0.7529", "0.5032", "0.8894", "0.2683"), strict=True):
        printed(value, text)
    assert survival.quantile(steps) == 23
    assert survival.quantile(survival.steps(remissions(PLACEBO))) == 8


def test_the_curves_of_patients_differ() -> None:
    found = log_rank({"6-MP": remissions(TREATED), "placebo": remissions(PLACEBO)})
    assert found is not None
    printed(found.chi_squared, "16.7929")
    assert (found.degrees, f"{found.p:.1e}") == (1, "4.2e-05")


@pytest.mark.parametrize(
    ("model", "parameters", "likelihood"),
    [(BgNbd(), ("0.243", "4.414", "0.793", "2.426"), "-9582.4"), (ParetoNbd(), ("0.553", "10.578", "0.606", "11.669"), "-9595.0")],
)
def test_orders_of_cdnow(model: BgNbd | ParetoNbd, parameters: tuple[str, ...], likelihood: str) -> None:
    fit = model.fit(cdnow())
    assert fit.converged
    for value, text in zip(fit.parameters, parameters, strict=True):
        printed(value, text)
    printed(fit.log_likelihood, likelihood)


def test_orders_to_expect() -> None:
    fit = BgNbd().fit(cdnow())
    customer = one_customer(2, 30.43, 38.86)
    printed(float(BgNbd().expected(fit, customer, 39)[0]), "1.226")
    assert 0 < BgNbd().alive(fit, customer)[0] < 1
    assert BgNbd().alive(fit, one_customer(0, 0, 38.86))[0] == 1


def test_spending_of_cdnow() -> None:
    with (HERE / "cdnow_spending.csv").open() as file:
        rows = [tuple(map(int, row)) for row in list(csv.reader(file))[1:]]
    fit = fit_spending(Spending(*np.array([(x, cents / 100 / x, n) for x, cents, n in rows]).T))
    for value, text in zip(fit.parameters, ("6.25", "3.74", "15.44"), strict=True):
        printed(value, text)
    p, q, v = fit.parameters
    assert float(expected_amount(fit, 0, 0)) == pytest.approx(p * v / (q - 1))


def test_donations() -> None:
    fit = BgBb().fit(as_arrays(DONORS))
    for value, text in zip(fit.parameters, ("1.204", "0.750", "0.657", "2.783"), strict=True):
        printed(value, text)
    printed(fit.log_likelihood, "-33225.6")
    expected = BgBb().expected(fit, as_arrays({(6, 6, 6): 1, (0, 0, 6): 1}), 5)
    assert [f"{each:.2f}" for each in expected] == ["0.07", "3.75"]


@pytest.mark.parametrize(
    ("shares", "alpha", "beta"),
    [
        ((1000, 631, 468, 382, 326, 289, 262, 241), "0.704", "1.182"),
        ((1000, 869, 743, 653, 593, 551, 517, 491), "0.668", "3.806"),
    ],
    ids=["regular", "high end"],
)
def test_renewals(shares: tuple[int, ...], alpha: str, beta: str) -> None:
    left = {year: shares[year - 1] - shares[year] for year in range(1, len(shares))}
    fit = renewals.fit_renewals(dict(enumerate(shares[1:], 1)), left)
    printed(fit.parameters[0], alpha)
    printed(fit.parameters[1], beta)
    assert renewals.survival(fit, 3) == pytest.approx(np.prod([renewals.retention(fit, year) for year in (1, 2, 3)]))
    assert renewals.payments(fit, 0.1, 2) == pytest.approx(renewals.payments(fit, 0.1, 2, horizon=3000), rel=1e-6)
