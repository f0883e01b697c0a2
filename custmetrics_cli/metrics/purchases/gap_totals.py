"""Totals of the days between orders."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Total

SPANS = (30, 60, 90)  # days within which customers order again
GAPS = Dataset("order gaps", needs=(("purchases",),), make="purchases.gap_frames:gaps", reads=("date", "amount"))
REORDERS = GAPS._replace(name="reorders", make="purchases.gap_frames:reorders", detail_columns={"first_order": "day"})


def _gaps(name: str, description: str) -> Total:
    return Total(name, description, GAPS, flow=name, additive=False)


def _reorders(name: str, description: str, days: int) -> Total:
    return Total(f"{name}_{days}", description.format(days=days), REORDERS, flow=f"{name}_{days}")


gaps = _gaps("gaps", "times that a customer ordered again in the period, on another day")
lower_gap = _gaps("lower_gap", "days between orders: a quarter of the gaps are shorter")
median_gap = _gaps("median_gap", "days between orders: half of the gaps are shorter")
upper_gap = _gaps("upper_gap", "days between orders: three quarters of the gaps are shorter")
AGAIN = {days: _reorders("again", "of these, customers who ordered again within {days} days", days) for days in SPANS}
FOLLOWED = {days: _reorders("followed", "customers who ordered, and whose next {days} days the data covers", days) for days in SPANS}
CURVE = FromCounts(REORDERS, read="purchases.gap_frames:again")
