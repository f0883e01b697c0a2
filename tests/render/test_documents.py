"""Every format writes every document, also one that it does not know."""

from __future__ import annotations

import pytest

from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.document import Flat, Record
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.page import Line, Page


class Note:
    """A document that only this test knows."""

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


@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_writes_an_unknown_document(name: str) -> None:
    assert FORMATS[name].write(Note(), Output()) == WRITTEN[name]
