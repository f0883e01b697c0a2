"""The currency of amounts: a column gives it row by row, or the header of the amounts for all rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from tests.support.reading import ENGINES, loaded

ROWS = {"A": "EUR", "B": "usd", "C": ""}


def write(tmp_path: Path, *texts: str) -> list[Path]:
    paths = [tmp_path / f"subscriptions-{number}.csv" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return paths


def file(header: str, *rows: str) -> str:
    return "\n".join([f"customer_id,started_at,{header}", *(f"{row},2022-01-01,10" if "," not in row else row for row in rows)]) + "\n"


def by_row(header: str = "amount") -> str:
    return file(f"{header},Валюта", *(f"{name},2022-01-01,10,{word}" for name, word in ROWS.items()))


def currencies(paths: list[Path], engine: str) -> tuple[dict[str, str], dict[str, int]]:
    """Return the currency of each row, and the counts of all rows."""
    with loaded(paths, engine, {"subscriptions": []}) as found:
        rows = collect(found.frames["subscriptions"])
        words = found.words["subscriptions"].get("currency", ())
        column = found.split_columns["subscriptions"].get("currency")
        by_id = {
            name: (*words, "")[row[column] if column else 0] for name, row in zip(found.ids([r["id"] for r in rows]), rows, strict=True)
        }
        assert ("currency" in found.present["subscriptions"]) == bool(column)
        return by_id, dict(found.currencies["subscriptions"])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_or_the_header_gives_the_currency(tmp_path: Path, engine: str) -> None:
    assert currencies(write(tmp_path, by_row()), engine) == (ROWS, {"": 1, "EUR": 1, "usd": 1})
    assert currencies(write(tmp_path, file('"Сумма, руб"', "A", "B")), engine) == ({"A": "руб", "B": "руб"}, {"руб": 2})
    assert currencies(write(tmp_path, file("Amount (EUR)", "A")), engine) == ({"A": "EUR"}, {"EUR": 1})
    assert currencies(write(tmp_path, file("Amount (VAT)", "A")), engine) == ({"A": ""}, {})
    assert currencies(write(tmp_path, file("Amount", "A")), engine) == ({"A": ""}, {})


@pytest.mark.parametrize("engine", ENGINES)
def test_each_file_may_give_the_currency_in_its_own_way(tmp_path: Path, engine: str) -> None:
    paths = write(tmp_path, file("Amount (EUR)", "A"), file("amount", "B"), file("amount,currency", "C,2022-01-01,10,GBP"))
    assert currencies(paths, engine) == ({"A": "EUR", "B": "", "C": "GBP"}, {"": 1, "EUR": 1, "GBP": 1})


def test_the_header_gives_the_currency_of_empty_cells(tmp_path: Path) -> None:
    paths = write(tmp_path, file("Amount (usd),currency", "A,2022-01-01,10,").replace("usd", "USD"))
    assert currencies(paths, "pandas") == ({"A": "USD"}, {"USD": 1})


@pytest.mark.parametrize(("word", "refused"), [("USD", False), ("usd", False), ("$", False), ("EUR", True), ("€", True)])
def test_rows_in_another_currency_than_the_header_are_an_error(tmp_path: Path, word: str, refused: bool) -> None:
    paths = write(tmp_path, file("Amount (USD),currency", f"A,2022-01-01,10,{word}"))
    if not refused:
        assert currencies(paths, "pandas")[1] == {word: 1}
        return
    with pytest.raises(CustmetricsError) as caught:
        currencies(paths, "pandas")
    assert caught.value.problems[0].code == "E322"
    with loaded(paths, columns={"currency": ""}) as found:
        assert found.currencies["subscriptions"] == {"USD": 1}


def test_currencies_of_skipped_rows_do_not_count(tmp_path: Path) -> None:
    text = file("amount,currency,status", "A,2022-01-01,10,EUR,", "B,2022-01-01,10,USD,trial", "C,2022-01-01,0,GBP,")
    path = write(tmp_path, text)[0]
    with loaded([path], wanted={"subscriptions": []}) as found:
        assert found.currencies["subscriptions"] == {"EUR": 1}
    assert inspect([InputFile(str(path))], Settings()).files[0].currencies == ("EUR",)


def test_a_table_without_amounts_has_no_currencies(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at,currency\nA,2022-01-01,EUR\n", "utf-8")
    with loaded([path]) as found:
        assert (found.currencies["customers"], found.words["customers"]) == ({}, {})


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("10 €", "EUR 12"), {"EUR": 2}),
        (("$10", "$12"), {"$": 2}),
        (("10 руб.", "12р."), {"RUB": 2}),
        (("10 €", "12"), {}),  # the second amount does not name it
        (("10", "12"), {}),
    ],
)
def test_amounts_that_all_name_one_currency_give_it(tmp_path: Path, amounts: tuple[str, ...], expected: dict[str, int]) -> None:
    text = file("amount", *(f"{name},2022-01-01,{amount}" for name, amount in zip("AB", amounts, strict=True)))
    assert currencies(write(tmp_path, text), "pandas")[1] == expected


def test_amounts_in_a_currency_that_the_sign_cannot_mean_are_an_error(tmp_path: Path) -> None:
    rows = [f"A{number},2022-01-01,$10" for number in range(1000)]
    paths = write(tmp_path, file("amount", *rows, "B,2022-01-01,$10 CAD"))
    assert currencies(paths, "pandas")[1] == {"$": 1001}
    paths = write(tmp_path, file("amount", *rows, "B,2022-01-01,10 €"))
    with pytest.raises(CustmetricsError) as refused:
        currencies(paths, "pandas")
    assert refused.value.problems[0].code == "E338"
