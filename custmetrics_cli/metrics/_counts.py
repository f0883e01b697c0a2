"""From a histogram of touches to counts, in plain Python: which total a customer counts in, for which period and group.

Each function yields (k, g, {name: n}). What is counted for a group is counted a second time for WHOLE, from the
customer's own state and not from its groups, so that the two can be held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.metric import WHOLE

NOWHERE = 2**30  # no group: nothing of the customer runs at that edge
Touch = Mapping[str, int]
Counts = dict[str, int]
REASONS = ("", "voluntary", "involuntary")


def _left(v: int, n: int) -> Counts:
    """What is lost, by reason; `unlost` is what kept has less than opening."""
    return {"lost": n, "unlost": -n, "net": -n} | ({REASONS[v]: n} if v else {})


def of_alone(row: Touch) -> Iterator[tuple[int, int, Counts]]:
    """A customer with one row, from period ks to period ke, cancelled in kc."""
    n, inside = row["n"], row["ks"] == row["ke"]
    came = {"starts": n} | ({"new_and_lost": n} if inside else {"new": n, "net": n})
    left = {"ends": n} | ({} if inside else _left(row["v"], n))
    for g in (row["g"], WHOLE):
        yield row["ks"], g, came
        yield row["ke"], g, left
        if row["ks"] <= row["kc"] < row["ke"]:
            yield row["kc"], g, {"leaving": n}


def of_edges(row: Touch) -> Iterator[tuple[int, int, Counts]]:
    """A customer with several rows: lost counts in the opening group, new in the closing group, both where it moved."""
    n, k = row["n"], row["k"]
    yield k, WHOLE, _state(row)
    if not (row["was"] and row["stays"] and row["g0"] != row["g1"]):
        group = row["g1"] if row["stays"] else row["g0"] if row["was"] else row["gs"]
        if group != NOWHERE:
            yield k, group, _state(row)
        return
    yield k, row["g0"], {"net": -n, "moved_out": n} | ({"lost_and_back": n} if row["down"] else {})
    yield k, row["g1"], {"net": n, "moved_in": n} | ({"leaving": n} if row["cancel"] else {})


def _state(row: Touch) -> Counts:
    n = row["n"]
    match row["was"], row["stays"]:
        case 1, 0:
            return _left(row["v"], n)
        case 0, 1:
            return {"net": n, "new" if row["first"] else "reactivated": n} | _leaving(row)
        case 1, 1:
            return ({"lost_and_back": n} if row["down"] else {}) | _leaving(row)
    return {"new_and_lost" if row["first"] else "back_and_lost": n} if row["up"] else {}


def _leaving(row: Touch) -> Counts:
    return {"leaving": row["n"]} if row["cancel"] else {}


def of_days(row: Touch) -> Iterator[tuple[int, int, Counts]]:
    """Stints of customers with several rows begin and end in the group of their day."""
    began = "starts" if row["first"] else "returns"
    for g in (row["g"], WHOLE):
        yield row["k"], g, {began if row["delta"] > 0 else "ends": row["n"]}
