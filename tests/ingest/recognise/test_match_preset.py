"""The preset of a file: detected by its header or named by the user, and the files that are refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.presets import shipped
from custmetrics_cli.tables import TABLES
from tests.support.preset_desk import Desk

COLUMNS = '[columns]\ncustomer_id = ["member"]\nstarted_at = ["joined*"]\nended_at = ["left"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def found(desk: Desk, header: str, **settings: object) -> tuple[str, str]:
    """Return the table and the preset of a file with a header and no rows."""
    path = desk.file("x.csv", header + "\n")
    file = inspect([InputFile(path)], Settings(**{**desk.settings, **settings})).files[0]  # type: ignore[arg-type]
    return file.table or file.problems[0].code, file.preset


def club(desk: Desk, header: str, name: str = "club", **more: str) -> None:
    desk.preset(name, "customers", f"[header]\n{header}\n{COLUMNS}", **more)


@pytest.mark.parametrize(
    ("wanted", "header", "fits"),
    [
        ('all = ["member", "joined"]', "Member,JOINED", True),
        ('all = ["member", "joined"]', '\ufeff"Mem_ber",\'Joined,note', True),
        ('all = ["member", "joined"]', "member,note", False),
        ('all = ["member", ["joined", "joined on"]]', "member,Joined on", True),
        ('all = ["member", "joined*"]', "member,Joined at last (UTC)", True),
        ('all = ["member", "joined*"]', "member,rejoined", False),
        ('all = ["member", "*oined"]', "member,joined", True),
        ('all = ["member", "joined"]', "member,joined (GMT+3)", True),
        ('all = ["member", "joined (utc)"]', "member,joined (UTC)", True),
        ('all = ["member", "joined (utc)"]', "member,joined", False),
        ('all = ["member"]\nany = ["joined", "card"]', "member,joined", True),
        ('all = ["member"]\nany = ["card", "tier"]', "member,joined", False),
        ('all = ["mem[b]er", "joined"]', "member,joined", False),
        ('all = ["member", "join?d"]', "member,joined", False),
    ],
)
def test_a_preset_fits_if_its_required_headers_are_present(desk: Desk, wanted: str, header: str, fits: bool) -> None:
    club(desk, wanted)
    assert found(desk, header)[1] == ("club" if fits else "")


def test_the_preset_with_more_headers_in_the_file_wins(desk: Desk) -> None:
    club(desk, 'all = ["member", "joined"]')
    club(desk, 'all = ["member", "joined"]\nany = ["card"]', "carded")
    assert found(desk, "member,joined,card") == ("customers", "carded")
    assert found(desk, "member,joined,note") == ("customers", "club")
    assert found(desk, "member,joined,card", presets=("club",)) == ("customers", "club")


def test_two_presets_that_fit_equally_are_refused_until_one_is_named(desk: Desk) -> None:
    for name in ("club", "league"):
        club(desk, 'all = ["member", "joined"]', name)
    path = desk.file("x.csv", "member,joined,left\na,2021-01-01,2022-05-05\nb,2021-01-01,\n")
    (problem,) = desk.refused("churn", "2022-Q2", path)
    assert problem.code == "E309"
    assert "preset club" in problem.message
    assert "preset league" in problem.message
    assert desk.given("churn", "2022-Q2", path, presets=("league",)).preset == "league"


def test_a_named_preset_may_fit_one_of_several_files(desk: Desk) -> None:
    club(desk, 'all = ["member", "joined"]')
    paths = [
        desk.file("a.csv", "member,joined,left\na,2021-01-01,\n"),
        desk.file("b.csv", "customer_id,started_at,ended_at\nb,2021-01-01,2022-05-05\n"),
    ]
    assert [given.preset for given in desk.ask("churn", "2022-Q2", *paths, presets=("club",)).inputs] == ["club", ""]
    assert desk.refused("churn", "2022-Q2", paths[1], presets=("club",), preset_required=True)[0].code == "E312"
    assert desk.given("churn", "2022-Q2", paths[1], presets=("club",)).preset == ""
    assert desk.refused("churn", "2022-Q2", *paths, presets=("clvb",))[0].code == "E172"


def test_a_table_given_by_the_user_limits_the_presets(desk: Desk) -> None:
    club(desk, 'all = ["member", "joined"]')
    path = desk.file("x.csv", "member,joined,left,customer_id,timestamp\na,2021-01-01,,b,2022-05-05\n")
    assert desk.given("active-users", "2022-Q2", f"activity={path}").preset == ""
    assert desk.given("customers", "2022-Q2", f"customers={path}").preset == "club"


def test_a_users_preset_overrides_the_built_in_one_of_the_same_name(desk: Desk) -> None:
    assert found(desk, "id,customer id,plan,status,start date,amount") == ("subscriptions", "stripe_subscriptions")
    club(desk, 'all = ["member", "joined"]', "stripe_subscriptions")
    assert found(desk, "id,customer id,plan,status,start date,amount")[1] == ""
    assert found(desk, "member,joined") == ("customers", "stripe_subscriptions")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_header_in_the_tables_own_names_uses_no_preset(desk: Desk, table: object) -> None:
    names = [column.name for column in table.columns]  # type: ignore[attr-defined]
    needed = [column.name for column in table.required]  # type: ignore[attr-defined]
    # Only a date and an amount may be income, and money with an e-mail is not a cost.
    is_cost = table.name == "costs"  # type: ignore[attr-defined]
    headers = [[*needed, "category"]] if is_cost else [needed, [*needed, "plan", "country", "email", "name"]]
    for header in (names, *headers):
        assert found(desk, ",".join(header)) == (table.name, "")  # type: ignore[attr-defined]


def test_a_header_in_the_tables_own_names_uses_a_preset_on_request(desk: Desk) -> None:
    desk.preset("own", "customers", '[header]\nall = ["customer id", "started at"]\n[constants]\nstatus = "paused"\n')
    assert found(desk, "customer_id,started_at,ended_at") == ("customers", "")
    assert found(desk, "customer_id,started_at,ended_at", presets=("own",)) == ("customers", "own")


@pytest.mark.parametrize("confidence", ["high", "low"])
def test_a_preset_of_low_confidence_gives_a_warning(desk: Desk, confidence: str) -> None:
    club(desk, 'all = ["member", "joined"]', confidence=confidence)
    answer = desk.ask("churn", "2022-Q2", desk.file("x.csv", "member,joined,left\na,2021-01-01,2022-05-05\n"))
    assert [warned.code for warned in answer.warnings if warned.code == "W230"] == ["W230"] * (confidence == "low")


def test_an_export_without_a_required_column_is_not_read_without_its_preset(desk: Desk) -> None:
    """Without amounts it would be a customers file whose status words mean something else."""
    header = "id,Customer ID,Plan,Status,Start Date (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)"
    path = desk.file("x.csv", header + "\ns,c,pro,incomplete,2021-01-01,2022-01-01,,\n")
    (problem,) = desk.refused("churn", "2022-Q2", path)
    assert problem.code == "E310"
    assert "it has no amount" in problem.message
    assert "customers=FILE" in problem.hint
    assert desk.given("churn", "2022-Q2", f"customers={path}").preset == ""


def test_an_export_without_usable_rows_is_refused_unless_its_table_is_given(desk: Desk) -> None:
    desk.preset("sums", "activity", '[header]\nall = ["visits"]\n', top='refuses = "it holds sums"')
    path = desk.file("x.csv", "date,visits,cost\n2022-04-01,9,5\n")
    (problem,) = desk.refused("cac", "2022-Q2", path)
    assert (problem.code, problem.hint) == ("E311", "it holds sums; if it is not this export, pass costs=FILE")
    customers = desk.file("customers.csv", "customer_id,started_at\na,2022-04-01\n")
    assert desk.value("cac", "2022-Q2", f"costs={path}", customers) == 5


def test_a_file_in_a_folder_that_fits_a_preset_but_cannot_be_read_is_skipped_with_a_warning(desk: Desk) -> None:
    club(desk, 'all = ["member", "card"]')
    folder = desk.folder / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text("customer_id,started_at,ended_at\na,2021-01-01,2022-05-05\n", "utf-8")
    (folder / "b.csv").write_text("member,card,customer_id,started_at,ended_at\nb,1,b,2021-01-01,2022-05-05\n", "utf-8")
    answer = desk.ask("churn", "2022-Q2", str(folder))
    assert [Path(given.path).name for given in answer.inputs] == ["a.csv"]
    assert [warned.code for warned in answer.warnings if "b.csv" in warned.message] == ["W207"]


@pytest.mark.parametrize(
    ("unit", "option", "is_read"),
    [("cents", "units", False), ("cents", "cents", True), ("units", "cents", False), ("unknown", "cents", True)],
)
def test_the_amounts_option_never_changes_the_unit_of_a_preset(desk: Desk, unit: str, option: str, is_read: bool) -> None:
    desk.preset(
        "till",
        "purchases",
        f'[header]\nall = ["buyer"]\n[columns]\ncustomer_id = ["buyer"]\ndate = ["on"]\namount = ["paid"]\n[amounts]\nunit = "{unit}"\n',
    )
    path = desk.file("x.csv", "buyer,on,paid\na,2022-04-01,500\n")
    if is_read:
        assert desk.totals("concentration", "2022-Q2", path, amounts=option)["net_revenue"] == Fraction(5)
    else:
        assert [problem.code for problem in desk.refused("concentration", "2022-Q2", path, amounts=option)] == ["E318"]


def test_a_header_below_a_wide_preamble_is_found_quickly(desk: Desk) -> None:
    """Repeated names are numbered in linear time."""
    wide = ",".join(["same"] * 300)
    preamble = "\n".join([wide] * 30)
    club(desk, 'all = ["fellow", "joined"]')
    assert found(desk, f"{preamble}\nfellow,joined,{wide}") == ("E310", "")
    assert found(desk, f"{preamble}\nfellow,note,{wide}") == ("E301", "")


def test_built_in_presets_are_sorted_and_complete() -> None:
    assert [*shipped()] == sorted(shipped())
    assert all(preset.all and preset.vendor and preset.export for preset in shipped().values())
