"""Help shows formula, tables, defaults and an example that runs, in a fixed order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from custmetrics_cli.cli.app import COMMANDS, all_commands
from custmetrics_cli.cli.commands.metric import MetricOptions
from custmetrics_cli.core.options import OWN, PANELS
from custmetrics_cli.metrics import METRICS

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_shows_its_formula_tables_and_example(here, name: str) -> None:
    metric, short, long = METRICS[name], squeezed(here(name, "--help").out), squeezed(here(name, "--help-all").out)
    for definition in metric.definitions.values():
        assert definition.formula.text in long
    for text in (short, long):
        assert metric.standard.formula.text in text
        for tables in metric.needs:
            assert all(table in text for table in tables)
        assert f"custmetrics {name} {metric.example}" in text


@pytest.mark.parametrize("name", METRICS)
def test_the_help_of_a_metric_fits_two_screens(here, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen has 24 lines of 80 characters."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = here(name, "--help").out.rstrip().splitlines()
    assert len(lines) <= 48
    assert max(map(len, lines)) <= 80
    assert lines[-1].strip() == "--help-all shows all options."


@pytest.mark.parametrize("name", METRICS)
def test_the_example_of_a_metric_runs(here, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLE)
    said = here(name, *shlex.split(METRICS[name].example))
    assert said.status == 0, said.err
    assert METRICS[name].title in said.out


def test_metrics_are_listed_by_family_and_order(here) -> None:
    text = here("--help").out
    for family in {metric.family for metric in METRICS.values()}:
        names = [m.name for m in sorted(METRICS.values(), key=lambda m: m.order) if m.family == family]
        panel = text.split(f"─ {family} ─")[1].split("╰")[0]
        assert [name for name in re.findall(r"│ ([a-z-]+) ", panel) if name in METRICS] == names


def test_the_list_starts_with_the_commands_for_beginners(here) -> None:
    text = here("--help").out
    panels = re.findall(r"─ ([A-Z][a-z ]+) ─", text)
    families = ["Customers", "Recurring revenue", "Orders", "Surveys", "Unit economics", "Behaviour", "Cohorts", "Outlook"]
    assert panels == ["Options", "Start here", *families, "Compare and plan", "Look up"]
    assert re.findall(r"│ (\w+) ", text.split("─ Start here ─")[1].split("╰")[0]) == ["report", "inspect", "init", "convert"]


def test_every_command_is_listed_with_one_line_of_help(here) -> None:
    text = here("--help").out
    assert set(all_commands()) == set(METRICS) | set(COMMANDS)
    for name, command in all_commands().items():
        assert re.search(rf"│ {name} +{re.escape(command.summary or command.help.splitlines()[0])} +│", text)


@pytest.mark.parametrize("name", ["churn", "report", "diff", "inspect", "guide"])
def test_all_options_are_in_the_long_help_and_the_common_ones_in_the_short(here, name: str) -> None:
    command, short, long = all_commands()[name], here(name, "--help").out, here(name, "--help-all").out
    for spec in command.options.specs.values():
        assert f"--{spec.name} " in long
        assert (f"│ --{spec.name} " in short) == (spec.common and spec.name not in command.rare)
    assert "--help-all" in long


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example(here, name: str) -> None:
    assert f"Example: custmetrics {name}" in here(name, "--help").out


def test_every_option_shows_its_default_and_its_panel(here) -> None:
    """A default that adds nothing is left out."""
    text = squeezed(here("churn", "--help-all").out)
    for spec in MetricOptions.specs.values():
        shown = re.search(rf"│ --{spec.name} .*?(?=│ --|╰)", text)
        assert shown, spec.name
        assert (f"[{spec.default_note}]" in shown[0]) == bool(spec.default_note)
        assert f"─ {spec.panel} ─" in text


def test_option_panels_are_in_order(here) -> None:
    assert re.findall(r"─ ([A-Z][a-z ]+) ─", here("csat", "--help-all").out) == [*PANELS, "Help"]
    assert PANELS[0] == OWN


def test_h_is_short_for_help(here) -> None:
    assert here("churn", "-h").out == here("churn", "--help").out


def test_without_arguments_it_prints_the_help_and_returns_2(here) -> None:
    said = here()
    assert (said.status, said.err) == (2, "")
    assert said.out == here("--help").out


@pytest.mark.parametrize(("typed", "near"), [("chrun", "churn"), ("retenton", "retention"), ("explian", "explain"), ("ccr", "crr")])
def test_a_misspelt_command_gets_suggestions(here, typed: str, near: str) -> None:
    said = here(typed, "-p", "2022", "customers.csv")
    assert said.status == 2
    assert f"E111 unknown command '{typed}'" in said.err
    assert near in said.err


def test_a_metric_may_be_called_by_its_alias(here) -> None:
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
def test_explain_refuses_options_that_it_would_ignore(here, words: tuple[str, str]) -> None:
    said = here("explain", "churn", *words)
    assert (said.status, said.out) == (2, "")
    assert f"no such option: {words[0]}" in said.err


def test_without_a_period_the_hint_shows_a_command_that_works(here) -> None:
    """The command in the hint can be pasted."""
    said = here("churn", "customers.csv")
    assert (said.status, said.out) == (2, "")
    assert "2021-01-05 to 2023-01-01" in said.err
    command = said.err.split("for example: custmetrics ")[1].strip()
    assert here(*shlex.split(command)).status == 0


def test_version_prints_the_version(here) -> None:
    assert re.fullmatch(r"custmetrics [0-9.]+\n", here("--version").out)


def test_no_two_options_of_a_command_share_a_letter() -> None:
    for command in all_commands().values():
        letters = [spec.short for spec in command.options.specs.values() if spec.short]
        assert len(letters) == len(set(letters))
