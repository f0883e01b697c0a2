"""Subscriptions to measure with: items of customers 2018-2022, the same bytes for the same number of rows.

Three in five customers have one row. The others have two to six each: another plan from the day the last row ended, more
seats from that day, an item beside it, or a return after a while. Prices are by month or by year, of three price lists.
Run as a process of its own: FILE ROWS.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from data import DAYS, FIRST, Ints, order, write

HEADER = b"subscription_id,customer_id,plan,started_at,ended_at,canceled_at,amount,interval,quantity,currency,status\n"
PLANS = ("basic", "pro", "team", "enterprise", "storage")
LISTS = ((9, 29, 79, 249, 5), (12, 39, 99, 299, 6), (15, 49, 119, 399, 8))  # a month, by plan; a year costs ten months
AMOUNTS = [f"{price * months}.00" for prices in LISTS for price in prices for months in (1, 10)]
STATUSES = ("ended", "active", "past_due", "active_until_end", "trial")
ENDED, ACTIVE, PAST_DUE, LEAVING, TRIAL = range(len(STATUSES))
CHANGE, SEATS, BESIDE, RETURN = range(4)  # what a row is to the one before
BESIDES = len(PLANS) - 1  # the plan of items beside another

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Items(NamedTuple):
    """Rows, customer by customer. start and end (excluded) in days from 2018-01-01; what: CHANGE and so on, -1 of a first row."""

    counts: Ints  # rows of each customer
    start: Ints
    end: Ints
    what: Ints


def sizes(rows: int) -> Ints:
    """Rows of each customer."""
    several = np.resize([2, 2, 2, 3, 3, 4, 5, 6], int(rows * 0.21))
    return np.concatenate([np.ones(rows - several.sum(), dtype=np.int64), several])


def running(values: Ints, counts: Ints) -> Ints:
    """Sums of the rows of a customer so far."""
    walked = np.cumsum(values)
    return walked - np.repeat((walked - values)[np.cumsum(counts) - counts], counts)


def items(rng: np.random.Generator, rows: int) -> Items:
    counts = sizes(rows)
    later = order(counts) > 0
    what = np.where(later, rng.choice(4, rows, p=[0.4, 0.25, 0.15, 0.2]), -1)
    last = np.append(~later[1:], True)
    length = np.where(last, rng.geometric(1 / 480, rows), rng.integers(20, 250, rows))
    before = np.roll(length, 1)
    step = np.where(what == BESIDE, rng.random(rows) * before, before + (what == RETURN) * rng.integers(1, 90, rows))
    since = running(np.where(later, step, 0).astype(np.int64), counts)
    first = (rng.random(len(counts)) * (DAYS - since[last])).astype(np.int64)
    start = np.repeat(first, counts) + since
    return Items(counts, start, start + length, what)


def plans(rng: np.random.Generator, made: Items) -> Ints:
    """Who changes goes to the next plan, the last to the first."""
    usual = np.repeat(rng.choice(4, len(made.counts), p=[0.45, 0.3, 0.18, 0.07]), made.counts)
    return np.where(made.what == BESIDE, BESIDES, (usual + running((made.what == CHANGE) * 1, made.counts)) % 4)


def quantities(rng: np.random.Generator, made: Items) -> Ints:
    seats = np.repeat(rng.geometric(0.5, len(made.counts)), made.counts)
    return seats + running((made.what == SEATS) * rng.integers(1, 4, len(made.what)), made.counts)


def statuses(rng: np.random.Generator, made: Items) -> Ints:
    """On the last day of the data, to which trials of the last two weeks run."""
    running_on = np.where((made.start >= DAYS - 14) & (rng.random(len(made.start)) < 0.3), TRIAL, ACTIVE)
    odd = rng.choice([ACTIVE, PAST_DUE, LEAVING], len(made.start), p=[0.97, 0.02, 0.01])
    return np.where(made.end < DAYS, ENDED, np.where(running_on == ACTIVE, odd, running_on))


def canceled(rng: np.random.Generator, made: Items, status: Ints) -> tuple[Ints, Flags]:
    """The day of the decision, and where there is none: three in five of those who end have taken it, and all who are leaving."""
    days = np.maximum(made.start, np.minimum(made.end, DAYS) - rng.integers(1, 30, len(status)))
    return days, ~(((status == ENDED) & (rng.random(len(status)) < 0.6)) | (status == LEAVING))


def table(rows: int) -> pa.Table:
    rng = np.random.default_rng(rows)
    made = items(rng, rows)
    plan, status = plans(rng, made), statuses(rng, made)
    yearly = np.repeat(rng.random(len(made.counts)) < 0.3, made.counts)
    price = (made.start * len(LISTS) // DAYS * len(PLANS) + plan) * 2 + yearly
    decided, undecided = canceled(rng, made, status)
    ids = np.repeat(rng.permutation(len(made.counts)), made.counts)
    mixed = rng.permutation(rows)
    columns = {
        "subscription_id": numbered("S", rng.permutation(rows), 8),
        "customer_id": numbered("C", ids[mixed], 7),
        "plan": words(PLANS, plan[mixed]),
        "started_at": days(made.start[mixed]),
        "ended_at": days(made.end[mixed], (made.end >= DAYS)[mixed]),
        "canceled_at": days(decided[mixed], undecided[mixed]),
        "amount": words(AMOUNTS, price[mixed]),
        "interval": words(("month", "year"), yearly[mixed]),
        "quantity": pa.array(quantities(rng, made)[mixed]),
        "currency": words(("EUR",), np.zeros(rows)),
        "status": words(STATUSES, status[mixed]),
    }
    return pa.table(columns)


def numbered(letter: str, numbers: Ints, width: int) -> pa.Array:
    return pc.binary_join_element_wise(letter, pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0"), "")


def words(names: tuple[str, ...] | list[str], codes: np.ndarray) -> pa.Array:  # type: ignore[type-arg]
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), list(names)).cast(pa.string())


def days(numbers: Ints, missing: Flags | None = None) -> pa.Array:
    return pa.array((numbers + FIRST).astype(np.int32), mask=missing).cast(pa.date32())


if __name__ == "__main__":
    write(Path(sys.argv[1]), HEADER, table(int(sys.argv[2])))
