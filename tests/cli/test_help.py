"""The help shows what a user needs: formula, tables, defaults, an example that runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from custmetrics_cli.cli.options.fields import options
from custmetrics_cli.cli.options.option_sets import CommonOptions, FormatOptions, InputOptions, InspectOptions, MetricOptions, OutputOptions
from custmetrics_cli.metrics import METRICS

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_shows_its_formula_tables_and_example(here, name: str) -> None:
    metric, text = METRICS[name], squeezed(here(name, "--help").out)
    for definition in metric.definitions.values():
        assert definition.formula.text in text
    for tables in metric.needs:
        assert all(table in text for table in tables)
    assert f"custmetrics {name} {metric.example}" in text


@pytest.mark.parametrize("name", METRICS)
def test_the_example_of_a_metric_runs(here, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLE)
    said = here(name, *shlex.split(METRICS[name].example))
    assert said.status == 0, said.err
    assert METRICS[name].title in said.out


def test_metrics_stand_in_panels_by_family_and_in_order(here) -> None:
    text = here("--help").out
    for family in {metric.family for metric in METRICS.values()}:
        names = [m.name for m in sorted(METRICS.values(), key=lambda m: m.order) if m.family == family]
        panel = text.split(f"─ {family} ─")[1].split("╰")[0]
        assert [name for name in re.findall(r"│ ([a-z-]+) ", panel) if name in METRICS] == names


def test_every_option_shows_its_default_and_its_panel(here) -> None:
    text = squeezed(here("churn", "--help").out)
    for name, field in options(MetricOptions).items():
        option = field.metadata["option"]
        shown = f"({option.when_absent})" if option.when_absent else str(field.default)
        assert re.search(rf"--{name} .*?\[default: {re.escape(shown)}\]", text), name
        assert f"─ {option.panel} ─" in text


def test_h_is_help(here) -> None:
    assert here("churn", "-h").out == here("churn", "--help").out


def test_without_arguments_the_help_and_a_status_that_stops_a_script(here) -> None:
    said = here()
    assert (said.status, said.err) == (2, "")
    assert said.out == here("--help").out


@pytest.mark.parametrize(("typed", "near"), [("chrun", "churn"), ("retenton", "retention"), ("explian", "explain"), ("ccr", "crr")])
def test_a_misspelt_command_names_the_near_ones(here, typed: str, near: str) -> None:
    said = here(typed, "-p", "2022", "customers.csv")
    assert said.status == 2
    assert f"E111 there is no command '{typed}'" in said.err
    assert near in said.err


def test_a_metric_answers_to_its_other_names(here) -> None:
    assert here("crr", "-p", "2022-Q2", "customers.csv").out == here("retention", "-p", "2022-Q2", "customers.csv").out


def test_list_names_every_metric_and_its_formula(here) -> None:
    out = here("list", "--format", "csv").out
    for metric in METRICS.values():
        assert metric.name in out


def test_explain_fills_in_numbers(here) -> None:
    bare, filled = here("explain", "churn"), here("explain", "churn", "-p", "2022-Q2", "customers.csv")
    assert "lost / opening" in bare.out
    assert "1 of 4 customers lost" not in bare.out
    assert "1 of 4 customers lost" in filled.out


@pytest.mark.parametrize("words", [("--list", "lost"), ("--fail-if", "churn > 5%")])
def test_explain_refuses_what_it_would_not_do(here, words: tuple[str, str]) -> None:
    said = here("explain", "churn", *words)
    assert (said.status, said.out) == (2, "")
    assert f"no such option: {words[0]}" in said.err


def test_without_a_period_a_command_that_works(here) -> None:
    """What the hint shows can be pasted."""
    said = here("churn", "customers.csv")
    assert (said.status, said.out) == (2, "")
    assert "2021-01-05 to 2023-01-01" in said.err
    command = said.err.split("for example: custmetrics ")[1].strip()
    assert here(*shlex.split(command)).status == 0


def test_version(here) -> None:
    assert re.fullmatch(r"custmetrics [0-9.]+\n", here("--version").out)


def test_no_two_options_of_a_command_share_a_letter() -> None:
    for kind in (MetricOptions, InputOptions, FormatOptions, OutputOptions, CommonOptions, InspectOptions):
        letters = [field.metadata["option"].short for field in options(kind).values() if field.metadata["option"].short]
        assert len(letters) == len(set(letters))
