"""Rules of purchases that skip rows: unpaid, failed, cancelled and refunded orders, tests, payouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.orders.flag import NO, YES
from custmetrics_cli.columns.orders.payment import PAYMENTS
from custmetrics_cli.columns.orders.row_type import NOT_PAID, OTHER, REFUND, TEST
from custmetrics_cli.tables.shared.payment_columns import PAYMENT_ROLE
from custmetrics_cli.tables.shared.rules import ROLE, Policy, SkipRule

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

KEPT = ("unpaid", "keep")  # the policy and its value by which unpaid orders count
UNPAID_ORDERS = Policy(
    KEPT[0],
    "drop",
    {"drop": "", "keep": ""},
    "Orders that are not paid yet: drop = skipped, keep = counted (cash on delivery)",
    ("status", "order_status", "paid"),
)
IN_PROCESS, UNPAID, FAILED, CANCELLED, REFUNDED, DRAFT, IS_TEST = (
    PAYMENTS.index(state) for state in ("in_process", "unpaid", "failed", "cancelled", "refunded", "draft", "test")
)


def _has_state(row: Arrays, state: int) -> Array:
    """Return True for rows whose payment or order has a state."""
    has_state: Array = (row["status"] == state) | (row["order_status"] == state)
    return has_state


def _drops_unpaid(row: Arrays) -> bool:
    return row.chosen[KEPT[0]] == "drop"


def _is_payment(row: Arrays) -> bool:
    """Return True if the header of the status is about the payment, so that an order in process is certainly not paid."""
    return row.chosen.get(f"{ROLE}status") == PAYMENT_ROLE


def is_test(row: Arrays) -> Array:
    is_flagged: Array = (row["is_test"] == YES) | (row["livemode"] == NO) | (row["row_type"] == TEST) | _has_state(row, IS_TEST)
    return is_flagged


def is_refunded(row: Arrays) -> Array:
    """Return True for sales that were refunded in full. A row that is itself the refund stays, as a negative amount."""
    is_sale = (row["row_type"] != REFUND) & (row["amount"] >= 0)
    refunded: Array = (_has_state(row, REFUNDED) | (row["is_refunded"] == YES)) & is_sale
    return refunded


def is_unpaid(row: Arrays) -> Array:
    """Return True for orders that are not paid. A status of the order alone does not show it beside one of the payment."""
    unpaid: Array = (row["status"] == UNPAID) | (row["paid"] == NO) | ((row["status"] == IN_PROCESS) & _is_payment(row))
    return unpaid & _drops_unpaid(row)


def is_in_process(row: Arrays) -> Array:
    in_process: Array = (row["status"] == IN_PROCESS) & (row["paid"] != YES)
    return in_process & _drops_unpaid(row)


IN_PROCESS_DOUBT = "{n} skipped, because the order is in process; if such orders are paid, pass --unpaid keep"
NOBODY = "customer_id means nobody"  # Column.as_nobody
NOBODY_DOUBT = "{n} skipped, because the customer_id names nobody, such as 0 or guest"
NO_CUSTOMER = SkipRule("no customer", lambda row: row[NOBODY] == 1, (NOBODY,), doubt=("W267", NOBODY_DOUBT))
NAMES_TOTAL = 2  # the value of as_nobody for a word for a total
TOTAL_DOUBT = "{n} skipped, because the customer_id is a word for a total"
TOTAL_ROW = SkipRule("total of other rows", lambda row: row[NOBODY] == NAMES_TOTAL, (NOBODY,), doubt=("W276", TOTAL_DOUBT))
STATES = ("status", "order_status")
SKIP_RULES = (
    SkipRule("test", is_test, (*STATES, "is_test", "livemode", "row_type")),
    SkipRule("payout, fee or transfer", lambda row: row["row_type"] == OTHER, ("row_type",)),
    SkipRule("draft", lambda row: _has_state(row, DRAFT), STATES),
    SkipRule("failed", lambda row: _has_state(row, FAILED) | (row["row_type"] == NOT_PAID), (*STATES, "row_type")),
    SkipRule("cancelled", lambda row: _has_state(row, CANCELLED) | (row["is_cancelled"] == YES), (*STATES, "is_cancelled")),
    SkipRule("refunded", is_refunded, (*STATES, "is_refunded", "row_type", "amount")),
    SkipRule("unpaid", is_unpaid, ("status", "paid"), kept_by=KEPT),
    SkipRule("in process", is_in_process, ("status", "paid"), kept_by=KEPT, doubt=("W262", IN_PROCESS_DOUBT)),
    SkipRule("no date of payment", lambda row: row["date"] == FAR, ("date",), kept_by=KEPT),
)
