"""Which preset a file is of: found by its header, or named; and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile, Settings
from custmetrics_cli.presets import shipped
from custmetrics_cli.tables import TABLES
from tests.support.preset_desk import Desk

COLUMNS = '[columns]\ncustomer_id = ["member"]\nstarted_at = ["joined*"]\nended_at = ["left"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def found(desk: Desk, header: str, **settings: object) -> tuple[str, str]:
    """The table and the preset of a file with a header and no rows."""
    path = desk.file("x.csv", header + "\n")
    told = inspect([InputFile(path)], Settings(**{**desk.settings, **settings})).files[0]  # type: ignore[arg-type]
    return told.table or told.problems[0].code, told.preset


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
def test_headings_of_a_preset(desk: Desk, wanted: str, header: str, fits: bool) -> None:
    club(desk, wanted)
    assert found(desk, header)[1] == ("club" if fits else "")


def test_the_preset_that_knows_more_headings_is_taken(desk: Desk) -> None:
    club(desk, 'all = ["member", "joined"]')
    club(desk, 'all = ["member", "joined"]\nany = ["card"]', "carded")
    assert found(desk, "member,joined,card") == ("customers", "carded")
    assert found(desk, "member,joined,note") == ("customers", "club")
    assert found(desk, "member,joined,card", presets=("club",)) == ("customers", "club")


def test_of_two_that_fit_equally_one_must_be_named(desk: Desk) -> None:
    for name in ("club", "league"):
        club(desk, 'all = ["member", "joined"]', name)
    path = desk.file("x.csv", "member,joined,left\na,2021-01-01,2022-05-05\nb,2021-01-01,\n")
    (problem,) = desk.refused("churn", "2022-Q2", path)
    assert problem.code == "E309"
    assert "preset club" in problem.message
    assert "preset league" in problem.message
    assert desk.given("churn", "2022-Q2", path, presets=("league",)).preset == "league"


def test_one_of_several_files_is_of_the_preset_that_is_named(desk: Desk) -> None:
    club(desk, 'all = ["member", "joined"]')
    paths = [
        desk.file("a.csv", "member,joined,left\na,2021-01-01,\n"),
        desk.file("b.csv", "customer_id,started_at,ended_at\nb,2021-01-01,2022-05-05\n"),
    ]
    assert [given.preset for given in desk.ask("churn", "2022-Q2", *paths, presets=("club",)).inputs] == ["club", ""]
    assert desk.refused("churn", "2022-Q2", paths[1], presets=("club",), preset_required=True)[0].code == "E312"
    assert desk.given("churn", "2022-Q2", paths[1], presets=("club",)).preset == ""
    assert desk.refused("churn", "2022-Q2", *paths, presets=("clvb",))[0].code == "E172"


def test_the_table_that_is_said_leaves_its_presets_only(desk: Desk) -> None:
    club(desk, 'all = ["member", "joined"]')
    path = desk.file("x.csv", "member,joined,left,customer_id,timestamp\na,2021-01-01,,b,2022-05-05\n")
    assert desk.given("active-users", "2022-Q2", f"activity={path}").preset == ""
    assert desk.given("customers", "2022-Q2", f"customers={path}").preset == "club"


def test_own_presets_go_before_those_of_the_same_name(desk: Desk) -> None:
    assert found(desk, "id,customer id,plan,status,start date,amount") == ("subscriptions", "stripe_subscriptions")
    club(desk, 'all = ["member", "joined"]', "stripe_subscriptions")
    assert found(desk, "id,customer id,plan,status,start date,amount")[1] == ""
    assert found(desk, "member,joined") == ("customers", "stripe_subscriptions")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_header_in_our_own_words_is_of_no_preset(desk: Desk, table: object) -> None:
    names = [column.name for column in table.columns]  # type: ignore[attr-defined]
    needed = [column.name for column in table.required]  # type: ignore[attr-defined]
    for header in (names, needed, [*needed, "plan", "country", "email", "name"]):
        assert found(desk, ",".join(header)) == (table.name, "")  # type: ignore[attr-defined]


def test_it_is_of_one_that_is_named(desk: Desk) -> None:
    desk.preset("own", "customers", '[header]\nall = ["customer id", "started at"]\n[constants]\nstatus = "paused"\n')
    assert found(desk, "customer_id,started_at,ended_at") == ("customers", "")
    assert found(desk, "customer_id,started_at,ended_at", presets=("own",)) == ("customers", "own")


@pytest.mark.parametrize("confidence", ["high", "low"])
def test_what_is_not_confirmed_is_said(desk: Desk, confidence: str) -> None:
    club(desk, 'all = ["member", "joined"]', confidence=confidence)
    answer = desk.ask("churn", "2022-Q2", desk.file("x.csv", "member,joined,left\na,2021-01-01,2022-05-05\n"))
    assert [warned.code for warned in answer.warnings if warned.code == "W230"] == ["W230"] * (confidence == "low")


def test_what_an_export_lacks_is_never_made_good_by_reading_it_otherwise(desk: Desk) -> None:
    """Without amounts it would be a table of customers, in which every word of the vendor's states means something else."""
    header = "id,Customer ID,Plan,Status,Start Date (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)"
    path = desk.file("x.csv", header + "\ns,c,pro,incomplete,2021-01-01,2022-01-01,,\n")
    (problem,) = desk.refused("churn", "2022-Q2", path)
    assert problem.code == "E310"
    assert "amount is not among its columns" in problem.message
    assert "customers=FILE" in problem.hint
    assert desk.given("churn", "2022-Q2", f"customers={path}").preset == ""


def test_nor_is_one_that_can_answer_nothing(desk: Desk) -> None:
    desk.preset("sums", "activity", '[header]\nall = ["visits"]\n', top='refuses = "it holds sums"')
    path = desk.file("x.csv", "date,visits,cost\n2022-04-01,9,5\n")
    (problem,) = desk.refused("cac", "2022-Q2", path)
    assert (problem.code, problem.hint) == ("E311", "it holds sums; if it is no such export, say so: costs=FILE")
    customers = desk.file("customers.csv", "customer_id,started_at\na,2022-04-01\n")
    assert desk.value("cac", "2022-Q2", f"costs={path}", customers) == 5


def test_a_file_of_a_folder_that_is_claimed_and_cannot_be_read_is_named(desk: Desk) -> None:
    club(desk, 'all = ["member", "card"]')
    folder = desk.folder / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text("customer_id,started_at,ended_at\na,2021-01-01,2022-05-05\n", "utf-8")
    (folder / "b.csv").write_text("member,card,customer_id,started_at,ended_at\nb,1,b,2021-01-01,2022-05-05\n", "utf-8")
    answer = desk.ask("churn", "2022-Q2", str(folder))
    assert [Path(given.path).name for given in answer.inputs] == ["a.csv"]
    assert [warned.code for warned in answer.warnings if "b.csv" in warned.message] == ["W207"]


@pytest.mark.parametrize(
    ("unit", "said", "fine"), [("cents", "units", False), ("cents", "cents", True), ("units", "cents", False), ("unknown", "cents", True)]
)
def test_units_that_are_said_for_all_files_never_change_those_of_a_preset(desk: Desk, unit: str, said: str, fine: bool) -> None:
    desk.preset(
        "till",
        "purchases",
        f'[header]\nall = ["buyer"]\n[columns]\ncustomer_id = ["buyer"]\ndate = ["on"]\namount = ["paid"]\n[amounts]\nunit = "{unit}"\n',
    )
    path = desk.file("x.csv", "buyer,on,paid\na,2022-04-01,500\n")
    if fine:
        assert desk.totals("concentration", "2022-Q2", path, amounts=said)["net_revenue"] == Fraction(5)
    else:
        assert [problem.code for problem in desk.refused("concentration", "2022-Q2", path, amounts=said)] == ["E318"]


def test_a_header_below_a_wide_preamble(desk: Desk) -> None:
    """Names that come again are made unique in one go."""
    wide = ",".join(["same"] * 300)
    preamble = "\n".join([wide] * 30)
    club(desk, 'all = ["fellow", "joined"]')
    assert found(desk, f"{preamble}\nfellow,joined,{wide}") == ("E310", "")
    assert found(desk, f"{preamble}\nfellow,note,{wide}") == ("E301", "")


def test_presets_are_in_order_and_each_has_its_file() -> None:
    assert [*shipped()] == sorted(shipped())
    assert all(preset.all and preset.vendor and preset.export for preset in shipped().values())
