"""Files with errors: the fast reader finds bad slices, the scan explains them, and both count the same rows."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError, Problem
from tests.support.reading import ENGINES, day, loaded, rows, text

HEADER = ("customer_id", "started_at", "ended_at", "status", "plan")
GOOD, BAD = ["2022-01-01", "2022-03-01T10:00", " 2022-05-01 "], ["", "soon", "2022-02-30", "1", "2022-13-01"]
RECORDS = st.tuples(
    st.sampled_from(["A", "B", "", " ", "Total", "x\ny"]),
    st.sampled_from([*GOOD, *GOOD, *BAD]),
    st.sampled_from(["", "", *GOOD, "never"]),
    st.sampled_from(["", "active", "trial", "pending", "ended"]),
    st.sampled_from(["pro", "", "Total", 'a"b']),
).map(list)
SHORT, LONG, TRAILING = ["A", "2022-01-01"], ["A", "2022-01-01", "", "", "pro", "more"], ["A", "2022-01-01", "", "", "", ""]
ODD = st.sampled_from([["", "", "", "", ""], ["Total: 7"], ["Total", "1", "200", "", "", "", ""], SHORT, LONG, TRAILING])
READ = {"2022-01-01": "2022-01-01", "2022-03-01T10:00": "2022-03-01", "2022-05-01": "2022-05-01"}


def fate(cells: list[str]) -> str:
    """Return what should become of a record: "used", the reason to skip it, or "bad row". It repeats the rules in simple code."""
    cells = [cell.strip() for cell in cells]
    if not any(cells):
        return "blank row"
    customer, start, end, status = (cells + [""] * 3)[:4]
    total = next(filter(None, cells)).startswith("Total") and not (customer and start in READ)
    if (any(cells[5:]) or len(cells) < 5) and not total:
        return "bad row"
    if status in ("pending", "trial"):
        return "never started" if status == "pending" else "trial"
    if status == "ended" and not end:
        return "ended, but no date says when"
    if start in READ and READ[start] == READ.get(end):
        return "serves no day"
    if total:
        return "total row"
    wrong = not customer or start not in READ or end == "never"
    return "bad row" if wrong or (end and READ[end] < READ[start]) else "used"


@given(
    records=st.lists(st.one_of(RECORDS, RECORDS, RECORDS, ODD), max_size=12),
    cut=st.sampled_from([60, 1 << 24]),
    engine=st.sampled_from(["pandas", "pandas", "duckdb"]),  # duckdb takes three times as long
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_used_skipped_or_refused_as_it_should(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, records: list[list[str]], cut: int, engine: str
) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.parse.csv_slices.SLICE", cut)
    monkeypatch.setattr("custmetrics_cli.ingest.repair.scan.PORTION", 3)
    path = tmp_path / "customers.csv"
    path.write_text(text(HEADER, records), newline="")
    fates = [fate(record) for record in records]
    with loaded([path], engine, skip_bad_rows=True) as found:
        report = found.inputs[0]
        assert report.excluded == {reason: fates.count(reason) for reason in set(fates) - {"used"}}
        assert (report.read, report.used) == (len(records), fates.count("used"))
        used = [record for record, ends in zip(records, fates, strict=True) if ends == "used"]
        expected = [(r[0], READ[r[1].strip()], READ.get(r[2].strip(), ""), r[4] or None) for r in used]
        assert Counter((row[0], day(row[1]), day(row[2]), row[3]) for row in rows(found)) == Counter(expected)
    if "bad row" in fates:
        with pytest.raises(CustmetricsError) as raised:
            loaded([path], engine)
        starts = _lines(records)
        bad = {line for line, ends in zip(starts, fates, strict=True) if ends == "bad row"}
        assert {problem.place.line for problem in raised.value.problems} == bad if raised.value.total <= 20 else len(bad) > 5


def _lines(records: list[list[str]]) -> list[int]:
    """Return the line on which each record starts."""
    lines, at = [], 2
    for record in records:
        lines.append(at)
        at += 1 + sum(cell.count("\n") for cell in record)
    return lines


def refused(path: Path, content: str, **settings: object) -> list[Problem]:
    path.write_text(content, newline="")
    with pytest.raises(CustmetricsError) as raised:
        loaded([path], **settings)
    return list(raised.value.problems)


def test_twenty_problems_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(text(HEADER[:2], [("A", "soon")] * 50))
    with pytest.raises(CustmetricsError) as raised:
        loaded([path])
    assert (len(raised.value.problems), raised.value.total) == (20, 50)


def test_problems_of_several_files_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("customer_id,started_at\nA,soon\n")
    (tmp_path / "b.csv").write_text("customer_id,started_at\nB,late\n")
    with pytest.raises(CustmetricsError) as raised:
        loaded([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [problem.place.path[-5:] for problem in raised.value.problems] == ["a.csv", "b.csv"]


def test_the_place_of_a_problem_is_right_after_quoted_newlines(tmp_path: Path) -> None:
    problems = refused(tmp_path / "c.csv", 'x;;\ncustomer_id;started_at;note\nA;2022-01-01;"one\ntwo\nthree"\n\nB;soon;"four\nfive"\n')
    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == [("E401", 7, 2)]
    assert problems[0].excerpt == 'B;soon;"four five"'


@pytest.mark.parametrize("engine", ENGINES)
def test_an_open_quote_hides_no_rows(tmp_path: Path, engine: str) -> None:
    """The fast reader alone would read one row, and lose the others."""
    path = tmp_path / "customers.csv"
    path.write_text('customer_id,started_at,plan\nA,2022-01-01,"pro\nB,2022-01-01,pro\nC,2022-01-01,pro\n')
    assert [(problem.code, problem.place.line) for problem in refused(path, path.read_text(), engine=engine)] == [("E504", 2)]
    with loaded([path], engine, skip_bad_rows=True) as found:
        assert [row[0] for row in rows(found)] == ["B", "C"]


def test_an_open_quote_with_a_later_stray_quote_hides_no_rows(tmp_path: Path) -> None:
    problems = refused(tmp_path / "c.csv", 'customer_id,started_at,plan\nA,2022-01-01,"pro\nB,2022-01-01,pro"x\nC,2022-01-01,pro\n')
    assert [(problem.code, problem.place.line) for problem in problems] == [("E505", 2)]


def test_a_quote_within_a_cell_is_text(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text('customer_id,started_at,plan\nA,2022-01-01,5" pipe\nB,2022-01-01,pro\n')
    with loaded([path]) as found:
        assert [row[3] for row in rows(found)] == ['5" pipe', "pro"]


def test_a_long_cell_passes_the_scan(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f'customer_id,started_at,plan\nA,2022-01-01,"{"long " * 400_000}"\nTotal,,\n')
    with loaded([path]) as found:
        assert (found.inputs[0].used, len(found.words["customers"]["plan"][0])) == (1, 1_999_999)


def test_unreadable_cells_never_skip_a_row(tmp_path: Path) -> None:
    """Two unreadable days are not the same day: the row is bad, and is not skipped as "serves no day"."""
    problems = refused(tmp_path / "c.csv", "customer_id,started_at,ended_at\nA,soon,soon\n")
    assert [problem.code for problem in problems] == ["E401", "E401"]


def test_a_skipped_row_is_not_checked(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at,status\nA,,trialing\nB,2022-01-01,active\n")
    with loaded([path]) as found:
        assert found.inputs[0].excluded == {"trial": 1}


FOOTERS = ["Итого;2;;", "Total;1,200;;", "Grand total: 2;-;", "Всего клиентов;1 200;;", "Total;7;8;9;10", "ИТОГО:;всего двое;;"]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_total_row_with_numbers_in_required_columns_is_skipped(tmp_path: Path, footer: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"customer_id;started_at;ended_at;plan\nA;2022-01-01;;pro\n{footer}\n")
    with loaded([path]) as found:
        assert found.inputs[0].excluded == {"total row": 1}


@pytest.mark.parametrize("footer", ["Total: Account;two;;", "Total for pro;2;;", "Итого по тарифу;2;1;", "Sub-total pro;A;;"])
def test_a_total_in_a_column_of_days_is_skipped_with_any_cells_after_it(tmp_path: Path, footer: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"started_at;customer_id;ended_at;plan\n2022-01-01;Total;;pro\n{footer}\n")
    with loaded([path]) as found:
        assert (found.inputs[0].used, found.inputs[0].excluded) == (1, {"total row": 1})


@pytest.mark.parametrize("row", ["Total Ltd;2022-02-30;;", "Totally;7;;", "Total Ltd;30.02.2022;;"])
def test_a_bad_row_of_a_customer_called_total_is_not_skipped(tmp_path: Path, row: str) -> None:
    problems = refused(tmp_path / "customers.csv", f"customer_id;started_at;ended_at;plan\nTotal;2022-01-01;;pro\n{row}\n")
    assert [(problem.code, problem.place.line) for problem in problems] == [("E401", 3)]


def test_rejected_rows_are_written_with_their_places(tmp_path: Path) -> None:
    path, rejects = tmp_path / "customers.csv", tmp_path / "rejects.csv"
    path.write_text('customer_id,started_at,plan\nA,soon,"x,y"\n,late,\nB,2022-01-01,pro\n')
    with loaded([path], skip_bad_rows=True, rejects=str(rejects)) as found:
        assert found.inputs[0].excluded == {"bad row": 2}
        assert [warned.code for warned in found.warnings] == ["W205"]
    written = list(csv.reader(rejects.open(newline="")))
    assert [row[1:4] for row in written[1:]] == [["2", "2", "E401"], ["3", "1", "E408"], ["3", "2", "E401"]]
    assert written[1][5:] == ["A", "soon", "x,y"]


def test_an_amount_that_is_too_large_is_located(tmp_path: Path) -> None:
    content = "customer_id,started_at,amount,interval,quantity\nA,2022-01-01,10,month,1\nB,2022-01-01,9999999999999,day,9999999\n"
    problems = refused(tmp_path / "s.csv", content)
    assert [(problem.code, problem.place.line) for problem in problems] == [("E409", 3)]


def test_a_file_with_late_bytes_that_are_not_utf8_is_recoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the ends of a large file are checked first. If the reader finds other bytes in between, the file is recoded."""
    monkeypatch.setattr("custmetrics_cli.ingest.open.encoding.SMALL", 0)
    monkeypatch.setattr("custmetrics_cli.ingest.open.encoding.CHUNK", 64)
    lines = [f"C{at},2022-01-01,{'Петр' if at == 50 else 'pro'}" for at in range(100)]
    path = tmp_path / "customers.csv"
    path.write_bytes("\n".join(["customer_id,started_at,plan", *lines]).encode("cp1251"))
    with loaded([path]) as found:
        assert found.words["customers"]["plan"] == ("pro", "Петр")


@pytest.mark.parametrize("end", ["\n", "", "\n\n"])
@pytest.mark.parametrize(
    ("ids", "footer", "refused"), [("C1 C2", "Confidential", False), ("C1 C2", "C3", True), ("Anna Bob", "Dora", True)]
)
def test_a_lone_word_below_the_rows_is_a_footer_unless_it_may_be_an_id(
    tmp_path: Path, end: str, ids: str, footer: str, refused: bool
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("".join(["customer_id,started_at\n", *(f"{id_},2022-01-01\n" for id_ in ids.split()), footer, end]), "utf-8")
    if refused:
        with pytest.raises(CustmetricsError):
            loaded([path])
    else:
        with loaded([path]) as found:
            assert (found.inputs[0].used, found.inputs[0].excluded) == (2, {"footer row": 1})


def test_spaces_before_quoted_cells_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('"customer_id", "started_at", "plan"\n"A", "2022-01-01", "a, ""b"""\n"B", "2022-01-02", "x\ny"\n', "utf-8")
    with loaded([path]) as found:
        assert [row[0] for row in rows(found)] == ["A", "B"]
        assert found.words["customers"]["plan"] == ('a, "b"', "x\ny")


def test_single_quotes_may_surround_cells_with_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("'customer_id','started_at','plan'\n'A','2022-01-01','x\ny\nz'\n'B','2022-01-02','it''s'\n", "utf-8")
    with loaded([path]) as found:
        assert found.words["customers"]["plan"] == ("it's", "x\ny\nz")


def test_carriage_returns_may_end_rows_with_line_feeds_inside_quotes(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b'customer_id,plan,started_at\rA,"x\ny",2022-01-01\rB,z,2022-01-02\r')
    with loaded([path]) as found:
        assert (found.inputs[0].used, found.words["customers"]["plan"]) == (2, ("x\ny", "z"))
