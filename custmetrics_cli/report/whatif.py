"""A what-if model before and after a change, over the totals of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.compute.answer import answers
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.result import Answer, Notice, Result
from custmetrics_cli.core.whatif import Change, Lever, Outcome, WhatIf, WhatIfOutcome, WhatIfResult

if TYPE_CHECKING:
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.ingest.loaded import Loaded

State = dict[str, Fraction]  # quantity -> value


def run_model(whatif: WhatIf, questions: Sequence[Question], loaded: Loaded, changes: Mapping[str, str]) -> WhatIfResult:
    """Return the outcomes before and after the changes.

    questions: one per metric of the model, in order. changes: option -> change, as typed.
    Raises CustmetricsError E178, E179, E198.
    """
    first, *others = answers(questions, loaded)
    if isinstance(first, CustmetricsError):
        raise first
    needed = {name for outcome in whatif.outcomes if not outcome.needs for name in outcome.formula.names}
    for metric, found in zip(whatif.metrics[1:], others, strict=True):
        if isinstance(found, CustmetricsError) and metric.symbol in needed:
            raise found
    given = [answer for answer in others if isinstance(answer, Answer)]
    before = _state(whatif, first.results[0], [result for answer in given for result in answer.results])
    after, warnings = _changed(whatif, before, changes)
    label = first.results[0].label
    outcomes = tuple(_outcome(each, before, after, label) for each in whatif.outcomes if not each.needs or each.needs in before)
    all_warnings = dict.fromkeys([*(warning for answer in (first, *given) for warning in answer.warnings), *warnings])
    result = first.results[0]
    answer = first._replace(warnings=list(all_warnings))
    return WhatIfResult(answer, result.period, tuple(changes.items()), outcomes, whatif.model, result.currency)


def _state(whatif: WhatIf, first: Result, others: Sequence[Result]) -> State:
    """Return the quantities of the model. Raises CustmetricsError E179 if one of them has no value."""
    if not first.totals:
        raise _not_computable(first.reason or "")
    options = {name.replace("-", "_"): value for name, value in first.options.items() if not isinstance(value, str)}
    known = {**options, **first.totals, "months": first.period.months}
    state: State = {}
    for name, formula in whatif.quantities.items():
        value = formula(known)
        if value is None:
            raise _not_computable(formula.empty)
        state[name] = value
    state |= {result.metric.symbol: result.value for result in others if result.value is not None}
    needed = {name for outcome in whatif.outcomes if not outcome.needs for name in outcome.formula.names}
    for result in others:
        if result.metric.symbol in needed - {*state}:
            raise _not_computable(result.reason or "")
    return state


def _not_computable(reason: str) -> CustmetricsError:
    return CustmetricsError(
        Problem("E179", f"the model cannot be computed: {reason}", hint="choose a period of whole months with customers")
    )


def _changed(whatif: WhatIf, before: State, changes: Mapping[str, str]) -> tuple[State, list[Notice]]:
    """Return the quantities after the changes, and the warnings. Raises CustmetricsError E178, E198."""
    state, warnings = dict(before), list[Notice]()
    for lever in whatif.levers:
        if lever.option.name not in changes:
            continue
        value = _moved(lever, state, changes[lever.option.name])
        if lever.share and value > 1:
            warnings.append(Notice("W228", f"{lever.quantity} would be {float(100 * value):.2f} %; 100 % is used"))
            value = Fraction(1)
        state[lever.quantity] = value
        known = {**state, **{f"{name}_before": number for name, number in before.items()}}
        for name, formulas in lever.follows.items():
            number = next(filter(lambda found: found is not None, (formula(known) for formula in formulas)), None) or Fraction(0)
            state[name] = min(number, Fraction(1)) if lever.share else number
    return state, warnings


def _moved(lever: Lever, state: State, text: str) -> Fraction:
    """Return the changed value of a lever's quantity. Raises CustmetricsError E178 without a value, E198 for a useless one."""
    option, quantity = f"--{lever.option.name} {text}", lever.quantity
    if quantity not in state:
        raise CustmetricsError(Problem("E178", f"{option}: these files have no {quantity} to change", hint="add a file that has it"))
    change = Change.parse(text)
    points = (-change.by if lever.inverted else change.by) / 100
    value = state[quantity] + points if lever.share else change.apply(state[quantity])
    if value < 0 or (value == 0 and not lever.share):
        sign = "negative" if lever.share else "zero or negative"
        raise CustmetricsError(Problem("E198", f"{option} makes {quantity} {sign}", hint="change it by less"))
    return value


def _outcome(outcome: Outcome, before: State, after: State, label: str) -> WhatIfOutcome:
    """Return an outcome before and after. label: follows the title of what depends on the margin, if none was given."""
    formula = outcome.formula
    values = formula(before), formula(after)
    reason = formula.empty if None in values else None
    title = f"{outcome.title}, {label}" if label and "margin" in formula.names else outcome.title
    return WhatIfOutcome(outcome.name, title, outcome.unit, formula.text, *values, reason)
