"""Random companies and surveys whose true rates are known. All draws of a scenario are groups of one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
MIXED = (1, 1, 1, 2, 4, 10)  # answers of a customer
MONTHS = ("2022-03", "2022-04")
SCORES = {
    "middle": {7: 0.3, 8: 0.3, 9: 0.2, 5: 0.2},
    "near an end": {10: 0.9, 8: 0.05, 3: 0.05},
    "split": {1: 0.5, 10: 0.5},
}


class Company(NamedTuple):
    """Customers with a price, of whom some leave, contract or expand in April 2022; `months` of them, with changes in each."""

    name: str
    n: int = 30
    loss: float = 0.05
    contraction: float = 0.0  # share of customers who pay 30 % less
    expansion: float = 0.0  # share of customers who pay more
    gain: str = "10 to 50 %"  # or "lognormal" (median 0.3, sigma 0.8) or "10 %"
    sigma: float = 0.0  # of the log of the prices
    months: int = 1

    @property
    def truth(self) -> dict[str, float]:
        mean_gain = {"10 to 50 %": 0.3, "10 %": 0.1, "lognormal": 0.3 * float(np.exp(0.8**2 / 2))}[self.gain]
        kept, more, less = 1 - self.loss, self.expansion * mean_gain, 0.3 * self.contraction
        mean = 100 * float(np.exp(self.sigma**2 / 2)) * (1 + more - less)
        rates = {"churn": self.loss, "grr": kept * (1 - less), "nrr": kept * (1 + more - less), "expansion-mrr": kept * more}
        rates["existing-growth"] = rates["nrr"] - 1
        return rates | {"arpa": mean, "lifetime": 1 / self.loss, "clv": mean / self.loss}


def subscriptions(company: Company, draws: int, dice: np.random.Generator) -> str:
    """Return the file: a row per customer and price."""
    shape = (draws, company.n)
    price = 100 * np.exp(company.sigma * dice.standard_normal(shape))
    lines = ["draw,customer_id,started_at,ended_at,amount,interval\n"]
    started, alive = np.full(shape, "2021-01-01"), np.ones(shape, bool)
    ids = [f"{draw:04},{draw:04}-{n}" for draw in range(draws) for n in range(company.n)]
    for month in MONTHS[len(MONTHS) - company.months :]:
        day = f"{month}-10"
        after, leaves = _moved(company, price, dice), alive & (dice.random(shape) < company.loss)
        changed = alive & (leaves | (after != price))
        _add(lines, ids, changed, started, np.full(shape, day), price)
        started = np.where(changed, day, started)
        price, alive = np.where(alive, after, price), alive & ~leaves
    _add(lines, ids, alive, started, np.full(shape, ""), price)
    return "".join(lines)


def _moved(company: Company, price: Array, dice: np.random.Generator) -> Array:
    gains = {
        "10 to 50 %": 0.1 + 0.4 * dice.random(price.shape),
        "10 %": np.full(price.shape, 0.1),
        "lognormal": 0.3 * np.exp(0.8 * dice.standard_normal(price.shape)),
    }[company.gain]
    move = dice.random(price.shape)
    more = move < company.expansion
    less = ~more & (move < company.expansion + company.contraction)
    moved: Array = np.where(more, price * (1 + gains), np.where(less, price * 0.7, price))
    return moved


def _add(lines: list[str], ids: list[str], rows: Array, starts: Array, ends: Array, prices: Array) -> None:
    columns = zip(np.flatnonzero(rows.ravel()), starts[rows], ends[rows], prices[rows], strict=True)
    lines += [f"{ids[at]},{start},{end},{price:.2f},month\n" for at, start, end, price in columns]


class Survey(NamedTuple):
    """Customers who answer in April 2022; with `both` also in March: that share of them, the others are new."""

    name: str
    n: int = 30
    scores: str = "middle"
    answers: tuple[int, ...] = (1,)  # each customer has one of these numbers
    alike: float = 0.0  # correlation of the answers of a customer
    happier: bool = False  # customers with four or more answers give 10 more often
    both: float | None = None

    @property
    def weights(self) -> Mapping[int, float]:
        return SCORES[self.scores]

    @property
    def truth(self) -> dict[str, float]:
        often = sum(k for k in self.answers if k >= 4) / sum(self.answers) if self.happier else 0.0
        mixed = {score: p * (1 - 0.5 * often) for score, p in self.weights.items()}
        mixed[10] = mixed.get(10, 0.0) + 0.5 * often
        net = sum(p * ((score >= 9) - (score < 7)) for score, p in mixed.items())
        good = sum(p for score, p in mixed.items() if score >= 6)
        return {"nps": 100 * net, "csat": good, "ces": sum(score * p for score, p in mixed.items())}


def answers(survey: Survey, draws: int, dice: np.random.Generator) -> str:
    """Return the file: a row per answer."""
    lines = ["draw,customer_id,responded_at,score\n"]
    usual = _scores(survey, (draws, survey.n), dice)
    for number, month in enumerate(MONTHS if survey.both is not None else MONTHS[1:]):
        new = np.arange(survey.n) >= survey.n * (1.0 if survey.both is None or number == 0 else survey.both)
        own = np.where(new, _scores(survey, (draws, survey.n), dice), usual)
        counts = dice.choice(survey.answers, (draws, survey.n))
        draw, customer = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
        alike = dice.random(len(draw)) < survey.alike
        score = np.where(alike, own[draw, customer], _scores(survey, draw.shape, dice))
        often = survey.happier & (counts[draw, customer] >= 4) & (dice.random(len(draw)) < 0.5)
        score = np.where(often, 10, score)
        names = np.where(new, f"{month}-", "")[customer]
        rows = zip(draw.tolist(), names.tolist(), customer.tolist(), score.tolist(), strict=True)
        lines += [f"{d:04},{name}{d}-{c},{month}-15,{s}\n" for d, name, c, s in rows]
    return "".join(lines)


def _scores(survey: Survey, shape: tuple[int, ...], dice: np.random.Generator) -> Array:
    return dice.choice(list(survey.weights), shape, p=list(survey.weights.values()))
