"""From a histogram of touches to counts, in plain Python: which total a customer counts in, for which period and group.

Each function yields (k, g, {name: n}). What is counted for a group is counted a second time for WHOLE, from the
customer's own state and not from its groups, so that the two can be held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.core.data.counts import WHOLE
from custmetrics_cli.metrics.shared.groups import Place

Touch = Mapping[str, int]
Counts = dict[str, int]
NO_START = 0  # the start (group + 2, and whether it is the customer's first) of a customer for whom no stint began
GOES_ON = 3  # the reason of a customer for whom no stint ended
REASONS = ("", "voluntary", "involuntary")


def _left(v: int, n: int) -> Counts:
    """What is lost, by reason; `unlost` is what kept has less than opening."""
    return {"lost": n, "unlost": -n, "net": -n} | ({REASONS[v]: n} if v else {})


def count_single_rows(place: Place, base: int, sign: int, row: Touch) -> Iterator[tuple[int, int, Counts]]:
    """A customer with one row, from period ks to period ke, cancelled in kc; the reason v and these are digits of `what`."""
    rest, v = divmod(row["what"], 4)
    rest, ks = divmod(rest, base)
    kc, ke = divmod(rest, base)
    n, inside = sign * row["n"], ks == ke
    came = {"starts": n} | ({"new_and_lost": n} if inside else {"new": n, "net": n})
    left = {"ends": n} | ({} if inside else _left(v, n))
    for g in (place(row["g"]), WHOLE):
        yield ks, g, came
        yield ke, g, left
        if ks <= kc < ke:
            yield kc, g, {"leaving": n}


def count_edges(place: Place, row: Touch) -> Iterator[tuple[int, int, Counts]]:
    """A customer with several rows: lost counts in the opening group, new in the closing group, both where it moved."""
    n, k = row["n"], row["k"]
    rest, delta = divmod(row["what"], 4)
    rest, why = divmod(rest, 4)
    stays, cancel = divmod(rest, 2)
    group, first = divmod(row["start"], 2)
    was = stays - delta + 1
    going = {"leaving": n} if cancel and stays else {}
    if was and stays:
        yield from _stayed(place, row, {"lost_and_back": n} if why != GOES_ON else {}, going)
    elif was or stays or row["start"] != NO_START:
        counts = _left(why, n) if was else _came(n, bool(stays), bool(first)) | going
        yield k, WHOLE, counts
        yield k, place(row["g0"] if was else row["g1"] if stays else group - 2), counts


def _stayed(place: Place, row: Touch, back: Counts, going: Counts) -> Iterator[tuple[int, int, Counts]]:
    n, k = row["n"], row["k"]
    before, after = place(row["g0"]), place(row["g1"])
    yield k, WHOLE, back | going
    if before == after:
        yield k, after, back | going
    else:
        yield k, before, {"net": -n, "moved_out": n} | back
        yield k, after, {"net": n, "moved_in": n} | going


def _came(n: int, stays: bool, first: bool) -> Counts:
    if stays:
        return {"net": n, "new" if first else "reactivated": n}
    return {"new_and_lost" if first else "back_and_lost": n}


def count_stints(place: Place, row: Touch) -> Iterator[tuple[int, int, Counts]]:
    """Stints of customers with several rows begin and end in the group of their day."""
    began = "starts" if row["first"] else "returns"
    for g in (place(row["g"]), WHOLE):
        yield row["k"], g, {began if row["delta"] > 0 else "ends": row["n"]}
