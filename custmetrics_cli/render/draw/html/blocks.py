"""The blocks of a paper as HTML, one function for each type."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.charts.image import svg
from custmetrics_cli.render.draw.html.spark import spark
from custmetrics_cli.render.draw.html.tables import table
from custmetrics_cli.render.draw.html.text import attribute, text
from custmetrics_cli.render.paper import Bullets, Card, Cards, Grid, Picture, Text

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Section

SIZE = re.compile(r' width="[0-9.]+" height="[0-9.]+"')


def section(part: Section) -> str:
    """Return a section with its title. Charts that follow each other are beside each other."""
    blocks = [
        f"<div class=charts>{drawn}</div>\n" if kind is Picture else drawn
        for kind, group in groupby(part.blocks, type)
        if (drawn := "".join(DRAWN[kind](block, part.title) for block in group))
    ]
    kind = f" class={part.kind}" if part.kind else ""
    return f"<section{kind}><h2>{text(part.title)}</h2>\n{''.join(blocks)}</section>\n"


def _text(block: Text, title: str) -> str:
    return f"<p{' class=note' if block.note else ''}>{text(block.text)}</p>\n"


def _bullets(block: Bullets, title: str) -> str:
    return f"<ul>{''.join(f'<li>{text(item)}</li>' for item in block.items)}</ul>\n"


def _cards(block: Cards, title: str) -> str:
    return f"<div class=cards>{''.join(map(_card, block.cards))}</div>\n"


def _card(card: Card) -> str:
    tone = f" class={card.tone}" if card.tone else ""
    target_tone = f" class={card.target_tone}" if card.target_tone else ""
    lines = [
        f"<p>{text(card.change)}</p>" if card.change else "",
        f"<p{tone}>{text(card.verdict)}</p>" if card.verdict else "",
        f"<p>{text(card.year_ago)}</p>" if card.year_ago else "",
        f"<p>{text(card.interval)}</p>" if card.interval else "",
        f"<p{target_tone}>{text(card.target)}</p>" if card.target else "",
    ]
    value = f"<p class=big>{text(card.value.text)}</p>"
    return f"<div class=card><h3>{text(card.title)}</h3>{value}{''.join(lines)}{spark(card.value.spark)}</div>"


def _chart(picture: Picture, title: str) -> str:
    """Return the chart with its title above, and its numbers below, which print too."""
    chart = picture.chart
    drawn = SIZE.sub("", svg(chart), count=1).replace("<svg ", '<svg aria-hidden="true" ', 1)
    numbers = f"<details><summary>{text(picture.numbers_title)}</summary>{table(picture.numbers, chart.title)}</details>"
    image = f"<div role=img aria-label={attribute(chart.summary or chart.title)}>{drawn}</div>"
    return f"<figure><figcaption>{text(chart.title)}</figcaption>{image}{numbers}</figure>\n"


DRAWN: dict[type, Callable[[Any, str], str]] = {Text: _text, Bullets: _bullets, Cards: _cards, Grid: table, Picture: _chart}
