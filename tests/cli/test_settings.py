"""Flags override variables, variables the settings file, and the file the defaults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ASK = ("churn", "customers.csv", "--json")


def period(said) -> str:
    assert said.status == 0, said.err
    return json.loads(said.out)["results"][0]["period"]["name"]


def test_a_flag_overrides_a_variable_and_a_variable_the_settings_file(here, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "custmetrics.toml").write_text('period = "2022-Q1"\n')
    assert period(here(*ASK)) == "2022-Q1"
    monkeypatch.setenv("CUSTMETRICS_PERIOD", "2022-Q2")
    assert period(here(*ASK)) == "2022-Q2"
    assert period(here(*ASK, "--period", "2022-Q3")) == "2022-Q3"


def test_the_settings_file_is_searched_upward(here, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "custmetrics.toml").write_text("period = 2022\n")
    (folder / "a/b").mkdir(parents=True)
    monkeypatch.chdir(folder / "a/b")
    assert period(here("churn", "../../customers.csv", "--json")) == "2022"


def test_settings_may_be_in_pyproject(here, folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.custmetrics]\nperiod = "2022-Q1"\n')
    assert period(here(*ASK)) == "2022-Q1"


def test_a_pyproject_without_our_table_is_ignored(here, folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert period(here(*ASK, "-p", "2022")) == "2022"


def test_no_config_ignores_the_settings_file(here, folder: Path) -> None:
    (folder / "custmetrics.toml").write_text("not = toml = at all")
    assert period(here(*ASK, "--no-config", "-p", "2022")) == "2022"


@pytest.mark.parametrize("key", ["date-order", "date_order"])
def test_keys_are_the_names_of_options(here, folder: Path, key: str) -> None:
    (folder / "custmetrics.toml").write_text(f'{key} = "ydm"\n')
    said = here(*ASK, "-p", "2022")
    assert said.status == 2
    (error,) = json.loads(said.err)["errors"]
    assert (error["path"], error["message"]) == ("custmetrics.toml", "date-order 'ydm' is not one of its values")


def test_the_settings_file_maps_columns_of_one_table(here, folder: Path) -> None:
    (folder / "customers.csv").write_text("who,von\nC1,2021-01-01\n", "utf-8")
    (folder / "custmetrics.toml").write_text('[columns]\ncustomer_id = "who"\n[columns.customers]\nstarted_at = "von"\n')
    said = here("customers", "customers=customers.csv", "--list", "starts", "-p", "2021", "--format", "csv")
    assert said.status == 0, said.err
    assert "C1" in said.out


def test_an_unknown_key_gets_a_suggestion(here, folder: Path) -> None:
    (folder / "custmetrics.toml").write_text('perod = "2022"\n')
    said = here("churn", "customers.csv")
    assert said.status == 2
    assert "custmetrics.toml: E117 'perod' is not a setting\n  hint: did you mean period?" in said.err


def test_an_unknown_variable_gives_a_warning(here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTMETRICS_PEROD", "2022")
    said = here("churn", "customers.csv", "-p", "2022")
    assert said.status == 0
    assert "the variable CUSTMETRICS_PEROD sets no option; did you mean period?" in said.err


def test_semicolons_separate_the_values_of_a_variable(here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTMETRICS_WHERE", "plan=pro;started_at<2021-06-01")
    said = here("customers", "customers.csv", "-p", "2022-Q1", "--json")
    assert json.loads(said.out)["results"][0]["value"] == 1


def test_the_suffix_of_o_overrides_a_format_in_the_settings_file(here, folder: Path) -> None:
    """Both decide the format, and flags override files."""
    (folder / "custmetrics.toml").write_text('format = "csv"\n')
    assert here("churn", "customers.csv", "-p", "2022", "-o", "out.json").status == 0
    assert json.loads((folder / "out.json").read_text())["results"]


def test_json_overrides_a_format_in_the_settings_file(here, folder: Path) -> None:
    (folder / "custmetrics.toml").write_text('format = "csv"\n')
    assert json.loads(here("churn", "customers.csv", "-p", "2022", "--json").out)["results"]


def test_format_overrides_json_in_the_settings_file(here, folder: Path) -> None:
    (folder / "custmetrics.toml").write_text("json = true\n")
    assert here("churn", "customers.csv", "-p", "2022", "--format", "csv").out.startswith("metric,")


@pytest.mark.parametrize("text", ["gap = true", "gap = 1.5", 'gap = "x"', "gap = [1]", 'low-is-good = "maybe"', "columns = 3"])
def test_a_setting_of_the_wrong_type_is_refused(here, folder: Path, text: str) -> None:
    (folder / "custmetrics.toml").write_text(f"{text}\n")
    said = here("churn", "customers.csv", "-p", "2022")
    assert (said.status, "E118" in said.err) == (2, True)
