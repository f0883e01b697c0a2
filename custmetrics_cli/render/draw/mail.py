"""A paper as a mail: plain text and simple HTML with one chart as a picture, and the whole page as an attachment."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.charts.image import png
from custmetrics_cli.render.draw.html.page import html_page
from custmetrics_cli.render.draw.html.text import attribute, text
from custmetrics_cli.render.paper import Bullets, Cards, Picture
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Block, Paper

DATE = "Sat, 01 Jan 2000 00:00:00 +0000"  # no clock: the same answer gives the same bytes
SHORT = ("alerts", "changes", "key")  # the parts that the mail itself shows
POLICY = SMTP.clone(linesep="\n", max_line_length=200)


def mail(paper: Paper) -> str:
    """Return a mail that `sendmail -t` can send once it has a recipient."""
    page = html_page(paper)
    message = EmailMessage(POLICY)
    message["Subject"], message["Date"], message["MIME-Version"] = safe(paper.title), DATE, "1.0"
    message.set_content("\n".join(_lines(paper)) + "\n", cte="base64")
    picture = next((block for part in paper.sections for block in part.blocks if isinstance(block, Picture)), None)
    message.add_alternative(_html(paper, picture), subtype="html", cte="base64")
    if picture:
        body = message.get_payload()[1]  # type: ignore[index]
        body.add_related(png(picture.chart), "image", "png", cid="<chart>", disposition="inline")  # type: ignore[union-attr]
    message.add_attachment(page.encode(), "text", "html", filename=f"{_file_name(paper.title)}.html")
    _fix_boundaries(message, hashlib.sha256(page.encode()).hexdigest())
    return message.as_string(policy=POLICY)


def _file_name(title: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()[:60] or "report"


def _fix_boundaries(message: EmailMessage, digest: str) -> None:
    """Name the boundaries after the content instead of a random number."""
    for number, part in enumerate(each for each in message.walk() if each.is_multipart()):
        part.set_boundary(f"part-{number}-{digest[:24]}")


def _lines(paper: Paper) -> Iterator[str]:
    yield safe(paper.title)
    for part in paper.sections:
        if part.kind in SHORT:
            yield from ("", safe(part.title), *(f"- {safe(line)}" for block in part.blocks for line in _texts(block)))
    yield from ("", safe(paper.foot))


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Cards):
        for card in block.cards:
            more = ", ".join(filter(None, (card.change, card.verdict, card.target)))
            yield f"{card.title}: {card.value.text}" + (f" ({more})" if more else "")


def _html(paper: Paper, picture: Picture | None) -> str:
    """Return simple HTML, which each mail program shows."""
    parts = [
        f"<h2>{text(part.title)}</h2><ul>{''.join(f'<li>{text(line)}</li>' for block in part.blocks for line in _texts(block))}</ul>"
        for part in paper.sections
        if part.kind in SHORT
    ]
    image = f'<p><img src="cid:chart" alt={attribute(picture.chart.summary or picture.chart.title)} width="480"></p>' if picture else ""
    return f"<html lang={attribute(paper.language)}><body><h1>{text(paper.title)}</h1>{image}{''.join(parts)}</body></html>"
