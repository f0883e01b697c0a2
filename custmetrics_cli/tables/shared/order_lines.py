"""The policy for totals of orders that every line of the order repeats."""

from __future__ import annotations

from custmetrics_cli.core.errors import Choice, Place, Problem
from custmetrics_cli.tables.shared.rules import Policy, SkipRule

DETECT, ONCE, EACH = "detect", "once", "each"
ORDER_TOTALS = Policy(
    "order-totals",
    DETECT,
    {DETECT: "", ONCE: "order_id", EACH: ""},
    "Amounts of rows with one order number: once = the total of the order, each = add them up",
    ("order_id",),
    shows_default=False,
)
FURTHER_LINE = SkipRule("further line of an order", lambda row: row["order_id repeats"] == 1, ("order_id repeats",))


def totals_question(found: str, place: Place) -> Problem:
    """Return E520: the amounts may be totals of orders or of lines. found: the evidence, in words."""
    choices = (Choice(ORDER_TOTALS.name, ONCE, "the total of the order"), Choice(ORDER_TOTALS.name, EACH, "the amount of the line"))
    message = f"{found}: is it the total of the order or the amount of a line?"
    hint = f"for the total of the order pass {choices[0]}, for amounts of lines pass {choices[1]}"
    return Problem("E520", message, place, hint, choices=choices)
