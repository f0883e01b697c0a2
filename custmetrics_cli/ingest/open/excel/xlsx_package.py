"""The parts of an .xlsx file, which is a zip of XML files: the sheets by name, and the number formats of its cells."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import ZipFile

from custmetrics_cli.ingest.open.excel.number_format import PERCENT_IDS, Shown, shown_by

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CHUNK = 8 << 20  # bytes of XML that are searched at a time


class XlsxPackage:
    """An .xlsx file. Names of parts are compared without case, as Excel compares them."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path)
        self._parts = {name.casefold().lstrip("/"): name for name in self._zip.namelist()}

    def close(self) -> None:
        self._zip.close()

    @property
    def is_xlsx(self) -> bool:
        """False for .xlsb and .ods, which are zip files too."""
        return self.workbook.endswith(".xml") and self.workbook.casefold() in self._parts

    @property
    def is_ods(self) -> bool:
        return "content.xml" in self._parts

    def rows(self, sheet: str) -> Iterator[bytes]:
        """Yield the XML of a sheet in pieces that end with a row."""
        part = self._sheets.get(sheet, "")
        if part.casefold() not in self._parts:
            return
        rest = b""
        with self._zip.open(self._parts[part.casefold()]) as stream:
            while data := stream.read(CHUNK):
                rest += data
                cut = rest.rfind(b"row>") + 4
                if cut > 3:
                    yield rest[:cut]
                    rest = rest[cut:]
        yield rest

    @cached_property
    def recalculates(self) -> bool:
        """True if Excel computes all formulas when it opens the file: the stored results may be placeholders."""
        tag = next((each for each in self._tree(self.workbook).iter() if _local(each.tag) == "calcPr"), None)
        return tag is not None and tag.get("fullCalcOnLoad") in ("1", "true")

    @cached_property
    def styles(self) -> dict[int, Shown]:
        """Return the cell styles whose number format changes the meaning of a number."""
        path = next((target for kind, _, target in self._relations(self.workbook) if kind == "styles"), "")
        if path.casefold() not in self._parts:
            return {}
        tree = self._tree(path)
        codes = PERCENT_IDS | {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in _all(tree, "numFmt")}
        formats = [int(each.get("numFmtId", 0)) for group in _all(tree, "cellXfs") for each in _all(group, "xf")]
        shown = {at: shown_by(codes.get(number, "")) for at, number in enumerate(formats)}
        return {at: function for at, function in shown.items() if function}

    def part(self, name: str) -> bytes:
        """Return the content of a part; b"" if there is none."""
        return self._zip.read(self._parts[name.casefold()]) if name.casefold() in self._parts else b""

    @cached_property
    def relations(self) -> list[tuple[str, str, str]]:
        """The kind, the key and the path of each part of the workbook."""
        return self._relations(self.workbook)

    @cached_property
    def workbook(self) -> str:
        """The path of the workbook's main part."""
        return next((target for kind, _, target in self._relations("") if kind == "officeDocument"), "xl/workbook.xml")

    @cached_property
    def _sheets(self) -> dict[str, str]:
        targets = {key: target for _, key, target in self._relations(self.workbook)}
        found = {}
        for each in _all(self._tree(self.workbook), "sheet"):
            key = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
            found[each.get("name", "")] = targets.get(key, "")
        return found

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return the kind, the key and the path of each part that a part refers to. "": the package itself."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path.casefold() not in self._parts:
            return []
        tags = _all(self._tree(path), "Relationship")
        return [(posixpath.basename(each.get("Type", "")), each.get("Id", ""), _joined(folder, each.get("Target", ""))) for each in tags]

    def _tree(self, part: str) -> Element:
        return ElementTree.fromstring(self._zip.read(self._parts[part.casefold()]))


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _all(tree: Element, name: str) -> list[Element]:
    return [each for each in tree.iter() if _local(each.tag) == name]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
