"""The signals of a customer on a day, from what was known before that day.

The day is the first one that is not known: a signal reads rows of earlier days only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, collect, flag, materialise, sum_by
from custmetrics_cli.metrics.customers.silence import ends_by_silence, order_days
from custmetrics_cli.metrics.surveys.scales import PASSIVE
from custmetrics_cli.metrics.surveys.totals import ORDER

col, lit, long = nw.col, nw.lit, nw.Int64
NONE = -1  # a score or a number of days that is not known
RECENT, BEFORE = 30, 90  # days of use that are compared
QUIET, RHYTHM = 14, 3  # silent: for more than 14 days, and 3 times the usual gap
HALF = 0.5
FEW_DAYS = 3  # days of use that make a rhythm
UNUSUAL = 8_118  # 3 x 1.645^2, in thousandths: 5 % of the Poisson test by its normal form


class Signal(NamedTuple):
    """A signal: its name, its meaning, and the table that it needs."""

    name: str
    meaning: str
    table: str


SIGNALS = (
    Signal("silent", "no use for over 14 days and 3 times the usual gap", "activity"),
    Signal("falling_use", "fewer days of use in the last 30 days than in the 90 before (Poisson test, 5 %)", "activity"),
    Signal("detractor", "the latest nps answer is 6 or less", "surveys"),
    Signal("past_due", "the payment is past due on the day of the export", "subscriptions"),
    Signal("cancelled", "cancelled, but still served", "customers or subscriptions"),
    Signal("contraction", "pays less than 90 days ago", "subscriptions"),
    Signal("risky_age", "in the next 90 days at an age at which many customers left before", "customers or subscriptions"),
)
NAMES = tuple(signal.name for signal in SIGNALS)


def use_days(view: TableView) -> Frame | None:
    """Return id and day of each day of use: of activity, else of orders where customers are known by orders alone."""
    if view.has_table("activity"):
        return view.once("use days", lambda: materialise(view.frame("activity").select("id", day=col("timestamp").cast(long)).unique()))
    return order_days(view).select("id", "day") if ends_by_silence(view) else None


def first_use(view: TableView) -> int | None:
    """Return the first day of the table of use."""
    return view.first_day("activity") if view.has_table("activity") else view.first_day("purchases") if ends_by_silence(view) else None


def with_use(customers: Frame, view: TableView, day: int) -> Frame:
    """Add silent_days, used_recent and used_before, and the flags silent, falling_use and naive (silent for 30 days)."""
    days, first = use_days(view), first_use(view)
    if days is None or first is None or first > day - RECENT:
        return _unknown(customers, "silent", "falling_use", "naive", "silent_days", "used_recent", "used_before")
    known = days.filter(col("day") < day).with_columns(
        recent=flag(col("day") >= day - RECENT), before=flag((col("day") < day - RECENT) & (col("day") >= day - RECENT - BEFORE))
    )
    marked = known.with_columns(one=lit(1).cast(long), first=col("day"), last=col("day"))
    per = marked.group_by("id").agg(col("recent").sum(), col("before").sum(), col("one").sum(), col("first").min(), col("last").max())
    joined = customers.join(per, on="id", how="left")
    filled = joined.with_columns(
        **{name: col(name).fill_null(0).cast(long) for name in ("recent", "before", "one")},
        first=col("first").fill_null(first).cast(long),
        last=nw.max_horizontal(col("last").fill_null(-FAR).cast(long), col("start").cast(long)),
    )
    silent = filled.with_columns(silent_days=lit(day) - col("last"))
    has_rhythm, usual = col("one") >= FEW_DAYS, RHYTHM * (col("last") - col("first"))
    rhythm = has_rhythm & (col("silent_days") * (col("one") - 1) > usual) & (col("silent_days") > QUIET)
    total, difference = col("recent") + col("before"), 4 * col("recent") + 2 - col("recent") - col("before")
    falls = flag((difference < 0) & (1000 * difference * difference > UNUSUAL * total))
    return silent.with_columns(
        silent=flag(rhythm | (~has_rhythm & (col("silent_days") > RECENT))),
        falling_use=falls if first <= day - RECENT - BEFORE else lit(NONE).cast(long),
        naive=flag(col("silent_days") > RECENT),
        used_recent=col("recent"),
        used_before=col("before"),
    ).drop("recent", "before", "one", "first", "last")


def with_answers(customers: Frame, view: TableView, day: int) -> Frame:
    """Add the latest nps score and its day, and the flag detractor."""
    if not view.has_table("surveys") or not view.has_column("surveys", "customer_id"):
        return _unknown(customers, "score", "answered", "detractor")
    answers = view.frame("surveys").filter(col("kind").is_in([0, SURVEYS.index("nps")]), view.has_id(), col("responded_at") < day)
    last = answers.with_columns(_last=col(ORDER).max().over("id")).filter(col(ORDER) == col("_last"))
    one = last.group_by("id").agg(score=col("score").min(), answered=col("responded_at").max())
    filled = customers.join(one, on="id", how="left").with_columns(
        score=col("score").fill_null(NONE).cast(long), answered=col("answered").fill_null(NONE).cast(long)
    )
    return filled.with_columns(detractor=flag((col("score") >= 0) & (col("score") < PASSIVE)))


def with_money(customers: Frame, view: TableView, day: int) -> Frame:
    """Add MRR now and 90 days before, in the currency of the answer, and the flag contraction."""
    if view.tables[0] != "subscriptions":
        return _unknown(customers, "contraction", "mrr", "mrr_before")
    now, before = _mrr(view, day), _mrr(view, day - BEFORE).rename({"mrr": "mrr_before"})
    joined = customers.join(now, on="id", how="left").join(before, on="id", how="left")
    filled = joined.with_columns(**{name: col(name).fill_null(0).cast(long) for name in ("mrr", "mrr_before")})
    return filled.with_columns(contraction=flag((col("mrr") > 0) & (col("mrr") < col("mrr_before"))))


def _mrr(view: TableView, day: int) -> Frame:
    """Return the MRR of each customer who pays on a day, made once: a day is also 90 days before another one."""
    return view.once(("mrr of customers", day), lambda: materialise(_sum_mrr(view, day)))


def _sum_mrr(view: TableView, day: int) -> Frame:
    running = view.frame().filter(col("started_at") < day, col("ended_at") >= day)
    amount = col("monthly")
    if view.money.converts:
        coded = running.with_columns(_code=view.currency().cast(long))
        codes = sorted(int(row["_code"]) for row in collect(coded.select("_code").unique()))
        rates = {code: float(view.money.rate(code, day - 1)) for code in codes}
        running = coded.with_columns(_rate=_by_code(rates))
        amount = (amount.cast(nw.Float64) * col("_rate") + HALF).floor().cast(long)
    return sum_by(running.select("id", mrr=amount), ["id"], ["mrr"])


def _by_code(rates: Mapping[int, float]) -> nw.Expr:
    """Return the rate of a currency code."""
    found = lit(1.0)
    for code, rate in rates.items():
        found = nw.when(col("_code") == code).then(lit(rate)).otherwise(found)
    return found


def with_status(customers: Frame, view: TableView, day: int, is_now: bool) -> Frame:
    """Add the flags cancelled and past_due. A status is known on the day of the export only."""
    rows = view.frame()
    if ends_by_silence(view):
        return _unknown(customers, "cancelled", "past_due", "canceled")
    running = rows.filter(col("started_at") < day, col("ended_at") >= day)
    frame = _unknown(customers, "cancelled", "canceled")
    if view.is_read("canceled_at"):
        said = running.filter(col("canceled_at") < day).group_by("id").agg(canceled=col("canceled_at").max())
        frame = customers.join(said, on="id", how="left").with_columns(canceled=col("canceled").fill_null(NONE).cast(long))
        frame = frame.with_columns(cancelled=flag(col("canceled") != NONE))
    if not is_now or not view.is_read("past_due"):
        return _unknown(frame, "past_due")
    late = running.group_by("id").agg(past_due=col("past_due").max())
    return frame.join(late, on="id", how="left").with_columns(past_due=col("past_due").fill_null(0).cast(long))


def _unknown(frame: Frame, *names: str) -> Frame:
    return frame.with_columns(**{name: lit(NONE).cast(long) for name in names})


def missing_tables(view: TableView) -> Mapping[str, tuple[str, ...]]:
    """Return the signals that further tables would add, by table."""
    found: dict[str, tuple[str, ...]] = {}
    if use_days(view) is None:
        found["activity"] = ("silent", "falling_use")
    if not view.has_table("surveys") or not view.has_column("surveys", "customer_id"):
        found["surveys"] = ("detractor",)
    if view.tables[0] != "subscriptions":
        found["subscriptions"] = ("contraction", "past_due")
    return found
