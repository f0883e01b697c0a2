"""Files of one table that share rows: refused, counted once with --overlap newest, and no alarm where rows only look alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run

ENGINES = ("pandas", "duckdb")
PERIOD = ("--period", "2025-05", "--as-of", "2025-06-30", "--no-config")


@pytest.fixture(params=ENGINES)
def asked(request, tmp_path: Path, monkeypatch, capsys):
    """Return a function that writes files, asks a question and returns the status, the value and the messages."""
    monkeypatch.chdir(tmp_path)

    def ask(metric: str, files: dict[str, str], *options: str, encoding: str = "utf-8") -> tuple[int, float | None, str]:
        for name, text in files.items():
            Path(name).write_text(text, encoding)
        status = run([metric, *PERIOD, "--json", "--engine", request.param, *options, *files])
        out, said = capsys.readouterr()
        value = json.loads(out)["results"][0]["value"] if out else None
        return status, None if value is None else float(value), said

    return ask


ORDERS = "Номер заказа;Покупатель;Дата заказа;Сумма\n"
A = ORDERS + "W-1;анна;03.05.2025;100,00\nW-2;борис;20.05.2025;50,00\n"
B = ORDERS + "W-2;борис;20.05.2025;50,00\nW-3;вера;21.05.2025;7,00\n"

ANSWERS = "Response ID,Email,Completed at,How likely are you to recommend us? (0-10)\n"
ANSWERS_A = ANSWERS + "r1,a@x.com,2025-05-01 10:00:00,10\nr2,b@x.com,2025-05-02 10:00:00,0\n"
ANSWERS_B = ANSWERS + "r2,b@x.com,2025-05-02 10:00:00,0\nr3,c@x.com,2025-05-03 10:00:00,10\n"

ITEMS = "Подписка;Клиент;Дата начала;Дата окончания;Сумма;Период\n"
MAY = ITEMS + "П1;1;01.01.2025;;10;месяц\nП2;2;01.01.2025;;20;месяц\n"
JUNE = ITEMS + "П1;1;01.01.2025;;15;месяц\nП2;2;01.01.2025;10.05.2025;20;месяц\n"

CASES = {
    "orders": ("revenue", A, B, 207, 157),
    "answers": ("nps", ANSWERS_A, ANSWERS_B, 0, 100 / 3),
    "snapshots": ("mrr", MAY, JUNE, 45, 15),
    "customers": (
        "churn",
        "id,start,end\n1,2025-01-01,\n2,2025-01-01,\n",
        "id,start,end\n1,2025-01-01,\n2,2025-01-01,2025-05-09\n",
        0,
        0.5,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_shared_rows_are_refused_and_the_newest_file_counts(asked, case: str) -> None:
    metric, older, newer, twice, once = CASES[case]
    files = {"a.csv": older, "b.csv": newer}
    status, _, said = asked(metric, files)
    assert (status, "E355" in said, "b.csv" in said, "a.csv" in said) == (3, True, True, True)
    assert asked(metric, files, "--overlap", "newest")[1] == pytest.approx(once)
    assert asked(metric, files, "--overlap", "keep")[1] == pytest.approx(twice)


def test_the_newest_file_is_the_one_with_the_latest_date(asked) -> None:
    older = {
        "z.csv": "order_id,customer,date,amount\n1,a,2025-05-01,10\n",
        "a.csv": "order_id,customer,date,amount\n1,a,2025-05-01,4\n2,b,2025-05-09,1\n",
    }
    assert asked("revenue", older, "--overlap", "newest")[1] == 5


def test_three_files_of_cp1251(asked) -> None:
    third = ORDERS + "W-1;анна;03.05.2025;90,00\nW-2;борис;20.05.2025;50,00\nW-4;вера;30.05.2025;7,00\n"
    files = {"1.csv": A, "2.csv": B, "3.csv": third}
    assert asked("revenue", files, encoding="cp1251")[0] == 3
    assert asked("revenue", files, "--overlap", "newest", encoding="cp1251")[1] == 154


HEADER = "order_id,customer,date,amount\n"
ALIKE = {
    "lines of an order": (
        "revenue",
        HEADER + "1,a,2025-05-01,10\n1,a,2025-05-01,10\n",
        HEADER + "2,a,2025-05-02,5\n2,a,2025-05-02,5\n",
        30,
    ),
    "numbers restart each year": (
        "revenue",
        HEADER + "1,a,2024-05-01,10\n2,b,2024-05-09,1\n",
        HEADER + "1,a,2025-05-01,10\n2,b,2025-05-09,1\n",
        11,
    ),
    "two shops with their own numbers": (
        "revenue",
        HEADER + "1,a,2025-05-01,10\n2,b,2025-05-09,1\n",
        HEADER + "1,c,2025-05-01,10\n2,d,2025-05-09,1\n",
        22,
    ),
    "a refund of an order": (
        "revenue",
        HEADER + "1,a,2025-05-01,10\n2,b,2025-05-30,1\n",
        HEADER + "1,a,2025-05-20,-4\n3,b,2025-05-30,2\n",
        9,
    ),
    "periods of one subscription": (
        "mrr",
        "subscription_id,customer_id,start,end,amount,interval\nS,1,2025-04-01,2025-05-01,10,month\n",
        "subscription_id,customer_id,start,end,amount,interval\nS,1,2025-05-01,2025-06-01,12,month\n",
        12,
    ),
    "numbers of rows": (
        "revenue",
        "№,customer,date,amount\n1,a,2025-05-01,10\n2,b,2025-05-02,4\n",
        "№,customer,date,amount\n1,c,2025-05-01,10\n2,d,2025-05-03,4\n",
        28,
    ),
}


@pytest.mark.parametrize("case", ALIKE)
def test_rows_that_only_look_alike_raise_no_alarm(asked, case: str) -> None:
    metric, one, other, value = ALIKE[case]
    status, found, said = asked(metric, {"a.csv": one, "b.csv": other})
    assert (status, found) == (0, value)
    assert not any(code in said for code in ("E355", "W288", "W279"))


def test_an_order_at_the_border_of_two_parts_is_a_warning(asked) -> None:
    one, other = HEADER + "1,a,2025-05-01,10\n2,b,2025-05-02,1\n2,b,2025-05-02,2\n", HEADER + "2,b,2025-05-02,3\n3,c,2025-05-03,5\n"
    status, value, said = asked("revenue", {"p-1.csv": one, "p-2.csv": other}, "-q")
    assert (status, value, "W288" in said) == (0, 21, True)


def test_equal_rows_without_ids_are_a_decisive_warning(asked) -> None:
    rows = [f"c{n},2025-05-{n + 1:02},{n}.50\n" for n in range(20)]
    files = {"a.csv": "customer,date,amount\n" + "".join(rows[:15]), "b.csv": "customer,date,amount\n" + "".join(rows[5:])}
    status, value, said = asked("revenue", files, "-q")
    assert (status, "W279" in said) == (0, True)
    assert asked("revenue", files, "--overlap", "newest")[1] == sum(n + 0.5 for n in range(20)) < value
    files["b.csv"] = "customer,date,amount\n" + "".join(row.replace("c", "d") for row in rows[5:])
    assert "W279" not in asked("revenue", files)[2]


PARTS = {
    "empty": ("", 3, "E356"),
    "without a header": ("7,2025-01-01,\n", 3, "E356"),
    "only a header": ("customer_id,started_at,ended_at\n", 0, "W286"),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_missing_part_is_never_silent(asked, case: str) -> None:
    text, expected, code = PARTS[case]
    Path("folder").mkdir(exist_ok=True)
    Path("folder/clients_янв.csv").write_text("customer_id,started_at,ended_at\n1,2025-01-01,\n2,2025-01-01,2025-05-05\n", "utf-8")
    Path("folder/clients_фев.csv").write_text(text, "utf-8")
    status, _, said = asked("churn", {}, "-q", "folder")
    assert (status, code in said) == (expected, True)


def test_another_file_of_a_folder_is_a_decisive_warning(asked) -> None:
    Path("folder").mkdir(exist_ok=True)
    Path("folder/customers.csv").write_text("customer_id,started_at,ended_at\n1,2025-01-01,\n2,2025-01-01,2025-05-05\n", "utf-8")
    Path("folder/plans.csv").write_text("plan,price,colour\nA,1,red\n", "utf-8")
    status, value, said = asked("churn", {}, "-q", "folder")
    assert (status, value, "W207" in said) == (0, 0.5, True)
