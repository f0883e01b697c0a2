"""Options that a metric declares: as flags of its command and of explain, as settings and variables, and in the answer."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.cli.app import COMMANDS
from custmetrics_cli.cli.commands.metric import MetricOptions
from custmetrics_cli.core.options import OptionSpec, in_effect, share, whole
from custmetrics_cli.metrics import METRICS
from tests.support.asking import ask, ask_list, question
from tests.support.own_metric import declare, made

ASK = ("made-up", "-p", "2022", "customers.csv", "--json")


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    declare(monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")


def value(said) -> float:
    assert said.status == 0, said.err
    return json.loads(said.out)["results"][0]["value"]


def test_a_flag_overrides_variable_settings_file_and_default(here, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert value(here(*ASK)) == 0.8
    (folder / "custmetrics.toml").write_text("margin = 0.6\n")
    assert value(here(*ASK)) == 0.6
    monkeypatch.setenv("CUSTMETRICS_MARGIN", "40%")
    assert value(here(*ASK)) == 0.4
    assert value(here(*ASK, "--margin", "20 %")) == 0.2


def test_options_reach_rows_and_formulas(here) -> None:
    assert value(here(*ASK, "--answers", "latest")) == 0
    assert value(here(*ASK, "--definition", "counted", "--at-most", "3")) == 15


def test_a_setting_of_another_metric_is_not_read(here, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "custmetrics.toml").write_text('margin = "nonsense"\nat_most = 3\n')
    monkeypatch.setenv("CUSTMETRICS_ANSWERS", "none")
    for command in ("churn",), ("explain", "churn"):
        said = here(*command, "-p", "2022-Q2", "customers.csv")
        assert (said.status, said.err) == (0, "")


def test_each_option_shows_its_default_in_its_own_panel(here) -> None:
    text = here("made-up", "--help").out
    panel = re.sub(r"\s+", " ", text.split("─ Metric options ─")[1].split("╰")[0])
    assert re.search(r"--margin SHARE Share of revenue that is left \[default: 80%\]", panel)
    assert re.search(r"--at-most NUMBER Customers to count \[default: all of them\]", panel)
    assert re.search(r"--answers WHICH Which answers count: all, latest \[default: all\]", panel)
    assert "Metric options" not in here("churn", "--help").out


def test_explain_takes_the_options_of_its_metric_only(here, monkeypatch: pytest.MonkeyPatch) -> None:
    other = OptionSpec("margin", "Another meaning", "SHARE", share, "10%")
    declare(monkeypatch, made, replace(made, name="other", options=(other, *made.options[1:])))
    text = re.sub(r"\s+", " ", here("explain", "--help-all").out.replace("│", ""))
    assert "made-up: Share of revenue that is left; other: Another meaning [default: that of the metric]" in text
    assert "made-up, other: Customers to count" in text
    assert "60.00 %" in here("explain", "other", "--margin", "60%", "-p", "2022", "customers.csv").out
    said = here("explain", "churn", "--at-most", "8", "-p", "2022", "customers.csv")
    assert said.status == 2
    assert "E156 churn has no option --at-most\n  hint: use it with made-up, other\n" in said.err


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ("--margin 80", "E155 --margin '80' is not a share", "write it as 80% or 0.8"),
        ("--margin 8e-1", "E155 --margin '8e-1' is not a share", "write it as 80% or 0.8"),
        ("--at-most 0", "E155 --at-most '0' is not a positive whole number", "write it in digits, such as 4"),
        ("--answers latst", "E155 --answers 'latst' is not one of its values", "did you mean latest?"),
        ("--definition counted", "E157 made-up needs --at-most (Customers to count)", "pass --at-most NUMBER"),
        ("--definition counted --at-most 2 --fail-if value>5%", "E132 --fail-if 'value>5%': made-up is not in percent", "made-up > 5'"),
        ("--definition conted --fail-if value>5%", "E147 made-up has no definition 'conted'", "did you mean counted?"),
    ],
)
def test_a_wrong_value_is_refused_before_any_file_is_read(here, words: str, code: str, hint: str) -> None:
    said = here("made-up", "-p", "2022", "missing.csv", *words.split())
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(code)
    assert hint in said.err


def test_suggestions_for_settings_include_options_of_metrics(here, folder: Path) -> None:
    (folder / "custmetrics.toml").write_text('marign = "80%"\n')
    assert "margin?" in here("churn", "-p", "2022", "customers.csv").err


def test_a_test_uses_the_unit_of_the_definition(here) -> None:
    told = (*ASK, "--definition", "counted", "--at-most", "2", "--fail-if")
    assert here(*told, "value >= 10").status == 1
    assert here(*ASK, "--fail-if", "value >= 10").status == 2
    assert here("made-up", "-p", "2022", "customers.csv", "--list", "all", "--format", "csv").status == 0


def test_results_and_lists_hold_the_options_in_effect(folder: Path) -> None:
    asked = question("made-up", "2022", options={"margin": "12.5%", "answers": "latest"})
    (result,) = ask(["customers.csv"], asked).results
    assert result.options == {"margin": Fraction(1, 8), "answers": "latest"}
    assert ask_list(["customers.csv"], asked, "all").options == result.options
    assert question("made-up", "2022").options == {"margin": Fraction(4, 5), "answers": "all"}


@pytest.mark.parametrize(("text", "exact"), [("80%", "4/5"), ("0.8", "4/5"), (" 12.5 % ", "1/8"), (".5", "1/2"), ("1", "1"), ("0", "0")])
def test_shares_are_exact(text: str, exact: str) -> None:
    assert share(text) == Fraction(exact)


@pytest.mark.parametrize("text", ["80", "1.01", "101%", "-1%", "0,8", "%", "", "1.", "٥%", "9" * 5000, "nan", "1/2"])
def test_other_texts_are_not_shares(text: str) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        share(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.0", "", "1e3", "٥", "9" * 5000, "1_0"])
def test_other_texts_are_not_whole_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="is not a positive whole number"):
        whole(text)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_options_of_metrics_do_not_collide_with_others(metric) -> None:
    """An option has no name of a common option. In formulas its number is not mistaken for a total. Its default is a valid value."""
    specs = {*MetricOptions.specs.values(), *(spec for command in COMMANDS.values() for spec in command.options.specs.values())}
    taken = {*(spec.name for spec in specs), "files", "metric", "help", "help-all"}
    assert {option.name for option in metric.options}.isdisjoint(taken)
    effect = in_effect(metric.options, {})
    assert all(isinstance(effect[option.symbol], str) for option in metric.options if option.symbol in {*metric.totals, "months"})
    assert len({option.name for option in metric.options}) == len(metric.options)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", option.name) for option in metric.options)
    assert effect.keys() == {option.symbol for option in metric.options if option.default}
