"""An independent, slow reference for metrics of money under other definitions: it looks at every customer on every day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tests.support import reference_definitions as stints
from tests.support.reference_definitions import EPOCH, HORIZON, Row, rows_under

Choices = Mapping[str, str]
WEEKS = {"52/12": Fraction(52, 12), "4": Fraction(4), "4.33": Fraction("4.33")}
DAYS = {"365.25/12": Fraction("365.25") / 12, "30": Fraction(30)}


def monthly(row: Row, choices: Choices) -> Fraction:
    """Return what a row pays a month."""
    share = Fraction(100 - (row.discount if choices["discounts"] == "subtract" else 0), 100)
    per_month = {"month": Fraction(1), "year": Fraction(1, 12), "week": WEEKS[choices["week"]], "day": DAYS[choices["day"]]}
    return row.amount * share * per_month[row.interval]


class Customer:
    """The rows of a customer that run and that pay, on each day from -1. A day in a bridged gap is as the last day before it."""

    def __init__(self, rows: list[Row], choices: Choices) -> None:
        self.choices, self.running, self.paying = choices, {-1: list[Row]()}, {-1: list[Row]()}
        for day in range(HORIZON):
            self.running[day] = [r for r in rows if r.start <= day and (r.end is None or day < r.end)]
            self.paying[day] = [r for r in self.running[day] if not self._rests(r, day)]
        served = [day for day in range(HORIZON) if self.running[day]]
        for last, back in pairwise(served):
            if back - last - 1 <= int(choices["gap"]):
                for day in range(last + 1, back):
                    self.running[day], self.paying[day] = self.running[last], self.paying[last]

    def _rests(self, row: Row, day: int) -> bool:
        if self.choices["paused"] in ("keep", "churn") or row.paused is None:
            return False
        return row.paused <= day and (row.resumed is None or day < row.resumed)

    def mrr(self, day: int) -> Fraction:
        return sum((monthly(row, self.choices) for row in self.paying[day]), Fraction(0))

    def movements(self, start: int, end: int) -> dict[str, Fraction]:
        """Return the sums of the movements in [start, end)."""
        found = dict.fromkeys(("new", "reactivation", "expansion", "contraction", "churned"), Fraction(0))
        for day in range(start, end):
            before, after = self.mrr(day - 1), self.mrr(day)
            paused = self._sum(
                row for row in self.paying[day - 1] if self._has(self.running[day], row) and not self._has(self.paying[day], row)
            )
            resumed = self._sum(
                row for row in self.paying[day] if self._has(self.running[day - 1], row) and not self._has(self.paying[day - 1], row)
            )
            change = after - before - resumed + paused
            kind = self._kind(day, change, before + resumed, after)
            if kind:
                found[kind] += abs(change)
            if self.choices["paused"] == "zero":
                found["contraction"] += paused
                found["expansion"] += resumed
        return found

    def _sum(self, rows) -> Fraction:  # type: ignore[no-untyped-def]
        return sum((monthly(row, self.choices) for row in rows), Fraction(0))

    @staticmethod
    def _has(rows: list[Row], row: Row) -> bool:
        return any(each is row for each in rows)

    def _kind(self, day: int, change: Fraction, before: Fraction, after: Fraction) -> str:
        if change > 0:
            return "expansion" if before else "new" if self._is_new(day) else "reactivation"
        return "" if not change else "contraction" if after else "churned"

    def _is_new(self, day: int) -> bool:
        paid = [each for each in range(day) if self.mrr(each)]
        rule = self.choices["new-after"]
        return not paid or (rule != "never" and day - (paid[-1] + 1) > int(rule))


class Books:
    """All customers under some choices."""

    def __init__(self, rows: list[Row], choices: Choices) -> None:
        full = {
            "gap": "0",
            "new-after": "never",
            "grain": "customer",
            "discounts": "subtract",
            "week": "52/12",
            "day": "365.25/12",
            **choices,
        }
        read = [replace(row) for row in rows_under(rows, full) if row.end is None or row.end > row.start]
        names = sorted({row.customer for row in read})
        self.choices = full
        self.customers = [Customer([row for row in read if row.customer == name], full) for name in names]
        self.stints = [stints.Customer([row for row in read if row.customer == name], int(full["gap"]), None) for name in names]

    def totals(self, start: int, end: int) -> dict[str, Fraction]:
        """Return the sums of a window [start, end)."""
        found: dict[str, Fraction] = defaultdict(Fraction)

        def add(name: str, number: Fraction | int) -> None:
            found[name] = found.get(name, Fraction(0)) + number

        for customer, stint in zip(self.customers, self.stints, strict=True):
            opening, closing = customer.mrr(start - 1), customer.mrr(end - 1)
            add("opening", opening)
            add("closing", closing)
            add("payers", closing > 0)
            add("kept", closing if opening else 0)
            add("retained", min(opening, closing))
            add("lost_customers", opening if stint.at(start - 1) and not stint.at(end - 1) else 0)
            add("was", stint.at(start - 1))
            add("lost", stint.at(start - 1) and not stint.at(end - 1))
            for name, number in customer.movements(start, end).items():
                add(name, number)
        return found


def over(one: Fraction, other: Fraction) -> Fraction | None:
    return one / other if other else None


def value(metric: str, choices: Choices, t: Mapping[str, Fraction]) -> Fraction | None:
    """Return a metric from the sums of one window."""
    back, events = t["reactivation"], choices.get("nrr-base") == "events"
    lost = t["contraction"] + t["churned"]
    match metric:
        case "mrr":
            return t["closing"]
        case "arpa":
            return over(t["closing"], t["payers"])
        case "quick-ratio":
            return over(t["new"] + back + t["expansion"], lost)
        case "nrr":
            kept = t["opening"] + t["expansion"] - lost if events else t["kept"]
            return over(kept + (back if choices["reactivation-in-nrr"] == "yes" else 0), t["opening"])
        case "grr":
            return over(t["opening"] - lost if events else t["retained"], t["opening"])
        case "gross-mrr-churn":
            whole = {True: lost, False: t["opening"] - t["retained"]}
            left = {True: t["churned"], False: t["lost_customers"]}
            return over((left if choices["gross-churn"] == "churn" else whole)[events], t["opening"])
    loss = lost - t["expansion"] if events else t["opening"] - t["kept"]
    loss -= back if choices["reactivation-in-net-churn"] == "yes" else 0
    return over(loss if choices["net-churn-sign"] == "loss-positive" else -loss, t["opening"])


def of_window(metric: str, rows: list[Row], choices: Choices, start: int, end: int) -> Fraction | None:
    """Return a metric under these choices."""
    books = Books(rows, choices)
    windows = {"rolling-30d": [(end - 30, end)], "daily-sum": [(day, day + 1) for day in range(start, end)]}
    found = [value(metric, books.choices, books.totals(*window)) for window in windows.get(choices.get("window", ""), [(start, end)])]
    known = [each for each in found if each is not None]
    return sum(known, Fraction(0)) if known else None


def month(number: int) -> tuple[int, int]:
    """Return the first day of a calendar month and of the next, by months since 1970-01."""
    first, following = (dt.date(1970 + each // 12, each % 12 + 1, 1) for each in (number, number + 1))
    return (first - EPOCH).days, (following - EPOCH).days


def lifetime_value(rows: list[Row], choices: Choices, first: int, count: int) -> Fraction | None:
    """Return lifetime value of a period of whole months, at a margin of 100 %. first: the number of its first month."""
    books = Books(rows, choices)
    months = {"mean-6m": range(first + count - 7, first + count - 1), "mean-3m": range(first + count - 3, first + count)}
    rule = choices["ltv-churn"]
    sums = [books.totals(*month(each)) for each in months.get(rule, range(first, first + count))]
    arpa = (
        over(books.totals(*month(first + count - 1))["closing"], books.totals(*month(first + count - 1))["payers"])
        if sums and sums[0]
        else None
    )
    if arpa is None:
        return None
    if rule == "revenue":
        churn = over(sum((t["opening"] - t["retained"] for t in sums), Fraction(0)), sum((t["opening"] for t in sums), Fraction(0)))
    elif rule == "period":
        churn = over(sum((t["lost"] for t in sums), Fraction(0)), sum((t["was"] for t in sums), Fraction(0)))
    else:
        rates = [rate for t in sums if (rate := over(t["lost"], t["was"])) is not None]
        churn = sum(rates, Fraction(0)) / len(rates) if rates else None
    if churn:
        return arpa / churn
    return Fraction(0) if choices["zero-churn"] == "0" and churn == 0 else None
