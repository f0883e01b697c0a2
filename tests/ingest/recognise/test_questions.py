"""Headers that ask for a score. Answers to one kind of survey are never read as answers to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.preset_desk import Desk

NPS = ["How likely are you to recommend us to a friend?", "Насколько вероятно, что вы порекомендуете нас?", "NPS", "Net Promoter Score"]
CSAT = ["How satisfied are you with us?", "Насколько вы удовлетворены?", "CSAT score"]
CES = ["How easy was it to get help?", "Насколько легко было решить вопрос?"]
KINDS = [("nps", NPS), ("csat", CSAT), ("ces", CES)]
SCALES = {"nps": {"scale": "0-10"}, "csat": {"scale": "1-10"}, "ces": {"scale": "1-7"}}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def asked(desk: Desk, *questions: str, scores: str = "9") -> str:
    heads = ",".join(f'"{question}"' for question in questions)
    return desk.file("x.csv", f"date,{heads}\n2022-04-01,{scores}\n")


@pytest.mark.parametrize(("kind", "question"), [(kind, question) for kind, questions in KINDS for question in questions])
@pytest.mark.parametrize("is_mapped", [False, True])
def test_a_question_belongs_to_one_kind_of_survey(desk: Desk, kind: str, question: str, is_mapped: bool) -> None:
    """This holds even if the user maps the question to the score."""
    path = asked(desk, question, scores="7")
    columns = {"columns": {"score": question}} if is_mapped else {}
    for other, _ in KINDS:
        totals = desk.totals(other, "2022-Q2", path, options=SCALES[other], **columns)
        assert totals["answers"] == (other == kind)


@pytest.mark.parametrize("kind", ["nps", "csat", "ces"])
def test_the_metric_chooses_among_questions_of_several_kinds(desk: Desk, kind: str) -> None:
    path = asked(desk, NPS[0], CSAT[0], CES[0], scores="9,6,3")
    totals = desk.totals(kind, "2022-Q2", path, options=SCALES[kind])
    assert totals["answers"] == 1
    assert {"nps": "promoters", "csat": "positive", "ces": "answers"}[kind] in {name for name, total in totals.items() if total}


def test_two_questions_of_one_kind_are_refused_until_one_is_mapped(desk: Desk) -> None:
    first, second = NPS[0], "How likely are you to recommend the app?"
    path = asked(desk, first, second, scores="9,0")
    (problem,) = desk.refused("nps", "2022-Q2", path)
    assert problem.code == "E314"
    assert desk.value("nps", "2022-Q2", path, columns={"score": second}, options=SCALES["nps"]) == -100
    assert desk.value("nps", "2022-Q2", path, columns={"score": first}) == 100


def test_a_score_column_overrides_questions(desk: Desk) -> None:
    path = desk.file("x.csv", f'date,score,"{NPS[0]}"\n2022-04-01,0,9\n')
    assert desk.value("nps", "2022-Q2", path, options=SCALES["nps"]) == -100


def test_a_column_of_survey_kinds_overrides_the_question(desk: Desk) -> None:
    path = desk.file("x.csv", 'date,kind,"NPS score"\n2022-04-01,csat,9\n2022-04-01,nps,0\n')
    assert desk.value("nps", "2022-Q2", path, options=SCALES["nps"]) == -100
    assert desk.value("csat", "2022-Q2", path, options=SCALES["csat"]) == 1


def test_an_empty_mapping_of_the_score_disables_questions(desk: Desk) -> None:
    with pytest.raises(CustmetricsError, match="E30"):
        desk.value("nps", "2022-Q2", asked(desk, NPS[0]), columns={"score": ""})
