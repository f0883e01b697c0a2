"""Attacks with a seed: signals at any moment, changed bytes, payloads in every format, archives. `make test-hostile` prints the seed."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import Choice
from custmetrics_cli.core.safety.characters import HARMFUL

COMMAND = str(Path(sys.executable).with_name("custmetrics"))
SEED = int(os.environ.get("HOSTILE_SEED") or random.SystemRandom().randrange(10**6))
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
MOMENTS, MUTATIONS, ARCHIVES = 200, 1_000, 50
HARM = ("\x1b[2J", "\x1b]0;x\x07", "\x9b2J", "\u202eabc", "\u200b", "\u00ad", "\u3164", "\ufe0f", "\u2028", "\x00", "\r", "\x7f", "\u2066")
ACTS = ("=1+1", "@SUM(A1)", "+1+1", " =1", "\xa0=1", "'=1", "[red]x[/]", "<img src=x>", "https://example.org", "www.example.org", "a@b.org")
PAYLOADS = [start + harm + end for harm in (*HARM, *ACTS) for start, end in (("", ""), ("a", "b"), ("", "=1"), ("C ", " 1"), ('"', "'"))]
SHELL = (
    "$(touch PWNED)",
    "`touch PWNED`",
    "'; touch PWNED; '",
    '"; touch PWNED; "',
    "a b",
    "!x",
    "\\",
    "~",
    "*",
    "-x",
    "$HOME",
    "a\tb",
    "#",
    "&",
)
FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown")
ASK = ("churn", "-p", "2022-Q2")


@pytest.fixture(scope="module")
def chance() -> random.Random:
    print(f"\nseed {SEED}")  # noqa: T201
    return random.Random(SEED)


def rows(count: int) -> str:
    head = "customer_id,started_at,ended_at,plan\n"
    return head + "".join(f"C{n},2021-{n % 12 + 1:02}-05,{'2022-05-20' if n % 7 == 0 else ''},p{n % 3}\n" for n in range(count))


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_a_signal_at_any_moment_leaves_nothing(tmp_path: Path, chance: random.Random, engine: str) -> None:
    (tmp_path / "scratch").mkdir()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(rows(50_000).encode()))
    (tmp_path / "out.csv").write_text("old")
    command = [COMMAND, *ASK, "a.csv.gz", "--engine", engine, "--list", "lost", "-o", "out.csv"]
    environment = {"TMPDIR": str(tmp_path / "scratch"), "PATH": os.environ["PATH"]}
    started = time.time()
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    usual, whole = time.time() - started, (tmp_path / "out.csv").read_text()
    for _ in range(MOMENTS // 2):
        (tmp_path / "out.csv").write_text("old")
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.02, 1.1 * usual))
        process.send_signal(chance.choice(SIGNALS))
        process.wait(60)
        assert [*(tmp_path / "scratch").iterdir()] == []
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv.gz", "out.csv", "scratch"]
        assert (tmp_path / "out.csv").read_text() in ("old", whole)


@pytest.mark.hostile
def test_changed_bytes_are_never_an_internal_error(here, folder: Path, chance: random.Random) -> None:
    original = rows(60).encode()
    for number in range(MUTATIONS):
        data = bytearray(original)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        (folder / "m.csv").write_bytes(data)
        said = here(*ASK, "m.csv", "--json", *chance.choice(((), ("--skip-bad-rows",), ("--by", "plan"))))
        assert said.status in (0, 2, 3), (number, said.err)
        json.loads(said.out or said.err)


@pytest.mark.hostile
def test_archives_are_read_or_refused(here, folder: Path, chance: random.Random) -> None:
    text = rows(500).encode()
    packers = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    for number in range(ARCHIVES):
        kind = chance.choice([*packers, "zip"])
        path = folder / f"{number}.csv.{kind}"
        if kind == "zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(chance.choice(("a.csv", "../a.csv", "/a.csv", "x/a.csv")), text)
        else:
            path.write_bytes(packers[kind](text))
        if chance.random() < 0.7:
            data = bytearray(path.read_bytes())
            at = chance.randrange(len(data))
            path.write_bytes(data[:at] if chance.random() < 0.5 else data[:at] + chance.randbytes(3) + data[at + 3 :])
        said = here(*ASK, path.name)
        assert said.status in (0, 3), said.err


def check_payload(here, folder: Path, payload: str, format: str) -> None:
    cell = '"' + f"C{payload}".replace('"', '""') + '"'
    (folder / "p.csv").write_text(f"customer_id,started_at,ended_at,plan\n{cell},2021-01-01,2022-05-05,\n", "utf-8", newline="")
    said = here(*ASK, "p.csv", "--list", "lost", "-f", format)
    shown = said.out + said.err
    assert "E9" not in said.err[:2]
    assert not HARMFUL.search(shown.replace("\n", "").replace("\t", "")), (payload, shown)
    if format == "markdown":
        assert not any(mark in said.out for mark in ("<img", "https://", "a@b"))


@pytest.mark.parametrize("format", FORMATS)
def test_a_payload_does_nothing(here, folder: Path, format: str) -> None:
    for payload in PAYLOADS[::24]:
        check_payload(here, folder, payload, format)


@pytest.mark.hostile
@pytest.mark.parametrize("format", FORMATS)
def test_no_payload_does_anything(here, folder: Path, format: str) -> None:
    for payload in PAYLOADS:
        check_payload(here, folder, payload, format)


@pytest.mark.parametrize("word", SHELL)
@pytest.mark.parametrize("value", ["{}", "name={}", "{}=dmy", "plan != {}"])
def test_a_pasted_hint_runs_no_code(tmp_path: Path, word: str, value: str) -> None:
    text = str(Choice("column", value.format(word)))
    done = subprocess.run(["bash", "-c", f"printf '%s\\0' {text}"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.split(b"\0")[:2] == [b"--column", value.format(word).encode()]
    assert [*tmp_path.iterdir()] == []
