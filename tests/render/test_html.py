"""HTML: one file, nothing in a text is markup, and no request."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from custmetrics_cli.render.chart import KINDS, Band, Chart, Mark, Series
from custmetrics_cli.render.draw.charts.image import png, svg
from custmetrics_cli.render.draw.charts.spec import DRAWN, spec
from custmetrics_cli.render.draw.html.page import html_page
from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Bullets, Card, Cards, Figure, Grid, Paper, Picture, Section, Text

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\u202eb", "x" * 10_000, "&lt;b&gt;", "'-->", "</style><b>"]
VOID = {"meta", "img", "br", "link", "path", "line", "rect", "circle", "polyline"}


def chart(kind: str = "line", name: str = "churn") -> Chart:
    """Return a chart of any kind."""
    values = (1, -2, 3) if kind == "movements" else (1, 2, 3)
    labels = ("0", "1", "2") if kind in ("curve", "steps", "fan") else ("2022-01", "2022-02", name)
    band = Band(name, (0.5, 1.0, None), (2.0, 3.0, None))
    texts = ("1", "2", "3")
    more: dict[str, Any] = {
        "marks": (Mark(1, name),),
        "target": 2,
        "target_text": name,
        "partial": (2,),
        "partial_text": name,
        "axis": name,
    }
    if kind == "bridge":
        steps = [("level", 1), ("gain", 2), ("level", 3)]
        values = [tuple(n if at == i else None for i in range(3)) for at, (_, n) in enumerate(steps)]
        series = tuple(Series(role, each, texts, role) for (role, _), each in zip(steps, values, strict=True))
        return Chart(kind, name, labels, series, "money", "EUR", summary=name)
    if kind in ("curve", "steps", "fan"):
        more["positions"] = (0, 1, 2)
    roles = ("gain", "net") if kind == "movements" else ("value", "net") if kind == "shares" else ("value",)
    series = tuple(Series(name, values, texts, role) for role in roles)
    return Chart(kind, name, labels, series, "count", band=band, summary=name, **more)


def paper(text: str) -> Paper:
    """Return a paper with the text in every place."""
    grid = Grid((Header(text), Header(text, right=True)), [(Figure(text, notes=(text,)), Figure(text, tone="good"))], text, text)
    card = Card(text, Figure(text, spark=(1, None, 3)), text, text, "good", text, text, "bad", text)
    blocks = (Text(text), Bullets((text,)), Cards((card,)), grid, Picture(chart(name=text[:50]), grid, text))
    return Paper(text, text, (Section(text, blocks, "family"),), "en", text)


class Tags(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_text(text: str) -> None:
    """The page has the same tags and attributes as one with a harmless text."""
    shape = [(tag, sorted(attributes)) for tag, attributes in read(html_page(paper("plain"))).tags]
    page = html_page(paper(text))
    assert [(tag, sorted(attributes)) for tag, attributes in read(page).tags] == shape
    assert "\u202e" not in page
    if text.isprintable():
        assert text in read(page).text


def test_the_page_asks_for_nothing() -> None:
    page = html_page(paper("plain"))
    tags = read(page)
    assert {tag for tag, _ in tags.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base", "a"})
    names = {name for _, attributes in tags.tags for name in attributes}
    assert names.isdisjoint({"style", "src", "href", "srcset", "action"})
    assert not [name for name in names if name.startswith("on")]
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_names_the_one_style() -> None:
    page = html_page(paper("plain"))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(attributes["content"] for tag, attributes in read(page).tags if attributes.get("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy


def test_every_kind_of_chart_is_drawn() -> None:
    assert set(DRAWN) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_the_same_twice_and_has_no_style_of_its_own(kind: str) -> None:
    drawn = svg(chart(kind))
    assert drawn == svg(chart(kind))
    assert "style=" not in drawn
    assert "<style" not in drawn
    assert "href" not in drawn
    assert png(chart(kind))[:8] == b"\x89PNG\r\n\x1a\n"
    assert spec(chart(kind))["$schema"].startswith("https://vega.github.io/schema/vega-lite/v5")
