"""No output touches an input, and every output is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from custmetrics_cli.core.safety import writing
from custmetrics_cli.core.safety.writing import new_file, whole_run


@pytest.fixture(params=["nameless", "named"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write with both kinds of temporary files."""
    if request.param == "named":
        monkeypatch.setattr(writing, "NAMELESS", 0)
    return request.param


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_private_until_it_is_complete(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o664)
    with new_file(str(target)) as file:
        file.write(b"new")
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        assert target.read_text() == "old"
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode), names(tmp_path)) == ("new", 0o664, ["a.csv"])


def test_a_new_file_follows_the_umask(tmp_path: Path, kind: str) -> None:
    mask = os.umask(0o027)
    try:
        with new_file(str(tmp_path / "a.csv")) as file:
            file.write(b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


def write_and_fail(folder: Path, error: type[BaseException]) -> None:
    with whole_run():
        for name in ("a.csv", "b.csv"):
            with new_file(str(folder / name)) as file:
                file.write(b"new")
        assert (folder / "a.csv").read_text() == "old"
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failed_run_changes_no_file(tmp_path: Path, kind: str, error: type[BaseException]) -> None:
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(error):
        write_and_fail(tmp_path, error)
    assert (names(tmp_path), (tmp_path / "a.csv").read_text()) == (["a.csv"], "old")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_owner_and_group_are_kept(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    os.chown(target, 1234, 5678)
    with new_file(str(target)) as file:
        file.write(b"new")
    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 5678)


class TestInputs:
    """The command `churn` with an output that leads to its input."""

    ASK = ("churn", "-p", "2022-Q2", "customers.csv")

    @pytest.mark.parametrize("make", [os.link, os.symlink], ids=["hard", "symbolic"])
    @pytest.mark.parametrize("words", ["-o alias.csv", "--skip-bad-rows --rejects alias.csv"])
    def test_links_to_an_input_are_refused(self, here, folder: Path, make, words: str) -> None:
        make("customers.csv", "alias.csv")
        before = (folder / "customers.csv").read_bytes()
        said = here(*self.ASK, *words.split())
        assert (said.status, "E153" in said.err) == (2, True)
        assert (folder / "customers.csv").read_bytes() == before

    @pytest.mark.parametrize(
        "words", ["churn -p 2022-Q2 - < customers.csv >> customers.csv", "churn -p 2022-Q2 - < customers.csv -o customers.csv"]
    )
    def test_standard_streams_are_files_too(self, shell, folder: Path, words: str) -> None:
        before = (folder / "customers.csv").read_bytes()
        done = shell(f"$C {words}")
        assert (done.returncode, b"E153" in done.stderr) == (2, True), done.stderr
        assert (folder / "customers.csv").read_bytes() == before

    @pytest.mark.parametrize("words", ["--benchmarks b.csv -o b.csv", "--config b.csv -o b.csv"])
    def test_a_file_beside_the_inputs_is_an_input(self, here, folder: Path, words: str) -> None:
        (folder / "b.csv").write_text("")
        assert here(*self.ASK, *words.split()).status == 2
        assert (folder / "b.csv").read_text() == ""

    def test_a_log_that_is_appended_to_keeps_its_lines(self, shell, folder: Path) -> None:
        (folder / "log").write_text("old\n")
        assert shell("$C churn -p 2022-Q2 customers.csv -o /dev/stdout >> log").returncode == 0
        assert (folder / "log").read_text().startswith("old\nCustomer churn")

    def test_rejects_of_a_failed_run_are_not_written(self, here, folder: Path) -> None:
        (folder / "bad.csv").write_text("customer_id,started_at,ended_at\nC1,2021-01-01,\nC2,20x1-01-01,\n")
        (folder / "rejects.csv").write_text("old")
        said = here("churn", "-p", "2022-Q2", "bad.csv", "--skip-bad-rows", "--rejects", "rejects.csv", "-o", "missing/a.csv")
        assert (said.status, (folder / "rejects.csv").read_text()) == (2, "old")
