"""A report in a real browser: no request, no message, the policy holds, nothing is inaccessible, and it fits a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.render.draw.html.page import html_page
from tests.render.test_html import HOSTILE, paper
from tests.support.browser import AXE, Page, browser, executable

pytestmark = pytest.mark.skipif(not executable(), reason="there is no Chromium; make test-browser installs it")
NEEDS_AXE = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed; make test-browser installs it")
SAMPLE = Path(__file__).parents[3] / "sample_data"
INJECTED = """
const script = document.createElement('script'); script.textContent = 'window.broken = true'; document.body.append(script);
const style = document.createElement('style'); style.textContent = 'h1 { display: none }'; document.body.append(style);
const image = document.createElement('img'); image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; document.body.append(image);
const shown = () => [!!window.broken, getComputedStyle(document.querySelector('h1')).display, image.naturalWidth];
new Promise(done => setTimeout(() => done(shown()), 300))
"""
RUN_AXE = """
const places = each => [each.id, each.nodes.map(node => node.html).slice(0, 3)];
axe.run().then(found => JSON.stringify(found.violations.map(places)))
"""
CHART_TEXT = """
const light = colour => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(v => v / 255)
  .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
const paper = light(getComputedStyle(document.body).backgroundColor);
[...document.querySelectorAll('figure svg text')].filter(each => each.textContent).map(each => {
  const ink = light(getComputedStyle(each).fill);
  return [(Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05), each.textContent] }).filter(([contrast]) => contrast < 4.5)
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    more = ("--target", "churn < 4%", "--mark", "2022-05-01=new prices", "--quiet", "--no-config")
    run(["report", "--period", "2022-Q2", str(SAMPLE), "-o", str(path), *more])
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_makes_no_request_and_no_message(page: Page, report: Path, scheme: str) -> None:
    page.open(report, scheme=scheme)
    assert page.run("document.querySelector('h1').textContent").endswith("2022-Q2")
    assert page.requests == [report.as_uri()]
    assert page.messages == []


def test_the_policy_blocks_what_is_injected(page: Page, report: Path) -> None:
    page.open(report)
    assert page.run(INJECTED) == [False, "block", 0]


@NEEDS_AXE
@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, report: Path, scheme: str, width: int) -> None:
    page.open(report, width, scheme)
    page.run(AXE.read_text(encoding="utf-8"))
    assert json.loads(page.run(RUN_AXE)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_text_of_charts_has_contrast(page: Page, report: Path, scheme: str) -> None:
    page.open(report, scheme=scheme)
    assert page.run(CHART_TEXT) == []


@pytest.mark.parametrize("width", [360, 1000])
def test_nothing_is_wider_than_the_page(page: Page, report: Path, width: int) -> None:
    page.open(report, width)
    assert page.run("document.documentElement.scrollWidth") <= width


def test_the_numbers_of_charts_are_printed(page: Page, report: Path) -> None:
    page.open(report, media="print")
    assert page.run("[...document.querySelectorAll('details table')].every(each => each.getBoundingClientRect().height > 0)")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_breaks_nothing(page: Page, tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(html_page(paper(text)), encoding="utf-8")
    page.open(path, 360)
    assert page.requests == [path.as_uri()]
    assert page.messages == []
    assert page.run("document.images.length + document.scripts.length") == 0
    assert page.run("document.documentElement.scrollWidth") <= 360
