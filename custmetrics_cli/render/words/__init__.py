"""The words of documents in each language: one catalogue (TOML) per language. Error messages stay English."""

from __future__ import annotations

from custmetrics_cli.render.words.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
