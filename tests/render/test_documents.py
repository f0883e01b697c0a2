"""Kinds of document and formats add up: a kind that no format knows is written by all of them."""

from __future__ import annotations

import pytest

from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.document import Flat, Record
from custmetrics_cli.render.page import Line, Page
from custmetrics_cli.render.screen import Output


class Note:
    def page(self, ascii: bool) -> Page:
        return [Line("all is well")]

    def record(self) -> Record:
        return {"notes": list(self.records())}

    def records(self) -> list[Record]:
        return [{"note": "all is well"}]

    def flat(self) -> Flat:
        return ("note",), [("all is well",)]


WRITTEN = {
    "table": "all is well\n",
    "markdown": "all is well\n",
    "json": '{\n  "notes": [\n    {\n      "note": "all is well"\n    }\n  ]\n}\n',
    "jsonl": '{"note": "all is well"}\n',
    "csv": "note\nall is well\n",
    "tsv": "note\nall is well\n",
}


@pytest.mark.parametrize("name", FORMATS)
def test_any_kind_in_any_format(name: str) -> None:
    assert FORMATS[name].write(Note(), Output()) == WRITTEN[name]
