"""A paper: the content of a document that a person forwards. It is decided once, and each format writes it.

All texts and numbers are ready to be shown. A cell keeps its exact value too, for workbooks. To add a writer, write one
file in formats/ that walks the sections of `document.paper()`. Each block is one of the types below, so a writer is a
function for each type of block, and it needs no other knowledge. A text is never markup: each writer escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from custmetrics_cli.core.formula import Number
from custmetrics_cli.render.chart import Chart
from custmetrics_cli.render.page import Header


class Figure(NamedTuple):
    """A cell."""

    text: str
    value: Number | None = None  # exact; None: the cell is text
    unit: str = ""
    currency: str = ""
    notes: tuple[str, ...] = ()  # small lines below the text
    spark: tuple[Number | None, ...] = ()  # a small line of values, which the text repeats
    tone: str = ""  # good, bad or "": the text says the same


class Text(NamedTuple):
    """A paragraph. note: in small letters."""

    text: str
    note: bool = False


class Bullets(NamedTuple):
    """Sentences, one below the other. tone: alert or ""."""

    items: tuple[str, ...]
    tone: str = ""


class Card(NamedTuple):
    """One key number."""

    title: str
    value: Figure
    change: str = ""
    verdict: str = ""
    tone: str = ""  # good, bad or ""
    interval: str = ""
    target: str = ""
    target_tone: str = ""
    year_ago: str = ""


class Cards(NamedTuple):
    """The key numbers."""

    cards: tuple[Card, ...]


class Grid(NamedTuple):
    """A table."""

    headers: tuple[Header, ...]
    rows: Sequence[tuple[Figure, ...]]
    title: str = ""
    note: str = ""
    shading: Sequence[tuple[int, ...]] = ()  # as in page.Table
    code: frozenset[int] = frozenset()  # columns of code, such as formulas


class Picture(NamedTuple):
    """A chart, and its numbers as a table."""

    chart: Chart
    numbers: Grid
    numbers_title: str = ""


Block = Text | Bullets | Cards | Grid | Picture


class Section(NamedTuple):
    """A part with a title. kind: alerts, changes, key, family, list, definitions, inputs or ""."""

    title: str
    blocks: tuple[Block, ...]
    kind: str = ""


class Paper(NamedTuple):
    """The whole document."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    language: str = "en"
    foot: str = ""
