"""The numbers of chart axes in each language."""

from __future__ import annotations

ENGLISH = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}
LOCALES = {"en": ENGLISH, "ru": {**ENGLISH, "decimal": ",", "thousands": "\u00a0"}}


def number_locale(language: str) -> dict[str, object]:
    return dict(LOCALES.get(language, ENGLISH))
