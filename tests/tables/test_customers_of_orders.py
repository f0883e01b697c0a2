"""Orders name their customer by a number, an e-mail, a phone or a name. Some ids mean nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.parse.customer_ids import NOBODY, canonical_phone
from tests.support.reading import ENGINES, loaded


def read(folder: Path, header: str, *rows: str, engine: str = "pandas", **options: object) -> tuple[list[str], dict[str, int], list[str]]:
    """Return the ids of the rows used, the rows skipped by reason, and the codes of warnings."""
    path = folder / "orders.csv"
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    with loaded([path], engine, {"purchases": []}, **options) as found:
        ids = sorted(found.ids([row["id"] for row in collect(found.frames["purchases"])]))
        return ids, dict(found.inputs[0].excluded), [warned.code for warned in found.warnings]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("header", ["phone", "Телефон", "Customer phone", "Mobile number"])
def test_a_phone_is_one_customer_in_every_spelling(tmp_path: Path, engine: str, header: str) -> None:
    phones = ("+7 900 000-00-01", "89000000001", "8 (900) 000-00-01", "79000000001", "+1 (415) 555-0100", "415-555-0100", "n/a")
    ids, skipped, warned = read(tmp_path, f"{header},date,amount", *(f"{phone},2022-01-01,1" for phone in phones), engine=engine)
    assert (sorted(set(ids)), len(ids), skipped, warned) == (["4155550100", "9000000001"], 6, {"no customer": 1}, ["W267"])


@pytest.mark.parametrize("header", ["customer_id", "client code"])
def test_numbers_under_another_header_stay_as_they_are(tmp_path: Path, header: str) -> None:
    assert read(tmp_path, f"{header},date,amount", "89000000001,2022-01-01,1", "79000000001,2022-01-01,1")[0] == [
        "79000000001",
        "89000000001",
    ]


@given(
    st.integers(10**9, 10**10 - 1),
    st.sampled_from(["{}", "+7{}", "8{}", "7{}", "+1 {}", " {}"]),
    st.sampled_from(["", " ", "-", ".", "\u2011"]),
)
def test_the_last_ten_digits_identify_a_phone(number: int, form: str, gap: str) -> None:
    digits = str(number)
    spelled = form.format(f"({digits[:3]}){gap}{digits[3:6]}{gap}{digits[6:8]}{gap}{digits[8:]}")
    assert canonical_phone(spelled) == digits


@pytest.mark.parametrize("engine", ENGINES)
def test_who_is_nobody_is_found_by_the_email_or_the_phone(tmp_path: Path, engine: str) -> None:
    rows = ("0,a@x.example,,2022-01-01,1", "guest,,111-22-33,2022-01-01,1", "7,b@x.example,,2022-01-01,1", ",c@x.example,,2022-01-01,1")
    rows += tuple(f"{word},,,2022-01-01,1" for word in ("0", "-1", "Guest", "ANONYMOUS", "n/a", "NULL", "None", "Гость"))
    ids, skipped, warned = read(tmp_path, "customer_id,E-mail,Phone,date,amount", *rows, engine=engine)
    assert (ids, skipped, warned) == (["111-22-33", "7", "a@x.example", "c@x.example"], {"no customer": 8}, ["W231", "W267"])


def test_an_empty_id_without_an_email_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError, match="E408"):
        read(tmp_path, "customer_id,email,date,amount", ",,2022-01-01,1", "0,,2022-01-01,1")


def test_na_is_an_id() -> None:
    assert "NA" not in {word.upper() for word in NOBODY}


@pytest.mark.parametrize(
    ("header", "warned"),
    [("ФИО", True), ("Имя клиента", True), ("Customer Name", True), ("customer", False), ("Email", False), ("user name", False)],
)
def test_a_name_can_belong_to_two_customers(tmp_path: Path, header: str, warned: bool) -> None:
    assert ("W263" in read(tmp_path, f"{header},date,amount", "A B,2022-01-01,1", "C D,2022-01-01,1")[2]) is warned


@pytest.mark.parametrize(
    ("header", "used"),
    [
        ("id,email,phone,full name,client id", "client id"),
        ("full name,phone,email,x", "email"),
        ("full name,phone,x,y", "phone"),
        ("Sales rep,Buyer,Owner email,z", "Buyer"),
    ],
)
def test_a_number_comes_before_an_email_a_phone_and_a_name(tmp_path: Path, header: str, used: str) -> None:
    names = header.split(",")
    cells = ",".join(
        {"email": "a@x.example", "phone": "555-01-99-11", "Owner email": "o@x.example"}.get(name, f"cell {name}") for name in names
    )
    expected = {"email": "a@x.example", "phone": "555019911"}.get(used, f"cell {used}")
    assert read(tmp_path, f"{header},date,amount", f"{cells},2022-01-01,1")[0] == [expected]


def test_the_day_of_payment_comes_before_the_day_of_the_order(tmp_path: Path) -> None:
    rows = ("A,2022-01-01,2022-01-05,1", "B,2022-01-02,,1")
    header = "customer_id,created_at,paid_at,amount"
    assert read(tmp_path, header, *rows)[:2] == (["A"], {"no date of payment": 1})
    assert read(tmp_path, header, *rows, policies={"unpaid": "keep"}) == (["A", "B"], {}, [])
