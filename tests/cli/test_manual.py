"""The manual page names every command and option, and has no line that man would take for a command."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from custmetrics_cli.cli.app import all_commands
from custmetrics_cli.cli.options.manual import manual

REQUESTS = (".TH ", ".SH ", ".SS ", ".TP", ".B ")


def test_the_manual_names_every_command_and_option() -> None:
    page = manual(all_commands()).replace("\\-", "-")
    assert all(f".B {name}\n" in page for name in all_commands())
    options = {spec.name for command in all_commands().values() for spec in command.options.specs.values()}
    assert all(re.search(rf"^\.B .*--{name}( |$)", page, re.MULTILINE) for name in options)


def test_only_requests_begin_with_a_full_stop() -> None:
    lines = manual(all_commands()).splitlines()
    assert all(line.startswith(REQUESTS) for line in lines if line.startswith((".", "'")))


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_groff_reads_the_manual_without_a_warning() -> None:
    found = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=manual(all_commands()), capture_output=True, text=True, check=True)
    assert found.stderr == ""
    assert "COMMAND" in found.stdout
