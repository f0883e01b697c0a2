"""Series with periods across: the value follows the totals that add up to it, then comes the ledger of movements."""

from __future__ import annotations

from pathlib import Path

from tests.support.session import run_command

ORDERS = """customer_id,date,amount
ann,2024-01-10,10
bob,2024-01-20,20
ann,2024-04-05,10
cid,2024-05-09,30
"""


def rows_of(folder: Path, command: str) -> list[list[str]]:
    """Return the cells of the first table that a command shows."""
    (folder / "orders.csv").write_text(ORDERS)
    shown = run_command(command, folder).text.splitlines()
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in shown if line.startswith("│")]


def test_the_value_follows_its_parts(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "custmetrics buyers --period 2024-H1 --every quarter --as-of 2024-06-30 orders.csv")[1:] == [
        ["first_buyers", "2", "1"],
        ["+ returning_buyers", "0", "1"],
        ["= buyers", "2", "2"],
    ]


def test_movements_have_their_signs_after_the_value(tmp_path: Path) -> None:
    command = "custmetrics buyers --gap 60 --period 2024-H1 --every quarter --as-of 2024-08-30 orders.csv"
    assert rows_of(tmp_path, command)[3:] == [
        ["= buyers", "2", "2"],
        ["opening", "0", "0"],
        ["+ new", "0", "1"],
        ["+ reactivated", "0", "0"],
        ["- lost", "0", "0"],
        ["= closing", "0", "1"],
    ]


def test_a_rate_has_no_ledger(tmp_path: Path) -> None:
    first = rows_of(tmp_path, "custmetrics churn --gap 60 --period 2024-H1 --every quarter --as-of 2024-08-30 orders.csv")[0]
    assert first[:3] == ["period", "churn", "how"]
