"""`custmetrics diff`: worked examples, random edits, and the same comparison in the other direction."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from custmetrics_cli.cli.commands.diff import HELP as DIFF
from custmetrics_cli.cli.run import run
from custmetrics_cli.core.diff import RowChange
from custmetrics_cli.ingest.compare.exports import Exports
from custmetrics_cli.ingest.compare.row_diff import RowDiff, compare_rows
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.render.data.schema import schema_text
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection
from tests.support.asking import ENGINES, TODAY

HEADER = "customer_id,started_at,ended_at,plan"
OLD = ["C1,2021-01-05,,pro", "C2,2021-02-01,2022-05-20,basic", "C3,2021-03-01,,basic", "C4,2021-04-01,,pro", "C5,2021-05-01,,pro"]
NEW = ["C1,2021-01-05,2022-05-30,pro", "C2,2021-02-01,2022-05-20,basic", "C3,2021-03-01,,pro", "C5,2021-05-10,,pro", "C6,2022-04-10,,pro"]
AT = ("--period", "2022-Q2", "--today", "2022-08-01", "--as-of", "2022-07-31")
Ask = Callable[..., Any]


def csv(rows: Sequence[str], header: str = HEADER) -> str:
    return "\n".join([header, *rows, ""])


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return a function that compares two files: its JSON, or the printed text with plain=True."""
    monkeypatch.chdir(tmp_path)

    def go(old: str, new: str, *more: str, table: str = "customers", status: int = 0, plain: bool = False) -> Any:
        for side, text in (("old", old), ("new", new)):
            Path(side).mkdir(exist_ok=True)
            Path(side, f"{table}.csv").write_text(text, "utf-8")
        assert run(["diff", "old", "new", *AT, *([] if plain else ["--json"]), *more]) == status
        out, err = capsys.readouterr()
        if plain:
            return out
        document = json.loads(out)
        Draft202012Validator(json.loads(schema_text())).validate(document)
        return document["diff"] | {"warnings": document["warnings"], "stderr": err}

    return go


def by_metric(found: Any) -> dict[str, Any]:
    return {each["metric"]: each for each in found["changed"]}


def row(found: Any, customer: str) -> Any:
    (each,) = (each for each in found["rows"] if each["customer_id"] == customer)
    return each


def test_a_worked_example(ask: Ask) -> None:
    """Old: 1 of 5 customers left. New: 2 of 4, as C4 vanished and C1 has an end date. C3 has another plan, C5 another start."""
    found = ask(csv(OLD), csv(NEW))
    churn = by_metric(found)["churn"]
    assert (churn["old"], churn["new"], churn["difference"]) == (0.2, 0.5, 0.3)
    assert churn["totals"]["lost"] == {"old": 1, "new": 2, "difference": 1, "by": {"C1": 1}}
    assert churn["totals"]["opening"] == {"old": 5, "new": 4, "difference": -1, "by": {"C4": -1}}
    assert by_metric(found)["customers"]["totals"]["new"]["by"] == {"C6": 1}
    kinds = {each["customer_id"]: each["kind"] for each in found["rows"]}
    assert kinds == {"C1": "changed", "C3": "changed", "C4": "vanished", "C5": "changed", "C6": "added"}
    assert row(found, "C1")["cells"] == [{"column": "ended_at", "old": None, "new": "2022-05-30"}]
    assert row(found, "C3")["cells"] == [{"column": "plan", "old": "basic", "new": "pro"}]
    assert row(found, "C5")["cells"] == [{"column": "started_at", "old": "2021-05-01", "new": "2021-05-10"}]
    assert row(found, "C5")["key"] == {"started_at": "2021-05-01"}
    assert "churn" in row(found, "C1")["moves"]
    assert row(found, "C3")["moves"] == []
    counts = {each["kind"]: (each["rows"], each["idle"]) for each in found["counts"]}
    assert counts == {"vanished": (1, 0), "added": (1, 0), "changed": (3, 2)}


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "tsv", "jsonl"])
def test_every_format_shows_totals_customers_and_rows(ask: Ask, form: str) -> None:
    printed = ask(csv(OLD), csv(NEW), "--format", form, plain=True)
    assert all(word in printed for word in ("lost", "C1", "C4", "C6", "basic", "2022-05-30"))


def test_every_engine_gives_the_same_bytes(ask: Ask) -> None:
    assert len({ask(csv(OLD), csv(NEW), "--engine", engine, "--format", "json", plain=True) for engine in ENGINES}) == 1


def test_the_same_rows_in_another_order_are_no_difference(ask: Ask) -> None:
    found = ask(csv(OLD), csv(OLD[::-1]), "--fail-if-changed")
    assert (found["changed"], found["rows"], sum(each["rows"] for each in found["counts"])) == ([], [], 0)
    assert "churn" in found["same"]
    assert "no differences: " in ask(csv(OLD), csv(OLD), plain=True)


def test_fail_if_changed_sets_the_exit_status(ask: Ask) -> None:
    """A row without effect changes no metric, so the status is 0."""
    ask(csv(OLD), csv(NEW), "--fail-if-changed", status=1)
    idle = ask(csv(OLD), csv([*OLD[:2], "C3,2021-03-01,,pro", *OLD[3:]]), "--fail-if-changed")
    assert (len(idle["rows"]), idle["changed"]) == (1, [])


def test_text_shows_the_first_rows_and_data_has_all(ask: Ask) -> None:
    new = [f"N{n:03},2022-05-01,,pro" for n in range(45)]
    assert len(ask(csv(OLD), csv([*OLD, *new]))["rows"]) == 45
    assert len(ask(csv(OLD), csv([*OLD, *new]), "--rows", "7")["rows"]) == 7
    page = ask(csv(OLD), csv([*OLD, *new]), plain=True)
    assert "45 added" in page
    assert (page.count("│ added"), "the first 20 of 45 rows" in page) == (20, True)


def test_rows_that_change_metrics_come_first(ask: Ask) -> None:
    found = ask(csv(OLD), csv(NEW), "--rows", "3")
    assert [bool(each["moves"]) for each in found["rows"]] == [True] * 3


def test_equal_rows_are_matched_one_to_one(ask: Ask) -> None:
    """Of three copies two remain: one vanished. An edited copy is a changed row."""
    found = ask(csv([*OLD, OLD[0], OLD[0]]), csv([*OLD, OLD[0]]))
    assert [(each["customer_id"], each["kind"]) for each in found["rows"]] == [("C1", "vanished")]
    found = ask(csv([*OLD, OLD[0]]), csv([*OLD, "C1,2021-01-05,,basic"]))
    assert [(each["customer_id"], each["kind"]) for each in found["rows"]] == [("C1", "changed")]


def test_a_row_that_is_skipped_in_one_file_has_changed(ask: Ask) -> None:
    header = f"{HEADER},status"
    old, new = (csv([f"{each},active" for each in OLD[2:]] + [f"C9,2022-02-01,,pro,{status}"], header) for status in ("active", "trial"))
    found = ask(old, new)
    assert row(found, "C9")["aside"] == {"old": None, "new": "trial"}
    assert row(found, "C9")["cells"] == [{"column": "status", "old": "active", "new": "trial"}]
    assert by_metric(found)["customers"]["totals"]["opening"]["by"] == {"C9": -1}


def test_other_formats_of_the_same_values_are_no_difference(ask: Ask) -> None:
    """Date formats, decimal marks, words and the order of columns and rows do not matter."""
    old = csv(["C1,2021-01-31,1200.50,live", "C2,2021-02-13,30,canceled"], "customer_id,started_at,amount,status")
    new = "Status;Client;Start;Price\ncancelled;C2;13.02.2021;30,00\nactive;C1;31.01.2021;1 200,50\n"
    old = old.replace("status", "status,ended_at").replace("live", "live,").replace("canceled", "canceled,2022-01-05")
    new = new.replace("Price", "Price;End").replace("30,00", "30,00;05.01.2022").replace("200,50", "200,50;")
    assert ask(old, new, table="subscriptions")["rows"] == []


def test_subscriptions_are_matched_by_their_id(ask: Ask) -> None:
    """Matched by id and start, by id alone, and by id with another customer. One row was added, one vanished."""
    header = "subscription_id,customer_id,started_at,ended_at,amount,discount"
    old = [
        "S1,C1,2021-01-01,2021-06-01,10,",
        "S1,C1,2021-06-01,,20,",
        "S2,C2,2021-01-01,,30,",
        "S3,C3,2021-01-01,,40,",
        "S4,C4,2021-01-01,,5,",
    ]
    new = [
        "S1,C1,2021-01-01,2021-06-01,10,",
        "S1,C1,2021-06-01,,25,20%",
        "S2,C2,2021-02-01,,30,",
        "S3,C9,2021-01-01,,40,",
        "S5,C4,2021-01-01,,6,",
    ]
    found = ask(csv(old, header), csv(new, header), table="subscriptions")
    assert sorted(each["kind"] for each in found["rows"]) == ["added", "changed", "changed", "changed", "vanished"]
    assert row(found, "C1")["cells"] == [
        {"column": "amount", "old": 20.0, "new": 25.0},
        {"column": "discount", "old": 0.0, "new": "20%"},
    ]
    assert row(found, "C9")["cells"] == [{"column": "customer_id", "old": "C3", "new": "C9"}]
    mrr = by_metric(found)["mrr"]["totals"]["closing_mrr"]
    assert (mrr["old"], mrr["new"], mrr["by"]) == (95.0, 96.0, {"C3": -40.0, "C9": 40.0, "C4": 1.0})


def test_rows_without_a_customer_change_the_metrics_of_their_table(ask: Ask, tmp_path: Path) -> None:
    """A cost in the period changes CAC. A cost of the year before changes nothing."""
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "customers.csv").write_text(csv(NEW), "utf-8")
    header, costs = "date,amount,category", ["2022-04-05,100,marketing", "2021-04-05,100,marketing", "2022-04-06,7,sales"]
    new = [costs[0].replace("100", "130"), costs[1].replace("100", "99"), costs[2]]
    found = ask(csv(costs, header), csv(new, header), table="costs")
    assert by_metric(found)["cac"]["difference"] == 30.0
    moves = {each["key"]["date"]: each["moves"] for each in found["rows"]}
    assert ("cac" in moves["2022-04-05"], moves["2021-04-05"]) == (True, [])
    assert {each["kind"]: (each["rows"], each["idle"]) for each in found["counts"] if each["table"] == "costs"}["changed"] == (2, 1)


def test_the_top_customers_depend_on_all_customers(ask: Ask) -> None:
    """C3 pays more, so other customers enter or leave the top although their rows are the same."""
    header = "customer_id,date,amount"
    old = [f"C{n},2022-05-0{n},{n * 10}" for n in range(1, 10)]
    new = [*old[:2], old[2].replace("30", "500"), *old[3:]]
    found = ask(csv(old, header), csv(new, header), table="purchases")
    assert by_metric(found)["concentration"]["totals"]["net_revenue"]["by"] == {"C3": 470.0}
    assert [(each["customer_id"], "concentration" in each["moves"]) for each in found["rows"]] == [("C3", True)]


def test_with_too_many_customers_rows_are_counted_only(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custmetrics_cli.report.diff.MOST_CUSTOMERS", 3)
    found = ask(csv(OLD), csv(NEW))
    assert {each["moves"] for each in found["rows"]} == {None}
    assert {each["idle"] for each in found["counts"]} == {None}
    assert by_metric(found)["churn"]["totals"]["lost"]["by"] is None


def test_a_metric_that_one_file_cannot_answer_is_named(ask: Ask) -> None:
    """The new file has two currencies and no exchange rates: customers are compared, money is not."""
    header = "customer_id,started_at,ended_at,amount,currency"
    old = ["C1,2021-01-05,,10,EUR", "C2,2021-02-01,,20,EUR"]
    found = ask(csv(old, header), csv([old[0], old[1].replace("EUR", "USD")], header), table="subscriptions")
    lacking = {each["metric"]: each for each in found["unanswered"]}
    assert (lacking["mrr"]["old"], "several currencies" in lacking["mrr"]["new"]) == (None, True)
    assert "churn" in found["same"]
    page = ask(csv(old, header), csv([old[0], old[1].replace("EUR", "USD")], header), table="subscriptions", plain=True)
    assert re.search(r"\nNEW cannot answer [a-z, -]*mrr[a-z, -]*: .*several currencies", page)


def test_standard_input_cannot_be_both_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "-", "customers=-", *AT]) == 2
    assert "E182" in capsys.readouterr().err


def signed(found: Any) -> list[tuple[str, Any, Any]]:
    """Return for each metric its name, both values, and for each total both values and the parts of the customers."""
    return [
        (each["metric"], (each["old"], each["new"]), {n: (t["old"], t["new"], t["by"]) for n, t in each["totals"].items()})
        for each in found["changed"]
    ]


def reversed_changes(changes: list[tuple[str, Any, Any]]) -> list[tuple[str, Any, Any]]:
    return [
        (name, values[::-1], {total: (new, old, by and {who: -n for who, n in by.items()}) for total, (old, new, by) in totals.items()})
        for name, values, totals in changes
    ]


def test_the_other_direction_has_the_opposite_signs(ask: Ask) -> None:
    forward, back = ask(csv(OLD), csv(NEW)), ask(csv(NEW), csv(OLD))
    assert reversed_changes(signed(forward)) == signed(back)
    assert {each["customer_id"]: each["moves"] for each in forward["rows"]} == {each["customer_id"]: each["moves"] for each in back["rows"]}
    other = {"added": "vanished", "vanished": "added", "changed": "changed"}
    assert sorted((other[each["kind"]], each["customer_id"]) for each in forward["rows"]) == sorted(
        (e["kind"], e["customer_id"]) for e in back["rows"]
    )


Line = tuple[str, str, str, str]  # customer, start, end, plan
DAYS = [f"2021-0{month}-15" for month in range(1, 10)]
LINES = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c", "ä", "0", " d"]), st.sampled_from(DAYS[:5])),
    st.tuples(st.sampled_from(["", *DAYS[5:]]), st.sampled_from(["", "pro", "basic"]), st.integers(1, 3)),
    min_size=1,
)
EDITS = st.dictionaries(
    st.integers(0, 30), st.one_of(st.none(), st.tuples(st.sampled_from(["", *DAYS[5:]]), st.sampled_from(["", "pro", "new"])))
)


@contextmanager
def differing(old: Sequence[Line], new: Sequence[Line], engine: str) -> Iterator[RowDiff]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        sides = []
        for name, lines in (("old", old), ("new", new)):
            path = folder / f"{name}.csv"
            path.write_text(csv([",".join(line) for line in lines]), "utf-8")
            loaded = load(find([f"customers={path}"], TABLES), {"customers": Selection(everything=True)}, Settings(today=TODAY), engine)
            sides.append(stack.enter_context(loaded))
        found = compare_rows(Exports(*sides), {"customers": frozenset()}, (0, 1), 0, stack)
        found.set_movers({}, {})
        yield found


def facts(change: RowChange) -> tuple[str, str | None, Any, tuple[tuple[str, Any, Any], ...]]:
    return change.kind, change.customer, change.key["started_at"], tuple((each.column, each.old, each.new) for each in change.cells)


def expected(kind: str, key: tuple[str, str], old: tuple[str, str], new: tuple[str, str]) -> Any:
    """Return the facts of a change. A row of one file only has all its cells that are not empty."""
    start = {"vanished": (key[1], None), "added": (None, key[1]), "changed": (key[1], key[1])}[kind]
    cells = [("started_at", *start), *((name, a or None, b or None) for name, a, b in zip(("ended_at", "plan"), old, new, strict=True))]
    return kind, key[0], key[1], tuple(cell for cell in cells if cell[1] != cell[2])


@settings(max_examples=12)
@given(lines=LINES, edits=EDITS, added=LINES, engine=st.sampled_from(ENGINES))
def test_the_rows_shown_are_those_that_were_edited(lines: Any, edits: Any, added: Any, engine: str) -> None:
    """Rows are edited, left out (None) or added, some in several copies. Added rows have new customers.

    An added row of a customer with a vanished row would count as a changed start.
    """
    old, new, wanted = [], [], []
    for at, (key, (end, plan, copies)) in enumerate(sorted(lines.items())):
        after = edits.get(at, (end, plan))
        old += [(*key, end, plan)] * copies
        new += [(*key, *after)] * copies if after else []
        if after is None:
            wanted += [expected("vanished", key, (end, plan), ("", ""))] * copies
        elif after != (end, plan):
            wanted += [expected("changed", key, (end, plan), after)] * copies
    for (customer, start), (end, plan, copies) in sorted(added.items()):
        new += [(f"new {customer}", start, end, plan)] * copies
        wanted += [expected("added", (f"new {customer}", start), ("", ""), (end, plan))] * copies
    with differing(old, new[::-1], engine) as found:
        assert sorted(map(repr, map(facts, found.changes(None)))) == sorted(map(repr, wanted))
        assert sum(count.rows for count in found.counts()) == len(wanted)
    with differing(new, old, engine) as back:
        assert len(list(back.changes(None))) == len(wanted)
    with differing(new, new[::-1], engine) as same:
        assert list(same.changes(None)) == []


@settings(max_examples=4)
@example(lines={("a", "2021-04-15"): ("", "", 1)}, edits={}, added={("a", "2021-01-15"): ("", "", 1)})
@example(
    lines={("a", "2021-01-15"): ("", "", 1), ("c", "2021-05-15"): ("", "", 1), ("b", "2021-01-15"): ("2021-06-15", "", 1)},
    edits={},
    added={("c", "2021-01-15"): ("", "", 1)},
)
@given(lines=LINES, edits=EDITS, added=LINES)
def test_the_parts_of_customers_add_up_to_the_difference(lines: Any, edits: Any, added: Any) -> None:
    """Each metric that differs is changed by some row."""
    old = [(*key, end, plan) for key, (end, plan, _) in lines.items()]
    new = [(*line[:2], *(edits.get(at) or line[2:])) for at, line in enumerate(old)] + [(*key, *line[:2]) for key, line in added.items()]
    out = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(out), redirect_stderr(io.StringIO()):
        paths = [str(Path(folder, name)) for name in ("old.csv", "new.csv")]
        for path, rows in zip(paths, (old, new), strict=True):
            Path(path).write_text(csv([",".join(row) for row in rows]), "utf-8")
        assert run(["diff", *paths, "--period", "2021-Q2", "--today", "2022-01-01", "--as-of", "2021-12-31", "--json"]) == 0
    found = json.loads(out.getvalue())["diff"]
    for each in found["changed"]:
        assert all(sum(total["by"].values()) == total["difference"] for total in each["totals"].values())
        assert any(each["metric"] in row["moves"] for row in found["rows"])


def test_a_table_can_differ_although_its_total_does_not(ask: Ask) -> None:
    """A customer who leaves a month earlier is in the same cohort, but in other cells."""
    rows = ["C1,2022-04-05,2022-06-20,pro", "C2,2022-04-05,,pro"]
    found = ask(csv(rows), csv([rows[0].replace("06-20", "05-20"), rows[1]]))
    assert by_metric(found)["cohorts"]["grid"] is True
    assert "cohorts" in row(found, "C1")["moves"]


def test_the_example_in_the_help_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert run(shlex.split(DIFF.partition("Example: custmetrics ")[2])) == 0
    assert "no differences: " in capsys.readouterr().out
