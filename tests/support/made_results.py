"""Answers written by hand, over metrics that exist only here."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.comparison import Comparison
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.core.exhibits import Curve, Point, Table, TableRow
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.inspection import Inspected, InspectedColumn, Inspection
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.result import Answer, InputReport, Listing, Notice, Result
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.documents.inspection import Can, InspectionDocument
from custmetrics_cli.render.documents.listing import ListingDocument
from custmetrics_cli.render.format import Format
from custmetrics_cli.render.output import Output
from custmetrics_cli.stats.intervals import Interval

TEXTS = tuple(name for name, form in FORMATS.items() if not form.binary and not form.one_chart and name != "eml")  # a mail is encoded
ROWS = Dataset("people", (("customers",), ("subscriptions",)), lambda source, ask: source)
NOBODY = "no customers at the start"


def answer(form: Format, answer: Answer, output: Output) -> str:
    return form.write(AnswerDocument(answer), output)


def listing(form: Format, listing: Listing, output: Output) -> str:
    return form.write(ListingDocument(listing), output)


def inspection(form: Format, inspected: Inspected, can: Can, output: Output) -> str:
    return form.write(InspectionDocument(inspected, can, {}), output)


def total(name: str, means: str) -> Total:
    return Total(name, means, ROWS, flow=name, needs=("ended_at",))


def opening(name: str, means: str) -> Total:
    return Total(name, means, ROWS, stock=name, needs=("ended_at",))


OPENING, NEW, LOST = (
    opening("opening", "customers at the start"),
    total("new", "new customers"),
    total("lost", "of the opening, gone at the end"),
)
CLOSING, STARTS = total("closing", "customers at the end"), total("starts", "first stints that began")
LEDGER = Identity(Formula("opening + new - lost"), Formula("closing"), (OPENING, NEW, LOST, CLOSING))


def metric(name: str, unit: str, standard: Definition, **more: Any) -> Metric:
    facts = {"asks": "How many?", "better": "lower", "family": "Customers", "example": "--period 2022-Q2 customers.csv", **more}
    return Metric(name=name, title=more.pop("title", name.capitalize()), unit=unit, definitions={"standard": standard}, **{**facts, **more})


CHURN = metric(
    "churn",
    "ratio",
    Definition(
        Formula("lost / opening", NOBODY),
        (LOST, OPENING),
        "new customers are not counted",
        IntervalMethod(lambda state: None),
        how="{lost} of {opening:customer} lost",
    ),
    aliases=("loss",),
)
COUNT = metric("customers", "count", Definition(Formula("closing"), (OPENING, NEW, LOST, CLOSING, STARTS)), identities=(LEDGER,), order=-1)
YEARLY = metric("yearly", "ratio", Definition(Formula("1 - (1 - churn) ** (12 / months)", NOBODY), (LOST, OPENING), uses=(CHURN,)))
STAY = metric("stay", "months", Definition(Formula("opening / lost", "nobody was lost"), (OPENING, LOST)))
PRICE = metric("price", "money", Definition(Formula("spend / new"), (total("spend", "spent"), NEW)))

BASE_MRR, KEPT_MRR = opening("base_mrr", "MRR at the start"), total("kept_mrr", "MRR of the same customers at the end")
NRR = metric("nrr", "ratio", Definition(Formula("kept_mrr / base_mrr", NOBODY), (BASE_MRR, KEPT_MRR)))
NET_PRICE = metric("net-price", "money", Definition(Formula("kept_mrr"), (KEPT_MRR,)))
ARR = metric("arr", "money", Definition(Formula("12 * net_price"), (KEPT_MRR,), uses=(NET_PRICE,)))


def period(name: str, start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end), name)


Q1, Q2 = period("2022-Q1", "2022-01-01", "2022-04-01"), period("2022-Q2", "2022-04-01", "2022-07-01")
WILSON = Interval(0.0483, 0.0758, "wilson")
INPUT = InputReport("customers.csv", "customers", "ab" * 32, 1203, 1200, {"blank score": 3})
AGAINST = Comparison(Q1, Fraction(1, 20), Fraction(71, 1171) - Fraction(1, 20), Interval(-0.01, 0.03, "newcombe"), False)
PART = Comparison(
    period("", "2022-03-01", "2022-03-15"), Fraction(89, 10**4), Fraction(1, 1000),
    value_of_span=Fraction(99, 10**4), span=period("", "2022-04-01", "2022-04-15"), complete=False,
)  # fmt: skip


def churn(lost: int, opening: int, when: Period = Q2, **more: Any) -> Result:
    value = Fraction(lost, opening) if opening else None
    facts = {"definition": "standard", "complete": True, "group": {}, "formula": "lost / opening", "unit": "ratio", **more}
    return Result(CHURN, period=when, value=value, reason=None if opening else NOBODY, totals={"lost": lost, "opening": opening}, **facts)


def count(closing: int = 1203, group: dict[str, str | None] | None = None, when: Period = Q2) -> Result:
    totals = {"opening": 1171, "new": 103, "lost": 71, "closing": closing, "starts": 110}
    return Result(COUNT, "standard", when, False, group or {}, Fraction(closing), None, "closing", totals)


def yearly() -> Result:
    totals = {"lost": 71, "opening": 1171, "months": Fraction(3)}
    return Result(YEARLY, "standard", Q2, True, {}, Fraction(22, 100), None, "1 - (1 - churn) ** (12 / months)", totals, unit="ratio")


def price() -> Result:
    totals = {"spend": Fraction(100, 3), "new": 9}
    return Result(
        PRICE,
        "standard",
        Q2,
        True,
        {},
        Fraction(100, 27),
        None,
        "spend / new",
        totals,
        currency="EUR",
        unit="money",
        units={"spend": "money"},
    )


def kept(value: Fraction | None = Fraction(21, 22), **more: Any) -> Result:
    """Return a share of money: no value names the currency."""
    totals = {"base_mrr": Fraction(3300, 7), "kept_mrr": Fraction(450)}
    units = dict.fromkeys(totals, "money")
    return Result(NRR, "standard", Q2, True, {}, value, None if value else NOBODY, "kept_mrr / base_mrr", totals,
                  unit="ratio", units=units, **more)  # fmt: skip


def yearly_price() -> Result:
    return Result(ARR, "standard", Q2, True, {}, Fraction(5400), None, "12 * net_price", {"kept_mrr": Fraction(450)},
                  currency="EUR", unit="money", units={"kept_mrr": "money"})  # fmt: skip


def series(groups: tuple[str | None, ...] = ("basic", "pro", None)) -> Answer:
    results = [churn(at + 2 * n, 100, when, group={"plan": plan}) for at, when in enumerate((Q1, Q2)) for n, plan in enumerate(groups)]
    return Answer(results, [INPUT], by=("plan",))


WARNED = Notice("W301", "2 rows repeat another", "repeated")
SINGLE = Answer([churn(71, 1171, interval=WILSON, comparison=AGAINST)], [INPUT], [WARNED])
EMPTY = Answer([churn(0, 0)])
POLICIES = {"past-due": "keep", "discounts": "subtract"}
COHORTS = Table(
    "cohort", ("0", "1", "2"),
    (
        TableRow("2022-01", 10, (Fraction(1), Fraction(9, 10), Fraction(3, 5))),
        TableRow("2022-02", 1200, (Fraction(1), Fraction(0), None)),
        TableRow("2022-03", 3, (Fraction(1), None, None)),
    ),
    "ratio", averages=(Fraction(1), Fraction(9, 1210), Fraction(3, 5)), averaged_by="mean by cohort size",
)  # fmt: skip
AMOUNTS = Table(
    "cohort", ("0", "1"),
    (TableRow("2022-01", Fraction(3), (Fraction(1000, 3), Fraction(10, 3))), TableRow("2022-02", Fraction(7, 2), (Fraction(5000), None))),
    "money", "money",
)  # fmt: skip
SURVIVAL = Curve(
    "survival",
    (
        Point(0, Fraction(1)),
        Point(1, Fraction(9, 10), Interval(0.85, 0.95, "greenwood")),
        Point(2, Fraction(3, 4), Interval(0.7, 0.8, "greenwood")),
    ),
    "ratio", "month",
)  # fmt: skip
ARPA = Curve("arpa", (Point(Q1, Fraction(100, 3)), Point(Q2, None)), "money")
SOLD = Listing(
    "kept_mrr", "MRR of the same customers at the end", ("customer_id", "before", "kept_mrr", "n"),
    [("C1", None, Fraction(100, 3), 1200), ("C2", Fraction(1234567), 0, 1)],
    Q2, units={"before": "money", "kept_mrr": "money"}, currency="EUR", policies=POLICIES,
)  # fmt: skip
LISTED = Listing(
    "lost", "of the opening, gone at the end", ("customer_id", "n"), [("C1", 1), ("=1+1", 22), (None, 3)], Q2, [INPUT], [WARNED]
)
BAD = Problem("E401", "started_at: '31/31/2022' is not a day", Place("a.csv", 3, 2), "write it as 2022-01-31", "C1,31/31/2022")
START = InspectedColumn("Signed up", "started_at", "day, as 2022-01-31", dt.date(2020, 1, 1), dt.date(2022, 12, 31))
FILE = Inspection(
    "a.csv", "customers", "cp1251", "\t", '"', 6, (START, InspectedColumn("plan")), ("canceled_at", "status"), frozenset({"started_at"}),
    ("5 lines above the header",), 1203, 1200, {"trial": 2, "bad row": 1}, (BAD,), 33,
)  # fmt: skip
NO_TABLE = Inspection("b.csv", problems=(Problem("E301", "no table has these columns", Place("b.csv", 1)),), total=1)
INSPECTED = Inspected((FILE, NO_TABLE), (WARNED,), "dmy", ",")
ANSWERS = {
    "single": SINGLE,
    "part": Answer([churn(71, 1171, complete=False, comparison=PART)]),
    "empty": EMPTY,
    "none": Answer([], [INPUT]),
    "series": series(),
    "ledger": Answer([count()]),
    "groups": Answer([count(group={"plan": "basic"}), count(group={"plan": None})], by=("plan",)),
    "used": Answer([yearly()]),
    "money": Answer([price()]),
    "money of a share": Answer([kept(currency="EUR")], [INPUT], policies=POLICIES),
    "money without a currency": Answer([kept()]),
    "uses money": Answer([yearly_price()]),
    "grid": Answer([churn(1, 8, exhibits=(COHORTS,))], [INPUT], policies=POLICIES),
    "grid of money": Answer([kept(exhibits=(AMOUNTS,), currency="EUR")]),
    "grids": Answer(
        [churn(1, 8, when, group={"plan": plan}, exhibits=(COHORTS,)) for when in (Q1, Q2) for plan in ("pro", None)], by=("plan",)
    ),
    "empty grid": Answer([churn(0, 0, exhibits=(COHORTS._replace(rows=(), averages=()),))]),
    "curve": Answer([churn(1, 8, exhibits=(SURVIVAL,))], [INPUT]),
    "table and curve": Answer([kept(exhibits=(AMOUNTS, AMOUNTS, ARPA), currency="EUR")]),
    "two metrics": Answer([churn(1, 20), count()]),
}
