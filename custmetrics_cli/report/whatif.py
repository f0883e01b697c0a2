"""A model before and after a change, on totals that the files give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.compute.answer import answers
from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.core.answers.whatif import WhatIfOutcome, WhatIfResult
from custmetrics_cli.core.errors import CustmetricsError, Notice, Problem
from custmetrics_cli.core.whatif import Change, Lever, Outcome, WhatIf

if TYPE_CHECKING:
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.ingest.loaded import Loaded

State = dict[str, Fraction]


def supposed(whatif: WhatIf, questions: Sequence[Question], loaded: Loaded, said: Mapping[str, str]) -> WhatIfResult:
    """questions: of the metrics, in order. said: option -> change. Raises CustmetricsError E178, E198 for one that cannot be."""
    first, *others = answers(questions, loaded)
    if isinstance(first, CustmetricsError):
        raise first
    given = [answer for answer in (first, *others) if isinstance(answer, Answer)]
    before = _state(whatif, first, given[1:])
    after, warnings = _changed(whatif, before, said)
    outcomes = tuple(_outcome(each, before, after) for each in whatif.outcomes if not each.needs or each.needs in before)
    result = first.results[0]
    warned = dict.fromkeys([*(said for answer in given for said in answer.warnings), *warnings])
    answer = first._replace(warnings=list(warned))
    return WhatIfResult(answer, result.period, tuple(said.items()), outcomes, whatif.model, result.currency)


def _state(whatif: WhatIf, first: Answer, others: Sequence[Answer]) -> State:
    """The quantities of the model. Raises CustmetricsError E179 where one of them cannot be known."""
    result = first.results[0]
    if not result.totals:
        raise _unknown(result.reason or "")
    options = {name.replace("-", "_"): value for name, value in result.options.items() if not isinstance(value, str)}
    known = {**options, **result.totals, "months": result.period.months}
    values = {name: (formula(known), formula.empty) for name, formula in whatif.quantities.items()}
    lacking = [empty for value, empty in values.values() if value is None]
    if lacking:
        raise _unknown(lacking[0])
    state = {name: value for name, (value, _) in values.items() if value is not None}
    state |= {each.metric.symbol: each.value for answer in others for each in answer.results if each.value is not None}
    needed = {name for each in whatif.outcomes if not each.needs for name in each.formula.names}
    reasons = [each.reason for answer in others for each in answer.results if each.metric.symbol in needed - {*state}]
    if reasons:
        raise _unknown(reasons[0] or "")
    return state


def _unknown(reason: str) -> CustmetricsError:
    return CustmetricsError(
        Problem("E179", f"the model cannot be filled in: {reason}", hint="ask for a period of whole months with customers in it")
    )


def _changed(whatif: WhatIf, before: State, said: Mapping[str, str]) -> tuple[State, list[Notice]]:
    state, warnings = dict(before), list[Notice]()
    for lever in (lever for lever in whatif.levers if lever.option.name in said):
        text = said[lever.option.name]
        if lever.quantity not in state:
            message = f"--{lever.option.name} {text}: there is no {lever.quantity} to change in these files"
            raise CustmetricsError(Problem("E178", message, hint="add a file that has it"))
        value = _moved(lever, state[lever.quantity], Change.parse(text))
        if value < 0 or (value == 0 and not lever.share):
            raise CustmetricsError(
                Problem("E198", f"--{lever.option.name} {text} leaves nothing of {lever.quantity}", hint="change it by less")
            )
        if lever.share and value > 1:
            warnings.append(Notice("W228", f"{lever.quantity} would be {float(100 * value):.2f} %: it is taken as 100 %"))
            value = Fraction(1)
        state[lever.quantity] = value
        for name, formula in lever.follows.items():
            state[name] = formula(state) or Fraction(0)
    return state, warnings


def _moved(lever: Lever, value: Fraction, change: Change) -> Fraction:
    if not lever.share:
        return change.of(value)
    return value + (-change.by if lever.inverted else change.by) / 100


def _outcome(outcome: Outcome, before: State, after: State) -> WhatIfOutcome:
    formula = outcome.formula
    now, then = formula(before), formula(after)
    return WhatIfOutcome(
        outcome.name, outcome.title, outcome.unit, formula.text, now, then, formula.empty if now is None or then is None else None
    )
