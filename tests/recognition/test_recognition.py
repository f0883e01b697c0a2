"""Real exports are read without their preset: how many columns have the right role, and how many files ask."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.recognise import identify
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from tests.recognition.test_evidence import EXPORTS

# The codes of questions about a column.
QUESTIONS = {"E324", "E325", "E326", "E327", "E328", "E319", "E520"}
# The most columns of a half that are read for a role that a person would give to another one: it only shrinks.
MOST_WRONG = {"dev": 16, "test": 19}
DECISIVE = {
    *("customer_id", "started_at", "ended_at", "canceled_at", "paid_through", "trial_end", "interval", "currency", "status"),
    *("amount", "date", "refunded", "score", "responded_at", "timestamp"),
}


def read(export: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the layout of an export without presets, or the problem with it."""
    monkeypatch.setattr(identify, "presets", lambda own: {})
    path = folder / f"{export['id']}.csv"
    path.write_text(export["csv"].lstrip("\n"), "utf-8")
    text_file = TextFile(InputFile(str(path)), path, "utf-8", path.stat().st_size, path)
    return identify.identify_each([text_file], Settings(), TABLES)[0][1]


def outcome(export: dict[str, Any], result: Any) -> Counter[str]:
    """Count the columns of an export by how they were read."""
    if isinstance(result, Problem):
        return Counter(asked=1) if result.code in QUESTIONS else Counter(unread=1)
    if result.table.name != export["table"]:
        return Counter(other_table=1)
    roles, also = export.get("roles", {}), export.get("also", {})
    found = {column: result.header[at] for column, at in result.columns.items() if column in DECISIVE}
    right = [column for column, header in found.items() if header in (roles.get(column), *also.get(column, ()))]
    return Counter(right=len(right), wrong=len(found) - len(right))


@pytest.mark.parametrize("half", ["dev", "test"])
def test_real_exports_are_read_for_their_roles(half: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = [export for export in EXPORTS if export["half"] == half and export["table"] != "none"]
    counts = sum((outcome(export, read(export, tmp_path, monkeypatch)) for export in exports), Counter[str]())
    assert counts["wrong"] <= MOST_WRONG[half]
    assert counts["right"] >= 10 * counts["wrong"]
    assert counts["asked"] * 10 <= len(exports)
