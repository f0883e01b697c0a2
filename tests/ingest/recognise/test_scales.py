"""The scale of scores comes from the preset, the header or the labels, else from the cells, and the answer names its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.preset_desk import Desk

TOP_OF_FIVE = "2022-04-01,5\n2022-04-02,4\n2022-04-03,2\n"
ANY_TEN = "2022-04-01,10\n2022-04-02,9\n2022-04-03,2\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def scale_of(desk: Desk, metric: str, header: str, rows: str) -> tuple[object, object]:
    """Return the scale in effect, and its source."""
    (result,) = desk.ask(metric, "2022-04", desk.file("x.csv", f'date,"{header}"\n{rows}')).results
    return result.options["scale"], result.option_sources["scale"]


@pytest.mark.parametrize(
    "header",
    [
        "How satisfied are you? (1-5)",
        "CSAT score [1–5]",
        "On a scale of 1 to 5, how satisfied are you?",
        "Насколько вы довольны? От 1 до 5",
        "Оцените качество по пятибалльной шкале",
        "Satisfaction (1 = very bad, 5 = very good)",
        "Wie zufrieden sind Sie auf einer Skala von 1 bis 5?",
    ],
)
def test_a_header_names_the_scale(desk: Desk, header: str) -> None:
    assert scale_of(desk, "csat", header, TOP_OF_FIVE) == ("1-5", "header")


def test_labels_of_cells_name_the_scale(desk: Desk) -> None:
    rows = "2022-04-01,5 - Very satisfied\n2022-04-02,3\n"
    assert scale_of(desk, "csat", "How satisfied are you?", rows) == ("1-5", "labels")


def test_the_header_overrides_labels_and_the_option_overrides_the_header(desk: Desk) -> None:
    rows = "2022-04-01,5 - Very satisfied\n2022-04-02,3\n"
    assert scale_of(desk, "csat", "How satisfied are you? (1-10)", rows) == ("1-10", "header")
    path = desk.file("x.csv", f'date,"How satisfied? (1-10)"\n{TOP_OF_FIVE}')
    (result,) = desk.ask("csat", "2022-04", path, options={"scale": "1-5"}).results
    assert (result.options["scale"], result.option_sources["scale"]) == ("1-5", "option")


def test_a_preset_names_the_scale_of_each_kind_of_survey(desk: Desk) -> None:
    desk.preset("stars", "surveys", '[header]\nall = ["answered", "stars"]\n[columns]\nresponded_at = ["answered"]\nscore = ["stars"]\n'
                '[scale]\ncsat = "1-5"\n')  # fmt: skip
    path = desk.file("x.csv", f"answered,stars\n{TOP_OF_FIVE}")
    (result,) = desk.ask("csat", "2022-04", path).results
    assert (str(result.value), result.options["scale"], result.option_sources["scale"]) == ("2/3", "1-5", "preset")
    assert desk.refused("nps", "2022-04", path)[0].code == "E340"


@pytest.mark.parametrize(("metric", "scale"), [("nps", "0-10"), ("csat", "1-10")])
def test_a_high_score_confirms_the_usual_scale(desk: Desk, metric: str, scale: str) -> None:
    assert scale_of(desk, metric, metric, ANY_TEN) == (scale, "usual")


def test_a_low_score_alone_asks_with_the_shortest_scale_first(desk: Desk) -> None:
    path = desk.file("x.csv", "date,csat\n2022-04-01,5\n")
    (problem,) = desk.refused("csat", "2022-04", path)
    assert [choice.value for choice in problem.choices] == ["1-5", "1-7", "1-10"]
    assert desk.value("csat", "2022-04", path, options={"scale": problem.choices[0].value}) == 1


def test_stars_give_no_nps(desk: Desk) -> None:
    for header in ("How likely are you to recommend us? (1-5)", "NPS (1-7)"):
        (problem,) = desk.refused("nps", "2022-04", desk.file("x.csv", f'date,"{header}"\n{TOP_OF_FIVE}'))
        assert problem.code == "E343"
    (problem,) = desk.refused("nps", "2022-04", desk.file("x.csv", f"date,nps\n{TOP_OF_FIVE}"))
    assert (problem.code, [choice.value for choice in problem.choices]) == ("E340", ["0-10"])


def test_answers_to_another_survey_do_not_matter(desk: Desk) -> None:
    """The stars of csat in the same file are no reason to refuse nps."""
    path = desk.file("x.csv", "date,kind,score\n2022-04-01,csat,4\n2022-04-01,nps,9\n")
    assert desk.value("nps", "2022-04", path) == 100
