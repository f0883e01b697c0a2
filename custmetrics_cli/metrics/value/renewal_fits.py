"""Predicted lifetime value: the payments to expect of a new subscriber, or of a buyer in the next year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import Fitted, exact, rounded
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Curve, Point
from custmetrics_cli.core.words import plural
from custmetrics_cli.metrics.customers.silence import ends_by_silence
from custmetrics_cli.metrics.survival.fits import NO_ENDS, NOBODY, histogram
from custmetrics_cli.metrics.value.order_fits import FEWEST
from custmetrics_cli.metrics.value.order_models import model as model_of_orders
from custmetrics_cli.metrics.value.renewal_frames import with_usual_model
from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.models import renewals, survival
from custmetrics_cli.stats.models.delta import interval
from custmetrics_cli.stats.models.maximise import Fit

MONTHS = {"month": 1, "quarter": 3, "year": 12}
USUAL_DISCOUNT = Fraction(1, 10)  # per year
NOT_CONVERGED = "the model does not converge: these renewals do not fix its parameters"
NO_PAYERS = "no paying customers on the last day of the period"


class Renewals(NamedTuple):
    """Customers by the number of a renewal: those who renewed, left, and those who are still there."""

    passed: Mapping[int, int]
    left: Mapping[int, int]
    still: Mapping[int, int]  # renewals so far -> customers


def predict(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Fitted:
    """Return the mean of what a customer will pay."""
    if ends_by_silence(view):
        return _of_orders(view, scope, counts, period)
    stints, unit = histogram(counts.during(period)), str(scope.options.get("renewal", "month"))
    months = MONTHS[unit]
    found = by_renewal(stints, months)
    facts: dict[str, Any] = {"name": "sbg", "unit": unit, "customers": stints.customers}
    payers, mrr = (Fraction(counts.during(period).get(name, 0) + counts.before(period).get(name, 0)) for name in ("payers", "base"))
    if reason := _no_model(stints, payers):
        return Fitted(reason, facts=facts)
    fit = renewals.fit_renewals(found.passed, found.left)
    if not fit.converged:
        return Fitted(NOT_CONVERGED, facts=facts)
    discount = (1 + float(Fraction(scope.options.get("discount", USUAL_DISCOUNT)))) ** (months / 12) - 1
    arpa = float(mrr / payers / MONEY_PARTS)
    return _fitted(fit, found, facts, arpa * months, discount)


def _no_model(stints: survival.Histogram, payers: Fraction) -> str | None:
    """Return why no model can be fitted."""
    if not stints.customers:
        return NOBODY
    if stints.customers < FEWEST:
        return f"{plural(stints.customers, 'customer is', 'customers are')} too few for this model: it needs {FEWEST}"
    if not stints.ended:
        return NO_ENDS
    return None if payers else NO_PAYERS


def by_renewal(stints: survival.Histogram, months: int) -> Renewals:
    """Return stints by renewal. Those who leave do so at the first renewal on or after the end of their stint."""
    entries, left, still = (defaultdict[int, int](int) for _ in range(3))
    for age, number in stints.entries.items():
        entries[age // months] += number
    for age, by_reason in stints.ends.items():
        left[max(1, -(-age // months))] += sum(by_reason.values())
    for age, number in stints.censored.items():
        still[age // months] += number
    merged = survival.Histogram(entries, {number: {1: count} for number, count in left.items()}, still)
    last = max((*left, *still))
    at_risk = dict(zip(range(1, last + 1), survival.at_risk(merged, range(1, last + 1)), strict=True))
    passed = {number: count - left.get(number, 0) for number, count in at_risk.items()}
    return Renewals({number: count for number, count in passed.items() if count > 0}, dict(left), dict(still))


def _fitted(fit: Fit, found: Renewals, facts: dict[str, Any], payment: float, discount: float) -> Fitted:
    alpha, beta = fit.parameters
    value = payment * (1 + renewals.payments(fit, discount))
    ends = interval([fit], lambda at: payment * (1 + renewals.payments(at, discount)))
    customers = sum(found.still.values())
    residual = sum(number * renewals.payments(fit, discount, renewed) for renewed, number in found.still.items()) / max(1, customers)
    facts |= {
        "parameters": {"alpha": rounded(alpha), "beta": rounded(beta)},
        "log_likelihood": rounded(fit.log_likelihood),
        "discount": rounded(discount),
        "payments": rounded(1 + renewals.payments(fit, discount)),
        "residual_payments": rounded(residual),
        "residual_value": rounded(residual * payment),
    }
    lines = (
        f"model sbg: alpha = {alpha:.3f}, beta = {beta:.3f}; log-likelihood {fit.log_likelihood:,.1f}",
        f"a new customer makes {1 + renewals.payments(fit, discount):.1f} payments, a current one {residual:.1f} more, both discounted",
    )
    return Fitted(
        numbers={"predicted": exact(value)},
        units={"predicted": "money"},
        facts=facts,
        interval=Interval(rounded(ends.low), rounded(ends.high), ends.method) if isinstance(ends, Interval) else ends,
        exhibits=_curves(fit, found),
        lines=lines,
    )


def _curves(fit: Fit, found: Renewals) -> tuple[Curve, ...]:
    """Return the share of customers after each renewal: observed, and by the model."""
    observed, share = [Point(0, exact(1.0))], 1.0
    last = max((*found.passed, *found.left))
    for number in range(1, last + 1):
        renewed, gone = found.passed.get(number, 0), found.left.get(number, 0)
        share *= renewed / (renewed + gone) if renewed + gone else 1.0
        observed.append(Point(number, exact(share)))
    modelled = tuple(Point(number, exact(renewals.survival(fit, number))) for number in range(last + 1))
    shown = tuple(number for number in (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60) if number <= last)
    return Curve("observed", tuple(observed), "ratio", "renewal", shown), Curve("model", modelled, "ratio", "renewal", shown)


def _of_orders(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Fitted:
    """Return the mean payments of a buyer in the next 365 days."""
    found = model_of_orders(view, with_usual_model(scope), counts, period, "expected_value")
    if found.reason:
        return found
    customers = int(counts.during(period)["customers"])
    ends = found.interval.map(1 / customers) if isinstance(found.interval, Interval) else found.interval
    numbers = {"predicted": exact(float(Fraction(found.numbers["expected_value"]) / customers))}
    lines = (*found.lines, "of buyers, the payments of the next 365 days count, without a discount")
    return found._replace(numbers=numbers, units={"predicted": "money"}, interval=ends, lines=lines)
