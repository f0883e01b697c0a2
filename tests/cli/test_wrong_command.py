"""Commands as people who know other tools write them: each hint names the command that was meant."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["Клиенты.csv"], "E111", 'custmetrics churn --period 2022-Q2 "Клиенты.csv"'),
        (["exports/"], "E111", "custmetrics inspect"),
        (["--period", "2022-Q2", "churn", "customers.csv"], "E110", "options come after the metric: custmetrics churn --period"),
        (["churn", "--start", "2022-01-01", "customers.csv"], "E110", "--period 2022-04-01..2022-06-30"),
        (["churn", "--from-date=2022-01-01", "customers.csv"], "E110", "--period 2022-04-01..2022-06-30"),
        (["churn", "--group-by", "plan", "customers.csv"], "E110", "--by plan"),
        (["churn", "-p", "2022", "Q2", "customers.csv"], "E201", "--period '2022 Q2'"),
        (["churn", "-p", "2022-Q2", "--list", "customers.csv"], "E180", "write --list TOTAL"),
        (["explain", "lost"], "E151", "it is a total of"),
        (["churn", "-p", "2022-Q2", "--preset", "stripe", "customers.csv"], "E172", "stripe_customers"),
    ],
)
def test_the_hint_names_what_was_meant(here, words: list[str], code: str, hint: str) -> None:
    said = here(*words)
    assert said.status in (2, 3)
    assert code in said.err
    assert hint in said.err


def test_help_and_version_are_words_too(here) -> None:
    assert here("version").out == here("--version").out
    assert here("help").out == here("--help").out
    assert here("help", "churn").out == here("churn", "--help").out
