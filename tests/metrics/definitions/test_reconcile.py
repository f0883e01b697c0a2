"""Reconcile finds each profile's own number, and says so when no rule gives a number."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from custmetrics_cli.cli.commands.reconcile import reported_value
from custmetrics_cli.compute.definitions.compare import compare
from custmetrics_cli.compute.definitions.reconcile import Reported, reconcile
from custmetrics_cli.profiles.axes import our_choices
from tests.metrics.definitions.random_tables import csv_of, rows
from tests.support.asking import written
from tests.support.definitions import TODAY, of_profiles, values_of
from tests.support.depth import examples
from tests.support.source_code import ROOT

SAMPLE = [str(ROOT / "sample_data" / "customers.csv")]


def starts() -> list[tuple[str, dict[str, str]]]:
    return [("ours", our_choices("churn")), *of_profiles("churn").items()]


def test_each_profiles_own_number_is_found(tmp_path: Path) -> None:
    for seed in (3, 5, 8, 9)[: examples(4)]:
        paths = written(tmp_path, {"subscriptions": csv_of(rows(seed))})
        with values_of("churn", paths, "2022-Q2", as_of=TODAY) as values:
            for name, choices in starts():
                value = values.of(choices).value
                if value is not None:
                    text = f"{float(100 * value):.2f}%"
                    found = reconcile(values, reported_value(text, "ratio"), starts(), 0)
                    assert any(name in match.starts or match.others for match in found.matches), (seed, name)


def test_a_number_that_no_rule_gives_has_no_match() -> None:
    with values_of("churn", SAMPLE, "2022-Q2") as values:
        found = reconcile(values, reported_value("5.30%", "ratio"), starts(), 0)
        assert (found.matches, found.distance) == ((), 0)
        assert found.nearest
        assert found.tried > 5


def test_one_choice_is_changed_if_no_rule_fits() -> None:
    """left over opening, with customers counted on the day of their cancellation."""
    with values_of("churn", SAMPLE, "2022-Q2") as values:
        wanted = values.of({**our_choices("churn"), "churn-date": "canceled", "numerator": "left"}).value
        assert wanted is not None
        found = reconcile(values, Reported("", wanted, wanted), starts()[:1], 1)
        assert found.matches == ()
        found = reconcile(values, Reported("", wanted, wanted), [("profitwell", of_profiles("churn")["profitwell"])], 1)
        assert [change.axis for change in found.matches[0].changes] == ["churn-date"]


def test_rates_of_the_sample_data_differ_and_profiles_that_agree_share_a_line() -> None:
    ours = our_choices("churn")
    for period in ("2022-Q2", "2022-05"):
        with values_of("churn", SAMPLE, period) as values:
            compared = compare(values, ours, [(name, choices, None) for name, choices in of_profiles("churn").items()])
        assert len({line.value.value for line in compared.lines}) >= 5
        assert all(len(line.steps) <= 4 for line in compared.lines)
        assert compared.lines[0].names[:2] == ("ours", "chartmogul")
        keys = [line.value.key for line in compared.lines]
        assert len(keys) == len(set(keys))
        for line in compared.lines:
            assert line.difference == sum((step.difference for step in line.steps), Fraction(0))


def test_reported_values_are_read_as_they_are_shown() -> None:
    assert reported_value("4.7%", "ratio")[1:] == (Fraction(465, 10000), Fraction(475, 10000))
    assert reported_value("4,7 %", "ratio")[1:] == (Fraction(465, 10000), Fraction(475, 10000))
    assert reported_value("0.05", "ratio")[1:] == (Fraction(45, 1000), Fraction(55, 1000))
    assert reported_value("-4.3%", "ratio")[1:] == (Fraction(-435, 10000), Fraction(-425, 10000))
    assert reported_value("1,234", "money")[1:] == (Fraction(2467, 2), Fraction(2469, 2))
