"""The evidence for the recognition of columns is complete and well formed. It is data: how columns are recognised is tested elsewhere."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.presets import shipped
from custmetrics_cli.tables import TABLES

HERE = Path(__file__).parent
EXPORTS: list[dict[str, Any]] = tomllib.loads((HERE / "exports.toml").read_text("utf-8"))["export"]
HEADERS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "headers.toml").read_text("utf-8"))
HALVES = {"dev", "test"}
FACTS = {"amount_time": {"month", "year", "interval"}, "amount_unit": {"each", "total"}, "direction": {"high", "low"}, "scale": set[str]()}
ROLES = set(
    re.findall(
        r"\w+",
        "customer_id started_at ended_at canceled_at paid_through trial_end interval interval_count quantity currency status amount "
        "order_id date refunded row_type score kind responded_at comment category channel timestamp event yes_no",
    )
)
NEEDED = {
    "customers": ["customer_id"],
    "subscriptions": ["customer_id", "started_at"],
    "purchases": ["date", "amount"],
    "surveys": ["score"],
    "costs": ["amount"],
    "activity": ["customer_id", "timestamp"],
    "none": [],
}

each_export = pytest.mark.parametrize("export", EXPORTS, ids=[export["id"] for export in EXPORTS])
each_role = pytest.mark.parametrize("role", HEADERS)


def rows(export: dict[str, Any]) -> list[list[str]]:
    """Return the rows of an export, the header first."""
    return list(csv.reader(io.StringIO(export["csv"]), delimiter=export["separator"]))


def simple(header: str) -> str:
    """Return a header without case and punctuation: `billingCycle` and `Billing cycle` are one."""
    return re.sub(r"[\s_\-./]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).casefold()).strip()


def own(role: str) -> dict[str, list[str]]:
    """Return the headers that mean a role, in halves."""
    lists = HEADERS[role]["own"]
    parts = [lists] if "dev" in lists else list(lists.values())
    return {half: [header for part in parts for header in part[half]] for half in HALVES}


def every(halves: dict[str, list[str]]) -> list[str]:
    return halves["dev"] + halves["test"]


def named(export: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the headers that an export names, with their roles."""
    right = [(role, header) for role, header in export["roles"].items() if role not in FACTS]
    return right + [(role, header) for role, headers in export.get("also", {}).items() for header in headers]


def test_there_are_enough_exports_of_every_kind() -> None:
    tables = Counter(export["table"] for export in EXPORTS)
    assert set(tables) == set(NEEDED)
    assert len(EXPORTS) >= 150
    assert len({export["id"] for export in EXPORTS}) == len(EXPORTS)
    assert sum("preset" not in export for export in EXPORTS) >= len(EXPORTS) / 2
    assert all(sum(export["half"] == half for export in EXPORTS) >= len(EXPORTS) * 0.4 for half in HALVES)


@each_export
def test_an_export_is_well_formed(export: dict[str, Any]) -> None:
    header, *data = rows(export)
    assert len(set(header)) == len(header)
    assert 3 <= len(data) <= 6
    assert {len(row) for row in data} == {len(header)}
    assert export["half"] in HALVES
    assert export["source"]
    assert export["confidence"] in {"high", "medium", "low"}
    assert export.get("preset", "stripe_subscriptions") in shipped()


@each_export
def test_the_roles_of_an_export_are_its_own_headers(export: dict[str, Any]) -> None:
    header = rows(export)[0]
    assert [pair for pair in named(export) if pair[0] not in ROLES or pair[1] not in header] == []
    assert len({(role, text) for role, text in named(export)}) == len(named(export))
    assert export["table"] in {"none", *TABLES}
    assert bool(export["roles"]) == (export["table"] != "none")
    assert set(export.get("ambiguous", ())) <= ROLES | set(FACTS)


@each_export
def test_an_export_states_what_its_table_needs(export: dict[str, Any]) -> None:
    roles, unclear = export["roles"], export.get("ambiguous", [])
    assert [role for role in NEEDED[export["table"]] if role not in roles and role not in unclear] == []
    assert [fact for fact, words in FACTS.items() if words and roles.get(fact, min(words)) not in words] == []
    assert re.fullmatch(r"\d+-\d+", roles.get("scale", "0-10"))
    if "amount" in roles and export["table"] == "subscriptions":
        assert "amount_time" in roles
    if {"amount", "quantity"} <= set(roles):
        assert "amount_unit" in roles


@each_role
def test_a_role_has_enough_different_headers(role: str) -> None:
    right, foreign = every(own(role)), every(HEADERS[role]["foreign"])
    assert len({simple(header) for header in right}) >= 100
    assert len({simple(header) for header in foreign}) >= 30


@each_role
def test_no_header_is_twice_or_both_right_and_foreign(role: str) -> None:
    texts = [simple(header) for header in every(own(role)) + every(HEADERS[role]["foreign"])]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@each_role
def test_the_halves_are_as_large_as_each_other(role: str) -> None:
    halves = own(role)
    assert abs(len(halves["dev"]) - len(halves["test"])) <= 3


@pytest.mark.parametrize("role", ["interval", "status_subscriptions", "status_purchases", "currency"])
def test_a_role_with_words_in_its_cells_has_enough_of_them(role: str) -> None:
    cells = [text for half in HEADERS[role]["cells"].values() for texts in half.values() for text in texts]
    assert len({text.casefold() for text in cells}) >= 100
    assert [text for text, times in Counter(cells).items() if times > 1] == []
