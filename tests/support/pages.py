"""README and guide: their blocks, links and generated tables.

A fenced block is one of these:
- `console`: commands behind `$ ` with what they print; `console status=3` when the last command ends with 3;
- `sh`: commands whose output is not shown; `sh not-run: REASON` when the suite cannot run them;
- `LANGUAGE FILE`: a file that the commands below it use;
- `text`: anything else.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.session import run_command
from tests.support.source_code import PACKAGE, ROOT

GUIDE = ROOT / PACKAGE / "guide"
PAGES = [ROOT / "README.md", *sorted(GUIDE.glob("*.md"))]
BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)
STATUS = re.compile(r"console(?: status=(?P<status>[1-4]))?")
FILE = re.compile(r"[a-z]+ (?P<name>[\w.-]+)")
SHOW_STATUS = "; echo $?"
NOT_RUN = "sh not-run: "
TOOLS = ("jq", "iconv")  # pages use them; a machine without them leaves these examples as they are
MISSING_TOOL = re.compile("|".join([rf"\b{tool}\b" for tool in TOOLS if not shutil.which(tool)] or ["(?!)"]))
LINK = re.compile(r"\]\((?P<target>[^)#\s]*)(?:#(?P<anchor>[^)\s]*))?\)")


@dataclass(frozen=True)
class Page:
    """A page and the folder in which its commands run."""

    path: Path
    folder: Path

    def rerun(self, text: str) -> str:
        """Return the text with what its commands print now. Raises AssertionError when a command ends with an unexpected status."""
        return BLOCK.sub(lambda block: f"```{block['info']}\n{self._block(block['info'], block['body'])}```", text)

    def _block(self, info: str, body: str) -> str:
        if MISSING_TOOL.search(body) or info == "text" or info.startswith(NOT_RUN):
            return body
        if console := STATUS.fullmatch(info):
            return self._console(body, int(console["status"] or 0))
        if info == "sh":
            self._script(body)
            return body
        file = FILE.fullmatch(info)
        assert file, f"{self.path.name}: no such kind of block: {info}"
        (self.folder / file["name"]).write_text(body, encoding="utf-8")
        return body

    def _console(self, body: str, status: int) -> str:
        commands = COMMAND.findall(body)
        assert body.startswith("$ "), f"{self.path.name}: a console block begins with a command: {body}"
        expected = [0] * (len(commands) - 1) + [status]
        shown = [(f"$ {command}\n", self._run(command, end)) for command, end in zip(commands, expected, strict=True)]
        return "".join(f"{line}{text}" + "\n" * bool(text) for line, text in shown).removesuffix("\n")

    def _script(self, body: str) -> None:
        """Run line by line; as one script when a line goes on."""
        lines = [line for line in body.splitlines() if line.strip() and not line.startswith("#")]
        whole = any(line.startswith(" ") or line.endswith(("\\", "; do", "; then")) for line in lines)
        for command in [body] if whole else lines:
            self._run(command.split("  # ")[0], 0)

    def _run(self, command: str, expected: int) -> str:
        if command.endswith(SHOW_STATUS):
            status, text = run_command(command.removesuffix(SHOW_STATUS), self.folder)
            return f"{text}{status}\n"
        status, text = run_command(command, self.folder)
        assert status == expected, f"{self.path.name}: `{command}` ends with {status}, not {expected}\n{text}"
        return text


def code_of(text: str) -> str:
    """Return the code of a page: its commands and what stands between backticks."""
    blocks = [line for block in BLOCK.finditer(text) for line in block["body"].splitlines() if not block["info"].startswith("console")]
    return "\n".join([*COMMAND.findall(text), *blocks, *re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))])


def anchors(text: str) -> set[str]:
    """Return the anchors of the headers, as they are made for web pages.

    >>> anchors("# Net new MRR, in short")
    {'net-new-mrr-in-short'}
    """
    headers = re.findall(r"^#+ (.*)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", header.casefold()).replace(" ", "-") for header in headers}


def broken_links(path: Path) -> Iterator[str]:
    """Yield the links of a page that lead nowhere; links to the web are not followed."""
    for link in LINK.finditer(path.read_text(encoding="utf-8")):
        target = path.parent / link["target"] if link["target"] else path
        if "://" not in link["target"] and not _exists(target, link["anchor"]):
            yield link[0]


def _exists(target: Path, anchor: str | None) -> bool:
    return target.exists() and (not anchor or anchor in anchors(target.read_text(encoding="utf-8")))
