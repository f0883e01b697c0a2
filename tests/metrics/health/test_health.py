"""Health: no signal looks into the future, the record of signals on a company with known leavers, and the tables that are there."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from tests.support.asking import ENGINES, ask, ask_list, question, written

START, LAST = dt.date(2021, 1, 1), dt.date(2022, 12, 31)
AS_OF = dt.date(2022, 6, 30)
HEADERS = {
    "customers": "customer_id,started_at,ended_at,canceled_at",
    "activity": "customer_id,timestamp",
    "surveys": "customer_id,responded_at,score,kind",
}


def company(seed: int, until: dt.date = LAST) -> dict[str, str]:
    """Return a company whose customers stop using the product 40 days before they leave, as known on a day."""
    rng, lines = random.Random(seed), {name: [header] for name, header in HEADERS.items()}
    for number in range(300):
        start = START + dt.timedelta(rng.randrange(400))
        end = start + dt.timedelta(int(rng.expovariate(1 / 500)) + 30)
        cancelled = end - dt.timedelta(rng.randrange(1, 20))
        use = [start]
        while use[-1] < end - dt.timedelta(40):
            use.append(use[-1] + dt.timedelta(rng.randrange(1, 8)))
        answered, score = start + dt.timedelta(rng.randrange(10, 200)), rng.randrange(11)
        if start <= until:
            days = [day if day <= until else "" for day in (end, cancelled)]
            lines["customers"].append(f"C{number},{start},{days[0]},{days[1]}")
            lines["activity"] += [f"C{number},{day}" for day in use if day <= until]
        if answered <= min(until, end):
            lines["surveys"].append(f"C{number},{answered},{score},nps")
    return {name: "\n".join(rows) for name, rows in lines.items()}


@pytest.mark.parametrize("engine", ENGINES)
def test_no_signal_looks_into_the_future(engine: str, tmp_path: Path) -> None:
    """The answer for a day is the same from files of that day and from later files."""
    (tmp_path / "then").mkdir()
    then, later = written(tmp_path / "then", company(1, AS_OF)), written(tmp_path, company(1))
    asked, asked_later = (question("health", str(AS_OF), as_of=day) for day in (AS_OF, LAST))
    one, other = ask(then, asked, engine).results[0], ask(later, asked_later, engine).results[0]
    assert one.value
    assert (one.value, one.totals, one.model) == (other.value, other.totals, other.model)
    for total in ("at_risk", "promoters"):
        assert ask_list(then, asked, total, engine).rows == ask_list(later, asked_later, total, engine).rows


def test_the_record_finds_the_signal_of_known_leavers(tmp_path: Path) -> None:
    result = ask(written(tmp_path, company(2)), question("health", str(LAST), as_of=LAST)).results[0]
    signals = {signal["name"]: signal for signal in result.model["signals"]}
    assert signals["silent"]["low"] > 2
    assert signals["detractor"]["low"] < 1.2
    assert result.model["past_leavers"] >= 50
    assert 0.5 < result.model["naive_auc"] < result.model["auc"]
    expected, left = (sum(row[name] for row in result.model["calibration"]) for name in ("expected", "left"))
    assert expected == pytest.approx(left, rel=0.35)


def test_few_leavers_give_signals_without_a_score(tmp_path: Path) -> None:
    tables = company(3)
    few = {**tables, "customers": "\n".join(tables["customers"].splitlines()[:31])}
    result = ask(written(tmp_path, few), question("health", str(LAST), as_of=LAST)).results[0]
    assert "expected_lost" not in result.totals
    assert any(line.startswith("no score: ") for line in result.lines)


@pytest.mark.parametrize("kept", [("customers",), ("customers", "surveys"), ("customers", "activity")])
def test_it_works_with_the_tables_that_are_there(kept: tuple[str, ...], tmp_path: Path) -> None:
    tables = {name: text for name, text in company(4).items() if name in kept}
    result = ask(written(tmp_path, tables), question("health", str(LAST), as_of=LAST)).results[0]
    assert result.model["missing_tables"].keys() == {"activity", "surveys", "subscriptions"} - {*kept}
    assert result.value is not None


def test_signals_can_be_chosen(tmp_path: Path) -> None:
    asked = question("health", str(LAST), as_of=LAST, options={"signals": "detractor"})
    result = ask(written(tmp_path, company(5)), asked).results[0]
    assert [signal["name"] for signal in result.model["signals"]] == ["detractor"]
    assert result.totals["silent"] == 0
