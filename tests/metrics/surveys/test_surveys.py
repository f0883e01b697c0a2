"""Compare metrics of surveys with a reference that looks at every answer, and check that wrong scales are an error."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Result
from custmetrics_cli.stats.student_t import quantile
from tests.support.asking import ENGINES, ask, ask_list, known_question, question, written

FIRST = dt.date(2022, 1, 20)
FEBRUARY = range(12, 40)  # days after FIRST
KINDS = ("nps", "csat", "ces")
SCALES = {"nps": "0-10", "csat": "1-10", "ces": "1-7"}


class Answer(NamedTuple):
    day: int
    score: int | None
    customer: str
    kind: str
    touchpoint: str


answers = st.lists(
    st.builds(
        Answer,
        st.integers(0, 50),
        st.integers(1, 7) | st.none(),
        st.sampled_from(["A", "B", "C", "", " "]),
        st.sampled_from(KINDS),
        st.sampled_from(["call", "mail", ""]),
    )
    | st.builds(Answer, st.integers(0, 50), st.integers(0, 10), st.sampled_from("AB"), st.just("nps"), st.just("mail")),
    max_size=16,
)


def csv(rows: list[Answer]) -> str:
    lines = [f"{FIRST + dt.timedelta(a.day)},{'' if a.score is None else a.score},{a.customer},{a.kind},{a.touchpoint}" for a in rows]
    return "".join(f"{line}\n" for line in ("responded_at,score,customer_id,kind,touchpoint", *lines))


def got(rows: list[Answer], engine: str, metric: str = "nps", period: str = "2022-02", **options: Any) -> list[Result]:
    options["options"] = {"scale": SCALES[metric], **options.get("options", {})}
    with TemporaryDirectory() as folder:
        return list(ask(written(Path(folder), {"surveys": csv(rows)}), known_question(metric, period, **options), engine).results)


def counting(rows: list[Answer], kind: str, which: str = "all", days: range = FEBRUARY) -> list[Answer]:
    """Return the answers that count, found one by one. Of answers on one day without a time, the last row is the latest."""
    mine = [a for a in rows if a.kind == kind and a.score is not None and a.day in days]
    if which == "all":
        return mine
    sign = -1 if which == "latest" else 1
    chosen = [a for a in mine if not a.customer.strip()]
    for customer in {a.customer for a in mine if a.customer.strip()}:
        own = enumerate(a for a in mine if a.customer == customer)
        chosen.append(min(own, key=lambda each: (sign * each[1].day, sign * each[0]))[1])
    return chosen


def totals(rows: list[Answer]) -> dict[str, int]:
    found = Counter("promoters" if (a.score or 0) >= 9 else "passives" if (a.score or 0) >= 7 else "detractors" for a in rows)
    return {name: found[name] for name in ("promoters", "passives", "detractors")} | {"answers": len(rows)}


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=30)
@given(rows=answers, which=st.sampled_from(["all", "latest", "first"]))
def test_nps_matches_the_reference(rows: list[Answer], which: str, engine: str) -> None:
    expected = totals(counting(rows, "nps", which))
    (result,) = got(rows, engine, options={"answers": which})
    assert dict(result.totals) == expected
    if result.value is None:
        assert expected["answers"] == 0
        assert result.reason
    else:
        assert result.value == Fraction(100 * (expected["promoters"] - expected["detractors"]), expected["answers"])
        assert -100 <= result.value <= 100
    if result.interval:
        assert -100 <= result.interval.low <= result.interval.high <= 100


@settings(max_examples=30)
@given(rows=answers, which=st.sampled_from(["all", "latest", "first"]), data=st.data())
def test_row_order_and_engine_do_not_matter_to_the_last_bit(rows: list[Answer], which: str, data: st.DataObject) -> None:
    """Each engine gets its own row order, so equal answers prove both."""
    orders = [data.draw(st.permutations(rows)) if which == "all" else rows for _ in ENGINES]  # of equal times, the row decides
    answers_by_engine = [
        got(order, engine, options={"answers": which}, by=["touchpoint"]) for order, engine in zip(orders, ENGINES, strict=True)
    ]
    shown = [[(r.group, dict(r.totals), r.value, r.interval) for r in results] for results in answers_by_engine]
    assert shown[1:] == shown[:-1]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=20)
@given(rows=answers, which=st.sampled_from(["all", "latest", "first"]))
def test_groups_sum_to_the_whole(rows: list[Answer], which: str, engine: str) -> None:
    (whole,) = got(rows, engine, options={"answers": which})
    groups = got(rows, engine, options={"answers": which}, by=["touchpoint"])
    assert sum((Counter(dict(each.totals)) for each in groups), Counter()) == +Counter(dict(whole.totals))
    for each in groups:
        assert dict(each.totals) == totals([a for a in counting(rows, "nps", which) if (a.touchpoint or None) == each.group["touchpoint"]])


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=10)
@given(rows=answers)
def test_shares_sum_to_one(rows: list[Answer], engine: str) -> None:
    """Promoters, passives and detractors; positive and not positive; easy and not easy."""
    parts = {"nps": ["promoters", "passives", "detractors"], "csat": ["positive", "not_positive"], "ces": ["easy", "not_easy"]}
    for metric, names in parts.items():
        for result in got(rows, engine, metric, definition="top" if metric == "ces" else "standard", by=["touchpoint"]):
            if result.value is not None:
                shares = [Fraction(result.totals[name], result.totals["answers"]) for name in names]
                assert sum(shares) == 1
                assert result.value == (shares[0] if metric != "nps" else 100 * (shares[0] - shares[2]))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15)
@given(rows=answers)
def test_a_series_matches_its_single_days(rows: list[Answer], engine: str) -> None:
    for offset, result in enumerate(got(rows, engine, period="2022-02-01..2022-02-14", every="day", options={"answers": "latest"})):
        day = FEBRUARY.start + offset
        assert dict(result.totals) == totals(counting(rows, "nps", "latest", range(day, day + 1)))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15)
@given(rows=answers)
def test_csat_and_ces_match_the_reference(rows: list[Answer], engine: str) -> None:
    (csat,), (ces,) = got(rows, engine, "csat"), got(rows, engine, "ces")
    scores = [a.score or 0 for a in counting(rows, "csat")]
    assert dict(csat.totals) == {
        "positive": sum(s >= 6 for s in scores),
        "not_positive": sum(s < 6 for s in scores),
        "answers": len(scores),
    }
    scores = [a.score or 0 for a in counting(rows, "ces")]
    assert dict(ces.totals) == {"score_sum": sum(scores), "answers": len(scores)}
    if ces.interval and ces.value is not None:
        assert 1 <= ces.interval.low <= ces.value <= ces.interval.high <= 7


@settings(max_examples=15)
@given(rows=answers, name=st.sampled_from(["promoters", "detractors", "answers"]), which=st.sampled_from(["all", "latest"]))
def test_a_list_names_the_answers_behind_its_total(rows: list[Answer], name: str, which: str) -> None:
    expected: Counter[tuple[object, ...]] = Counter()
    for each in counting(rows, "nps", which):
        counts = totals([each])[name]
        expected[each.customer.strip(), each.score, (FIRST + dt.timedelta(each.day)).isoformat()] += counts
    for engine in ENGINES:
        with TemporaryDirectory() as folder:
            paths = written(Path(folder), {"surveys": csv(rows)})
            listed = ask_list(paths, known_question("nps", "2022-02", options={"answers": which, "scale": "0-10"}), name, engine)
        assert listed.columns == ("customer_id", "score", "responded_at", "count")
        assert Counter({row[:-1]: row[-1] for row in listed.rows}) == +expected


def answered(scores: list[int], who: str = "", kind: str = "") -> str:
    """Return a file of answers on one day. who: letters of the customers, in turn."""
    head = "responded_at,score" + ",customer_id" * bool(who) + ",kind" * bool(kind)
    lines = [f"2022-02-01,{score}" + (f",{who[i % len(who)]}{i // len(who)}" if who else "") for i, score in enumerate(scores)]
    return "\n".join([head, *(line + f",{kind}" * bool(kind) for line in lines)]) + "\n"


def refused(folder: Path, metric: str, *files: str, engine: str = "pandas", **options: str) -> str | None:
    """Return the code of the first problem, or None."""
    paths = [path for n, text in enumerate(files) for path in written(folder, {f"{n}": text})]
    try:
        ask(paths, question(metric, "2022-02", options=options), engine)
    except CustmetricsError as error:
        return error.problems[0].code
    return None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("metric", "scores", "options", "code"),
    [
        ("csat", [1, 2, 3, 4, 5] * 4, {}, "E340"),
        ("csat", [1, 2, 3, 4, 5] * 4, {"scale": "1-5"}, None),
        ("csat", [1, 2, 3, 4, 5] * 4, {"scale": "1-10"}, None),
        ("csat", [1, 2, 3, 4, 5] * 3, {}, "E340"),
        ("csat", [5], {}, "E340"),
        ("csat", [3, 10], {}, None),
        ("csat", [1, 7] * 10, {}, "E340"),
        ("csat", [1, 8] * 10, {}, None),
        ("csat", [0, 8], {}, "E512"),
        ("csat", [1, 6], {"scale": "1-5"}, "E512"),
        ("nps", [0, 5] * 10, {}, "E340"),
        ("nps", [0, 5] * 10, {"scale": "0-10"}, None),
        ("nps", [0, 7], {}, None),
        ("nps", [1, 7], {}, "E340"),
        ("nps", [7], {"scale": "0-10"}, None),
        ("nps", [8], {}, None),
        ("nps", [0, 9], {"scale": "1-10"}, "E512"),
        ("nps", [10, 11], {}, "E512"),
        ("ces", [1, 5] * 10, {}, "E340"),
        ("ces", [1, 6] * 10, {}, None),
        ("ces", [1, 8], {}, "E512"),
        ("ces", [1, 8], {"scale": "1-10"}, None),
    ],
)
def test_scores_that_do_not_fit_the_scale_are_an_error(
    metric: str, scores: list[int], options: dict[str, str], code: str | None, engine: str, tmp_path: Path
) -> None:
    for kind in ("", metric):
        assert refused(tmp_path, metric, answered(scores, kind=kind), engine=engine, **options) == code


def test_only_scores_of_the_survey_asked_for_must_fit_its_scale(tmp_path: Path) -> None:
    """Answers to another survey may have any scale, but no scale has an 11."""
    mixed = answered([9, 10], kind="nps") + "2022-02-01,8,ces\n"
    assert refused(tmp_path, "nps", mixed) is None
    assert refused(tmp_path, "ces", mixed) == "E512"
    assert refused(tmp_path, "nps", mixed + "2022-02-01,11,ces\n") == "E512"


def test_files_on_different_scales_are_an_error(tmp_path: Path) -> None:
    ten, five = answered([2, 10] * 10), answered([1, 5] * 10)
    assert refused(tmp_path, "csat", ten, five) == "E340"
    assert refused(tmp_path, "csat", five, five.replace("-01,", "-02,")) == "E340"
    assert refused(tmp_path, "csat", answered([1, 5] * 5), answered([2, 4] * 6)) == "E340"
    assert refused(tmp_path, "csat", ten, answered([1, 5] * 5)) is None, "a few low answers are no other scale"
    assert refused(tmp_path, "csat", ten, ten.replace("-01,", "-02,")) is None


@pytest.mark.parametrize("engine", ENGINES)
def test_repeated_answers_widen_the_interval(engine: str, tmp_path: Path) -> None:
    """Eight equal answers each of five customers tell less than forty answers of forty customers."""
    alone, again = answered([10, 10, 8, 2, 9] * 8, "ABCDE"), answered([10, 10, 8, 2, 9] * 8, "ABCDE").splitlines()
    several = "\n".join([again[0], *(line[: line.rindex(",") + 2] for line in again[1:])]) + "\n"
    (one,), (four,) = (
        ask(written(tmp_path, {name: text}), question("nps", "2022-02"), engine).results for name, text in (("a", alone), ("b", several))
    )
    assert one.value == four.value == 40
    assert one.interval
    assert four.interval
    assert (one.interval.method, four.interval.method) == ("plus one customer", "plus one customer")
    assert four.interval.high - four.interval.low > one.interval.high - one.interval.low


LOUD = "customer_id,responded_at,score\n" + "".join(f"loud,2022-04-{1 + n % 30:02},2\n" for n in range(40))
LOUD += "".join(f"quiet{n},2022-04-05,9\n" for n in range(9))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("metric", "definition"), [("csat", "standard"), ("ces", "top"), ("ces", "standard"), ("nps", "standard")])
def test_one_loud_customer_does_not_make_the_answer_certain(metric: str, definition: str, engine: str, tmp_path: Path) -> None:
    """A customer gives 40 of 49 answers: the interval of the share of 18 % reaches beyond 80 %."""
    scale = {"scale": "0-10" if metric == "nps" else "1-10"}
    (result,) = ask(written(tmp_path, {"surveys": LOUD}), question(metric, "2022-04", definition, options=scale), engine).results
    assert result.interval
    lowest, highest = {"nps": (-100, 100), "csat": (0, 1)}.get(metric, (0, 1) if definition == "top" else (1, 10))
    assert (result.interval.high - result.interval.low) / (highest - lowest) > 0.8


def interval_of_change(scores: dict[str, tuple[list[int], list[int]]]) -> tuple[float, float]:
    """Return the interval of the difference of nps of two periods, computed customer by customer."""
    periods = [{who: both[at] for who, both in scores.items() if both[at]} for at in (0, 1)]
    net = [{who: sum((each >= 9) - (each <= 6) for each in own) for who, own in period.items()} for period in periods]
    found, rest = [], []
    for period, nets in zip(periods, net, strict=True):
        n, a, d = len(period), sum(map(len, period.values())), sum(nets.values())
        saa, sad = sum(len(own) ** 2 for own in period.values()), sum(len(own) * nets[who] for who, own in period.items())
        w = saa / a
        r, total = d / (a + w), a + w
        v = (n + 1) / n * (sum(x * x for x in nets.values()) - 2 * r * sad + r * r * saa + w * w * (1 + r * r)) / total**2
        margin = quantile(n - 1) * v**0.5
        found.append((d / a, max(-1.0, r - margin), min(1.0, r + margin)))
        rest.append({who: nets[who] - d / a * len(own) for who, own in period.items()})
    shared = rest[0].keys() & rest[1].keys()
    root = (sum(f * f for f in rest[0].values()) * sum(g * g for g in rest[1].values())) ** 0.5
    rho = sum(rest[0][who] * rest[1][who] for who in shared) / root if root else 0
    c = max(0.0, rho * (len(shared) - 2) / len(shared)) if len(shared) >= 10 and root else 0.0
    (e1, l1, u1), (e2, l2, u2) = found
    below = ((e2 - l2) ** 2 + (u1 - e1) ** 2 - 2 * c * (e2 - l2) * (u1 - e1)) ** 0.5
    above = ((u2 - e2) ** 2 + (e1 - l1) ** 2 - 2 * c * (u2 - e2) * (e1 - l1)) ** 0.5
    return 100 * (e2 - e1 - below), 100 * (e2 - e1 + above)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("compare", ["previous", "year-ago"])
def test_customers_who_answered_in_both_periods_are_paired(engine: str, compare: str, tmp_path: Path) -> None:
    dice, earlier = Random(14), "2022-03" if compare == "previous" else "2021-04"
    scores = {}
    for n in range(40):
        usual = dice.choice([3, 8, 9, 10])
        scores[f"C{n}"] = tuple([dice.choice([usual, usual, 7]) for _ in range(dice.choice([0, 1, 2, 5]))] for _ in range(2))
    lines = [
        f"{who},{month}-{5 + n:02},{score}"
        for who, both in scores.items()
        for month, own in zip((earlier, "2022-04"), both, strict=True)
        for n, score in enumerate(own)
    ]
    text = "\n".join(["customer_id,responded_at,score", *lines, "later,2022-06-01,9\n"])
    asked = question("nps", "2022-04", compare=compare, options={"scale": "0-10"})
    (result,) = ask(written(tmp_path, {"surveys": text}), asked, engine).results
    assert result.comparison is not None
    assert result.comparison.interval is not None
    found = (result.comparison.interval.low, result.comparison.interval.high)
    assert found == pytest.approx(interval_of_change(scores))  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ENGINES)
def test_files_with_and_without_customers(engine: str, tmp_path: Path) -> None:
    """Anonymous answers count on their own."""
    named, bare = "responded_at,score,customer_id\n2022-02-01,9,A\n2022-02-02,1,A\n", "responded_at,score\n2022-02-03,9\n2022-02-03,9\n"
    paths = written(tmp_path, {"named": named, "bare": bare})
    for which, answers, promoters in (("all", 4, 3), ("latest", 3, 2), ("first", 3, 3)):
        (result,) = ask(paths, known_question("nps", "2022-02", options={"answers": which}), engine).results
        assert (result.totals["answers"], result.totals["promoters"]) == (answers, promoters)
    with pytest.raises(CustmetricsError, match="E160"):
        ask(paths[1:], question("nps", "2022-02", options={"answers": "latest"}), engine)


@settings(max_examples=15)
@given(counts=st.lists(st.tuples(st.integers(0, 10), st.sampled_from("AB "), st.integers(0, 4)), max_size=6))
def test_a_row_that_stands_for_several_answers_equals_as_many_rows(counts: list[tuple[int, str, int]]) -> None:
    """This holds for the value, its totals and its interval, with and without known customers."""
    head = "responded_at,score,customer_id"
    single = [f"2022-02-01,{score},{customer}" for score, customer, n in counts for _ in range(n)]
    several = [f"2022-02-01,{score},{customer},{n}" for score, customer, n in counts]
    for engine in ENGINES:
        results = []
        for lines in ([head, *single], [f"{head},count", *several]):
            with TemporaryDirectory() as folder:
                paths = written(Path(folder), {"surveys": "\n".join(lines) + "\n"})
                results += ask(paths, question("nps", "2022-02", options={"scale": "0-10"}), engine).results
        one, other = results
        assert (one.value, dict(one.totals), one.interval) == (other.value, dict(other.totals), other.interval)
