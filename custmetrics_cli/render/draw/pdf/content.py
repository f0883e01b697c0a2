"""A paper as plain data for the template: texts, numbers of shades, and charts as SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.charts import palette
from custmetrics_cli.render.draw.charts.image import svg
from custmetrics_cli.render.paper import Bullets, Card, Cards, Grid, Picture, Text
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Figure, Paper

Data = dict[str, Any]
FONT = "Noto Sans"  # the font of the page; it has no minus sign, so charts use the dash of the same width


def content(paper: Paper, size: str = "a4") -> Data:
    """Return the data of a paper. size: a4 or us-letter."""
    sections = [{"title": safe(part.title), "blocks": [BLOCKS[type(block)](block) for block in part.blocks]} for part in paper.sections]
    texts = {"title": safe(paper.title), "subtitle": safe(paper.subtitle), "foot": safe(paper.foot)}
    return {**texts, "language": paper.language, "size": size, "sections": sections}


def _text(block: Text) -> Data:
    return {"kind": "text", "text": safe(block.text), "note": block.note}


def _bullets(block: Bullets) -> Data:
    return {"kind": "bullets", "items": list(map(safe, block.items))}


def _cards(block: Cards) -> Data:
    return {"kind": "cards", "cards": list(map(_card, block.cards))}


def _card(card: Card) -> Data:
    lines = [(card.change, ""), (card.verdict, card.tone), (card.year_ago, ""), (card.interval, ""), (card.target, card.target_tone)]
    shown = [{"text": safe(text), "tone": tone} for text, tone in lines if text]
    return {"title": safe(card.title), "value": safe(card.value.text), "lines": shown}


def without_trends(grid: Grid) -> Grid:
    """Return the table without its columns of small lines, which print has no room for."""
    kept = [at for at in range(len(grid.headers)) if not any(row[at].spark for row in grid.rows) or grid.headers[at].strong]
    rows = [tuple(row[at] for at in kept) for row in grid.rows]
    shading = [tuple(row[at] for at in kept) for row in grid.shading]
    return grid._replace(headers=tuple(grid.headers[at] for at in kept), rows=rows, shading=shading)


def _grid(block: Grid) -> Data:
    block = without_trends(block)
    headers = [{"name": safe(header.name), "right": header.right, "strong": header.strong} for header in block.headers]
    rows = [[_cell(figure) for figure in row] for row in block.rows]
    return {
        "kind": "grid",
        "headers": headers,
        "rows": rows,
        "title": safe(block.title),
        "note": safe(block.note),
        "shading": block.shading,
    }


def _cell(figure: Figure) -> Data:
    return {"text": safe(figure.text), "notes": list(map(safe, figure.notes)), "tone": figure.tone}


def _picture(block: Picture) -> Data:
    chart = block.chart
    texts = {"title": safe(chart.title), "summary": safe(chart.summary or chart.title)}
    return {
        "kind": "picture",
        **texts,
        "svg": svg(chart).replace(palette.FONT, FONT).replace("\u2212", "\u2013"),
        "numbers": _grid(block.numbers),
    }


BLOCKS: dict[type, Callable[[Any], Data]] = {Text: _text, Bullets: _bullets, Cards: _cards, Grid: _grid, Picture: _picture}
