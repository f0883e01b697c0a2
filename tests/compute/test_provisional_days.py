"""Days that --gap leaves provisional: where rows end, not where customers end by silence; and the day of customers at risk."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.result import Answer
from tests.support.asking import ENGINES, ask, ask_list, known_question, question, written

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 9, 30)
ORDERS = """
customer_id,date,amount
a,2025-01-05,10
a,2025-05-29,10
b,2025-06-20,10
b,2025-09-25,10
c,2025-09-01,10
d,2025-03-01,10
d,2025-10-15,10
"""
ENDING = """
customer_id,started_at,ended_at
a,2025-01-01,
b,2025-01-01,2025-09-20
c,2025-09-28,
"""
COSTS = "date,amount\n2025-06-01,100\n2025-09-30,100\n"
SURVEYS = "customer_id,responded_at,score\na,2025-07-01,9\nb,2025-09-30,3\nc,2025-09-30,10\n"
EDGES = ("opening", "closing", "lost", "kept", "new", "reactivated")
order_days = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 330)), min_size=1, max_size=14)


def codes(answer: Answer) -> list[str]:
    return [notice.code for notice in answer.warnings]


def orders_text(orders: list[tuple[str, int]]) -> str:
    return "\n".join(["customer_id,date,amount", *(f"{name},{FIRST + dt.timedelta(number)},10" for name, number in orders)]) + "\n"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("metric", ["customers", "churn", "retention", "health", "buyers"])
def test_silence_leaves_no_day_provisional(metric: str, engine: str, tmp_path: Path) -> None:
    answer = ask(written(tmp_path, {"purchases": ORDERS}), question(metric, "2025-Q3", gap=90), engine)
    assert "W101" not in codes(answer)
    assert [result.complete for result in answer.results] == [True]


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(order_days, st.sampled_from([1, 20, 90]), st.sampled_from(ENGINES))
def test_later_orders_do_not_change_a_period_by_silence(orders: list[tuple[str, int]], gap: int, engine: str) -> None:
    earlier = [(name, number) for name, number in orders if FIRST + dt.timedelta(number) <= LAST] or [("a", 0)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "then").mkdir()
        then = written(Path(folder) / "then", {"purchases": orders_text(earlier)})
        later = written(Path(folder), {"purchases": orders_text([*earlier, *orders])})
        (one,) = ask(then, question("customers", "2025-Q3", gap=gap, as_of=LAST), engine).results
        (other,) = ask(later, known_question("customers", "2025-Q3", gap=gap), engine).results
    assert {name: one.totals[name] for name in EDGES} == {name: other.totals[name] for name in EDGES}


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(order_days, st.sampled_from([30, 90]), st.sampled_from(ENGINES))
def test_customers_at_risk_are_those_at_the_end_of_the_period(orders: list[tuple[str, int]], gap: int, engine: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), {"purchases": orders_text([*orders, ("z", 300)])})
        at_risk, closing = (
            ask_list(paths, question(metric, "2025-Q3", gap=gap), total, engine)
            for metric, total in (("health", "customers"), ("customers", "closing"))
        )
    assert sorted(row[0] for row in at_risk.rows) == sorted(row[0] for row in closing.rows)


def test_health_says_the_day_where_the_data_ends_before(tmp_path: Path) -> None:
    asked = question("health", "2025-Q4", gap=90)
    (result,) = ask(written(tmp_path, {"purchases": ORDERS}), asked).results
    assert "the data ends before the period: these are the customers on 2025-10-15" in result.lines


@pytest.mark.parametrize("engine", ENGINES)
def test_silence_after_the_last_known_day_is_not_a_loss(engine: str, tmp_path: Path) -> None:
    paths = written(tmp_path, {"purchases": ORDERS})
    (result,) = ask(paths, question("churn", "2025-Q4", gap=30), engine).results
    assert (result.complete, result.totals["opening"], result.totals["lost"]) == (False, 2, 1)  # b runs out on 25 October, c before


def test_ends_of_rows_stay_provisional_until_the_gap_has_passed(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": ENDING})
    answer = ask(paths, question("churn", "2025-09", gap=30))
    (message,) = [notice.message for notice in answer.warnings if notice.code == "W101"]
    assert "the last 30 days are provisional (--gap 30); if the export reaches to 2025-10-30, pass --as-of 2025-10-30" in message
    told = ask(paths, question("churn", "2025-09", gap=30, as_of=dt.date(2025, 10, 30)))
    assert "W101" not in codes(told)
    asked = question("churn", "2025-09", gap=30)._replace(today=dt.date(2025, 10, 5))
    assert all("--as-of" not in notice.message for notice in ask(paths, asked).warnings)


@pytest.mark.parametrize(("metric", "more"), [("cac", {"costs": COSTS}), ("health", {"surveys": SURVEYS})])
def test_other_tables_need_no_days_for_silence(metric: str, more: dict[str, str], tmp_path: Path) -> None:
    answer = ask(
        written(tmp_path, {"purchases": ORDERS, **more}),
        question(metric, "2025-Q3", gap=90),
    )
    assert not {"W101", "W220"}.intersection(codes(answer))
