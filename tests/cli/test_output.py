"""-o writes a file completely or not at all, and --fail-if turns the answer into a status."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .test_manners import ASK


class TestMaxAge:
    @pytest.mark.parametrize(
        ("words", "status"),
        [("--max-age 30d", 3), ("--max-age 80 -q", 0), ("--max-age 11w", 0), ("--max-age 3d -q --json", 3), ("--max-age 48h", 3)],
    )
    def test_older_data_is_refused(self, here, words: str, status: int) -> None:
        done = here("churn", "--period", "2022-Q2", "--today", "2022-08-04", "customers.csv", *words.split())
        assert done.status == status
        assert ("E271" in done.err) == (status == 3)

    def test_a_day_of_the_export_counts_as_its_last_day(self, here) -> None:
        asked = ["churn", "--period", "2022-Q2", "--today", "2022-08-04", "customers.csv", "--max-age", "3d"]
        assert here(*asked, "--as-of", "2022-08-02").status == 0

    @pytest.mark.parametrize("text", ["soon", "1m", "36h", "3days ago", "-1d"])
    def test_other_ages_are_refused(self, here, text: str) -> None:
        assert here(*ASK.split(), f"--max-age={text}").status == 2


class TestOutputFile:
    def test_the_suffix_decides_the_format(self, shell, folder: Path) -> None:
        shell(f"$C {ASK} -o churn.json && $C {ASK} -o churn.csv && $C {ASK} -o churn.md && $C {ASK} -o churn.txt")
        assert json.loads((folder / "churn.json").read_text())["results"]
        assert (folder / "churn.csv").read_text().startswith("metric,")
        assert "|" in (folder / "churn.md").read_text()
        assert (folder / "churn.txt").read_text()

    def test_a_file_gets_every_character_in_any_locale(self, shell, folder: Path) -> None:
        done = shell(f"LC_ALL=C $C {ASK} --by plan -o churn.csv", PYTHONIOENCODING="ascii")
        assert done.stdout == b""
        assert "Köln" in (folder / "churn.csv").read_text("utf-8")

    @pytest.mark.parametrize("words", ["-o customers.csv", "-o ./customers.csv", "--skip-bad-rows --rejects customers.csv"])
    def test_an_input_is_not_overwritten(self, here, folder: Path, words: str) -> None:
        before = (folder / "customers.csv").read_bytes()
        assert here(*ASK.split(), *words.split()).status == 2
        assert (folder / "customers.csv").read_bytes() == before

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ("-o churn.csv", "written: churn.csv (1 row)\n"),
            ("--by plan -o churn.tsv", "written: churn.tsv (3 rows)\n"),
            ("-o churn.json", "written: churn.json\n"),
            ("--skip-bad-rows --rejects bad.csv", "written: bad.csv\n"),
            ("-o churn.csv -q", ""),
            ("-o /dev/null", ""),
        ],
    )
    def test_each_file_is_named(self, shell, words: str, message: str) -> None:
        assert shell(f"$C {ASK} {words} > /dev/null").stderr.decode() == message

    @pytest.mark.parametrize(
        ("words", "header", "value"),
        [
            ("--excel", "metric;definition;unit", "0,25"),
            ("--excel --lang ru", "metric;definition;unit", "0,25"),
            ("--excel --lang en", "metric,definition,unit", "0.25"),
        ],
    )
    def test_excel_opens_the_file(self, shell, folder: Path, words: str, header: str, value: str) -> None:
        shell(f"$C {ASK} {words} -o churn.csv && $C {ASK} {words} > piped.csv")
        written = (folder / "churn.csv").read_bytes()
        assert written.startswith(b"\xef\xbb\xbf" + header.encode())
        assert value.encode() in written
        assert written == (folder / "piped.csv").read_bytes()

    def test_devices_are_written_directly(self, shell) -> None:
        assert shell(f"$C {ASK} --json -o /dev/stdout | cat").stdout.startswith(b"{")
        assert shell(f"$C {ASK} -o /dev/null").returncode == 0

    @pytest.mark.parametrize("target", [".", "missing/churn.json", "/dev/full"])
    def test_an_answer_that_cannot_be_written_is_an_error(self, shell, folder: Path, target: str) -> None:
        done = shell(f"$C {ASK} -o {target}")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"E145 the answer cannot be written" in done.stderr
        assert sorted(path.name for path in folder.iterdir()) == ["customers.csv"]

    def test_a_full_disk_behind_standard_output_is_an_error(self, shell) -> None:
        done = shell(f"$C {ASK} > /dev/full")
        assert done.returncode == 2
        assert b"E145 the answer cannot be written: No space left on device" in done.stderr

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_read_only_directory_is_an_error(self, shell, folder: Path) -> None:
        (folder / "out").mkdir(mode=0o555)
        assert shell(f"$C {ASK} -o out/churn.json").returncode == 2

    def test_a_failed_run_keeps_the_old_file(self, shell, folder: Path) -> None:
        (folder / "churn.json").write_text("old")
        assert shell("$C churn -p 2022-Q2 missing.csv -o churn.json").returncode == 3
        assert (folder / "churn.json").read_text() == "old"

    def test_a_failed_write_keeps_the_old_file(self, folder: Path, here, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "churn.json").write_text("old")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert here(*ASK.split(), "-o", "churn.json").status == 2
        assert (folder / "churn.json").read_text() == "old"
        assert sorted(path.name for path in folder.iterdir()) == ["churn.json", "customers.csv"]

    def test_links_and_permissions_are_kept(self, shell, folder: Path) -> None:
        (folder / "real.json").write_text("old")
        (folder / "real.json").chmod(0o640)
        (folder / "churn.json").symlink_to("real.json")
        assert shell(f"$C {ASK} -o churn.json").returncode == 0
        assert (folder / "churn.json").is_symlink()
        assert (folder / "real.json").stat().st_mode & 0o777 == 0o640
        assert json.loads((folder / "real.json").read_text())


class TestFailIf:
    @pytest.mark.parametrize(
        ("test", "status"),
        [
            ("churn > 5%", 1),
            ("churn > 90%", 0),
            ("value>=0.05", 1),
            ("churn < 5%", 0),
            ("churn != 0", 1),
            ("churn = 0", 0),
            ("churn<=1", 1),
        ],
    )
    def test_the_status_is_1_if_the_test_holds(self, here, test: str, status: int) -> None:
        said = here(*ASK.split(), "--json", "--fail-if", test)
        assert said.status == status
        assert json.loads(said.out)["results"]

    def test_the_status_is_1_without_a_value(self, here) -> None:
        assert here("churn", "-p", "2020-Q1", "customers.csv", "-q", "--fail-if", "churn > 5%").status == 1

    @pytest.mark.parametrize(
        ("metric", "test", "code", "better"),
        [
            ("customers", "customers < 1,000", "E113", "customers < 1000"),
            ("customers", "customers < 1 234 567", "E113", "customers < 1234567"),
            ("customers", "churn >= 1k", "E113", "customers >= 1000"),
            ("lifetime", "lifetime < 6 months", "E113", "lifetime < 6"),
            ("churn", "churn => 5,5 percent", "E113", "churn >= 5.5%"),
            ("churn", "retention < 90", "E113", "churn < 90%"),
            ("churn", "churn > 1e-3", "E113", "churn > 5%"),
            ("churn", "much", "E113", "churn > 5%"),
            ("churn", "churn > 5", "E131", "churn > 5%"),
            ("growth", "value < -1.5", "E131", "growth < -1.5%"),
            ("customers", "customers < 10%", "E132", "customers < 10"),
        ],
    )
    def test_a_wrong_test_is_refused_and_its_hint_works(self, here, metric: str, test: str, code: str, better: str) -> None:
        said = here(metric, "-p", "2022-Q2", "customers.csv", "--fail-if", test)
        assert (said.status, said.out, said.err[:4]) == (2, "", code)
        assert f"hint: write it as '{better}'\n" in said.err
        assert here(metric, "-p", "2022-Q2", "customers.csv", "--fail-if", better).status in (0, 1)

    def test_the_status_is_1_if_the_test_holds_for_one_group(self, here) -> None:
        assert here(*ASK.split(), "--by", "plan", "--where", "plan in basic,pro", "--fail-if", "churn >= 50%").status == 1


class TestList:
    @pytest.mark.parametrize("words", ["--fail-if churn>5%", "--every month", "--compare previous"])
    def test_options_about_a_value_are_refused_with_list(self, here, words: str) -> None:
        said = here(*ASK.split(), "--list", "lost", *words.split())
        assert (said.status, said.out) == (2, "")
        assert f"E146 --list and {words.split()[0]} cannot be combined\n" in said.err


class TestComments:
    TEXT = 'responded_at,score,comment\n2022-04-01,1,"[red]x[/] <b> | \x1b[2J"\n2022-04-02,10,=1+1\n'

    @pytest.mark.parametrize(
        ("format", "shown"),
        [
            ("table", "[red]x[/] <b> | \\x1b[2J"),
            ("markdown", r"\[red\]x\[/\] &lt;b&gt; \| \\x1b\[2J"),
            ("json", '"[red]x[/] <b> | \\u001b[2J"'),
        ],
    )
    def test_comments_are_shown_and_never_interpreted(self, here, folder: Path, format: str, shown: str) -> None:
        (folder / "said.csv").write_text(self.TEXT)
        said = here("nps", "-p", "2022-04", "said.csv", "--comments", "detractors", "-f", format)
        assert (said.status, shown in said.out, "\x1b" in said.out) == (0, True, False), said.out

    def test_formulas_in_comments_are_escaped_for_spreadsheets(self, here, folder: Path) -> None:
        (folder / "said.csv").write_text(self.TEXT)
        assert "'=1+1" in here("nps", "-p", "2022-04", "said.csv", "--comments", "promoters", "-f", "csv").out

    def test_only_metrics_of_surveys_have_comments(self, here) -> None:
        assert "--comments" in here("nps", "--help-all").out
        assert "--comments" not in here("churn", "--help-all").out


class TestChecks:
    """What failed is named on standard error and in JSON, also with --quiet."""

    def test_a_failed_check_names_its_values(self, here) -> None:
        said = here(*ASK.split(), "-q", "--fail-if", "lost >= 0", "--fail-if", "churn > 100%")
        assert said.status == 1
        assert said.err.startswith("failed: lost >= 0: lost is ")
        assert said.err.count("\n") == 1

    def test_json_has_every_check(self, here) -> None:
        said = here(*ASK.split(), "--json", "--fail-if", "lost >= 0", "--fail-if", "churn > 100%")
        checks = json.loads(said.out)["checks"]
        assert [(check["test"], check["failed"], len(check["results"])) for check in checks] == [
            ("lost >= 0", True, 1),
            ("churn > 100%", False, 0),
        ]
        assert checks[0]["results"][0]["group"] == {}

    def test_a_total_is_no_share(self, here) -> None:
        said = here(*ASK.split(), "--fail-if", "lost > 3%")
        assert (said.status, "E132" in said.err, "'lost > 30'" in said.err) == (2, True, True)
