"""A paper as a whole HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.html.blocks import section
from custmetrics_cli.render.draw.html.style import policy, style
from custmetrics_cli.render.draw.html.text import attribute, text

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Paper


def html_page(paper: Paper) -> str:
    """Return the page. It contains everything that it shows."""
    head = (
        f"<!doctype html>\n<html lang={attribute(paper.language)}>\n<head>\n<meta charset=utf-8>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name=viewport content="width=device-width, initial-scale=1">\n<meta name=referrer content=no-referrer>\n'
        f"<title>{text(paper.title)}</title>\n<style>{style()}</style>\n</head>\n"
    )
    sub = f"<p class=sub>{text(paper.subtitle)}</p>\n" if paper.subtitle else ""
    foot = f"<footer>{text(paper.foot)}</footer>\n" if paper.foot else ""
    body = "".join(map(section, paper.sections))
    return f"{head}<body>\n<main>\n<header><h1>{text(paper.title)}</h1>\n{sub}</header>\n{body}{foot}</main>\n</body>\n</html>\n"
