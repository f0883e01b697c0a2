"""A paper as Markdown, with titles, lists and tables. Its charts are SVG files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from custmetrics_cli.render.paper import Bullets, Cards, Grid, Picture, Text

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart
    from custmetrics_cli.render.paper import Block, Card, Paper

Escape = Callable[[str], str]


def chart_names(paper: Paper, path: str) -> list[tuple[str, Chart]]:
    """Return the charts with the names of their files, which begin with the name of the document."""
    charts = [block.chart for part in paper.sections for block in part.blocks if isinstance(block, Picture)]
    return [(f"{Path(path).stem}-{number}.svg", chart) for number, chart in enumerate(charts, 1)]


def paper_markdown(paper: Paper, escape: Escape, path: str) -> str:
    """Return the text. escape: makes a text free of markup."""
    names = iter([name for name, _ in chart_names(paper, path)])
    parts = [f"# {escape(paper.title)}", escape(paper.subtitle)]
    for section in paper.sections:
        parts.append(f"## {escape(section.title)}")
        parts += [text for block in section.blocks for text in _block(block, escape, names)]
    return "\n\n".join(part for part in [*parts, escape(paper.foot)] if part) + "\n"


def _block(block: Block, escape: Escape, names: Iterator[str]) -> Iterator[str]:
    match block:
        case Text():
            yield escape(block.text)
        case Bullets():
            yield "\n".join(f"- {escape(item)}" for item in block.items)
        case Cards():
            yield "\n".join(_card(card, escape) for card in block.cards)
        case Picture():
            yield f"### {escape(block.chart.title)}"
            yield f"![{escape(block.chart.summary)}]({quote(next(names))})"
            yield _table(block.numbers, escape)
        case Grid():
            yield f"### {escape(block.title)}" if block.title else ""
            yield _table(block, escape)
            yield escape(block.note)


def _card(card: Card, escape: Escape) -> str:
    lines = "; ".join(filter(None, (card.change, card.verdict, card.year_ago, card.interval, card.target)))
    return f"- **{escape(card.title)}: {escape(card.value.text)}** {escape(lines)}".rstrip()


def _table(grid: Grid, escape: Escape) -> str:
    """Return a pipe table. Notes follow the text of their cell."""
    headers = [escape(header.name) for header in grid.headers]
    rules = ["---:" if header.right else "---" for header in grid.headers]
    rows = [["; ".join(map(escape, (figure.text, *figure.notes))) for figure in row] for row in grid.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headers, rules, *rows))
