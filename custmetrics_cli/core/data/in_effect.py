"""The settings that decide the numbers of an answer: those that were asked for, then the policies of its tables.

As a mapping it holds all of them as texts, so that no format of an answer can leave one out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WHERE, ROWS, FILE, PRESETS = "where", "rows", "settings_file", "own_presets"
FROM_FILE = "settings file "  # before its path
SHOWN_ELSEWHERE = ("definition", "currency", ROWS)  # in the title or beside the amounts


class InEffect(dict[str, str]):
    """Settings by name. asked: values by key of the JSON contract. policies: those of the tables."""

    def __init__(self, asked: Mapping[str, Any], policies: Mapping[str, str]) -> None:
        super().__init__({**_texts(asked), **policies})
        self.asked = dict(asked)
        self.policies = dict(policies)

    def with_rows(self, rows: Mapping[str, tuple[int, int]]) -> InEffect:
        """Return the settings with the rows that pass --where, of all rows used, by table."""
        counts = {table: {"matching": matching, "of": used} for table, (matching, used) in rows.items()}
        return InEffect({**self.asked, ROWS: counts}, self.policies)


def asked_of(settings: Mapping[str, str]) -> dict[str, Any]:
    """Return what was asked for; {} for a plain mapping."""
    return settings.asked if isinstance(settings, InEffect) else {}


def policies_of(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the policies of the tables."""
    return settings.policies if isinstance(settings, InEffect) else dict(settings)


def merged(first: Mapping[str, str], second: Mapping[str, str]) -> InEffect:
    """Return the settings of two inputs of one question."""
    one, other = asked_of(first), asked_of(second)
    rows = {**one.get(ROWS, {}), **other.get(ROWS, {})}
    return InEffect({**one, **other, **({ROWS: rows} if rows else {})}, {**policies_of(first), **policies_of(second)})


def _texts(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return the values as the command line takes them.

    >>> _texts({"where": ["plan=pro"], "gap": 30, "settings_file": {"path": "a.toml", "values": {"gap": "30"}}})
    {'where': 'plan=pro', 'gap': '30', 'settings file a.toml': 'gap=30'}
    """
    texts = {}
    for name, value in asked.items():
        if name == FILE:
            texts[f"{FROM_FILE}{value['path']}"] = ", ".join(f"{key}={_quoted(text)}" for key, text in value["values"].items())
        elif name not in SHOWN_ELSEWHERE:
            texts[name.replace("_", "-")] = " and ".join(map(str, value)) if isinstance(value, list) else str(value)
    return texts


def _quoted(text: str) -> str:
    """Put a value in quotes where a comma or space would make the list of settings unclear.

    >>> _quoted("30"), _quoted(",")
    ('30', "','")
    """
    return f"'{text}'" if {*text} & {",", " ", ";"} else text
