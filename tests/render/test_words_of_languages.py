"""Each language has every text, with the same parts, and a name for each metric, family and movement."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render import words
from custmetrics_cli.render.words import LANGUAGES, Words

OTHERS = [language for language in LANGUAGES if language != "en"]
FOLDER = Path(words.__file__).parent


def catalogue(language: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def parts(text: object) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", str(text)))


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_complete(language: str) -> None:
    english, own = catalogue("en"), catalogue(language)
    for table, texts in english.items():
        assert set(own[table]) == set(texts), table
        assert {key: parts(text) for key, text in own[table].items()} == {key: parts(text) for key, text in texts.items()}
    assert set(own) == {*english, "families", "totals", "metrics"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_metric_family_and_movement_has_a_name(language: str) -> None:
    own = catalogue(language)
    assert set(own["metrics"]) == set(METRICS)
    assert {metric.family for metric in METRICS.values()} <= set(own["families"])
    shares = {name for metric in METRICS.values() for each in metric.definitions.values() for name in each.shares}
    ledgers = {"opening", "closing", "new", "reactivated", "lost", "opening_mrr", "closing_mrr", "new_mrr", "reactivation_mrr"}
    assert shares | ledgers | {"expansion_mrr", "contraction_mrr", "churned_mrr"} <= set(own["totals"])


def test_numbers_in_russian() -> None:
    russian = Words("ru")
    assert russian.value(0.0507, "ratio") == "5,07 %"
    assert russian.difference(0.0125, "ratio") == "+1,25 п. п."
    assert russian.value(1234.5, "money", "EUR") == "1\xa0234,50 EUR"
    assert russian.interval(0.0365, 0.07, "ratio") == "от 3,65 до 7,00 %"
    assert russian.interval(270.5, float("inf"), "money", "EUR") == "не менее 270,50 EUR"
    assert russian.value(None, "ratio") == "н/д"
