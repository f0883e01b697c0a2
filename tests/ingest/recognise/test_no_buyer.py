"""Exports of marketplaces name no buyer: no id of a product, an order or a parcel is proposed as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run

HEADERS = {
    "ozon": "Номер заказа;Принят в обработку;Сумма отправления;OZON id;Название товара;Номер отправления",
    "wildberries": "Номер заказа;Дата приёма;К перечислению;Артикул продавца;Баркод;Номер сборочного задания",
    "amazon": "Order Number;Shipped on the day;Principal charge;ASIN;SKU of the seller;Shipment tracking number",
}
CELLS = "A-{n};2025-07-{d};{n}98.00;12{n};Мяч {n};99{n}"


@pytest.mark.parametrize("name", HEADERS)
def test_no_other_id_is_proposed_as_the_buyer(name: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "orders.csv"
    rows = [CELLS.format(n=n, d=10 + n) for n in range(1, 9)]
    path.write_text("\n".join([HEADERS[name], *rows]) + "\n", "utf-8")
    assert run(["buyers", "--period", "2025-07", "--no-config", str(path)]) == 3
    said = capsys.readouterr().err
    order = HEADERS[name].split(";")[0]
    assert "names no buyer" in said
    assert f'customer_id="{order}"' in said
    assert not any(f'customer_id="{header}"' in said for header in HEADERS[name].split(";")[3:])


def test_a_header_with_a_numero_sign_is_shown_as_it_is(tmp_path: Path, capsys) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("№ п/п;Дата начала;Дата окончания\n1;2025-01-01;\n2;2025-01-02;\n", "utf-8")
    assert run(["churn", "--period", "2025-03", "--no-config", "--column", "customer_id=Foo", str(path)]) == 3
    assert "№ п/п" in capsys.readouterr().err
    options = ("--column", "customer_id=№ п/п", "--as-of", "2025-03-31")
    assert run(["churn", "--period", "2025-03", "--no-config", *options, str(path)]) == 0


def test_a_missing_folder_is_named_by_the_file_that_was_asked_for(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.csv").write_text("customer_id,started_at,ended_at\n1,2025-01-01,\n2,2025-01-01,2025-03-05\n", "utf-8")
    assert run(["report", "--period", "2025-03", "--no-config", "c.csv", "-o", "nowhere/r.md"]) != 0
    said = capsys.readouterr().err
    assert "nowhere/r.md" in said
    assert ".svg" not in said
