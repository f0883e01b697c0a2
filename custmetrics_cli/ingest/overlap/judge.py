"""Judge rows that several files hold: whether they count twice, what the user can do, and which file is the newest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from custmetrics_cli.core.errors import SHOWN, Choice, CustmetricsError, Place, Problem
from custmetrics_cli.core.words import natural, plural
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.overlap.row_ids import Identity
from custmetrics_cli.ingest.overlap.rows import FileRows
from custmetrics_cli.ingest.overlap.same_rows import Shared, equal_rows
from custmetrics_cli.ingest.settings import KEEP, NEWEST

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

CHOICES = (Choice("overlap", NEWEST, "count the rows of the newest file"), Choice("overlap", KEEP, "count the rows of all files"))
COUNT_ONCE = f"pass {CHOICES[0]} to count them once"
HINT = f"pass only the newest file, or {CHOICES[0]} to count each such row as the newest file has it, or {CHOICES[1]} to count all"


def count_twice(plan: ReadPlan, files: Sequence[FileRows], shared: Iterable[Shared]) -> list[Shared]:
    """Return the shared rows that would count twice. An order at the border of two files becomes a warning."""
    found = []
    for each in shared:
        if plan.row_ids.identity is Identity.START:
            found += [each] if _is_snapshot(plan, files, each) else []
        elif _is_at_border(plan, files, each):
            _warn_of_border(plan, files, each)
        else:
            found.append(each)
    return found


def _is_snapshot(plan: ReadPlan, files: Sequence[FileRows], shared: Shared) -> bool:
    """Return whether two files hold the same rows, and it matters: equal rows of customers count once."""
    sums_rows = "amount" in plan.table.by_name
    return (sums_rows or shared.differing > 0) and equal_rows(files[shared.one], files[shared.other], with_customers=True) > 0


def _is_at_border(plan: ReadPlan, files: Sequence[FileRows], shared: Shared) -> bool:
    """Return whether the only shared order has the last rows of one file, and the first rows of the other."""
    if plan.table.has_spans or len(shared.keys) > 1 or plan.row_ids.identity is not Identity.ID:
        return False
    one, other = files[shared.one], files[shared.other]
    rows = [file.numbers_of(int(file.all_keys[number])) for file, number in zip((one, other), shared.rows, strict=True)]
    lengths = [len(file.all_keys) for file in (one, other)]
    are_lines = max(map(len, rows)) > 1 or any(len(np.unique(file.all_keys)) < len(file.all_keys) for file in (one, other))
    edges = [{name for name, at in (("first", 0), ("last", size - 1)) if at in each} for each, size in zip(rows, lengths, strict=True)]
    together = all(int(each[-1] - each[0]) == len(each) - 1 for each in rows)
    return are_lines and together and shared.differing > 0 and any(a != b for a in edges[0] for b in edges[1])


def _warn_of_border(plan: ReadPlan, files: Sequence[FileRows], shared: Shared) -> None:
    progress, one = plan.files[shared.other], files[shared.one]
    order = one.text(shared.rows[0])
    text = f"the order '{order}' is also in {one.path}, at its border; its rows count as lines of one order"
    progress.remarks.append(Remark("W288", text))


def refuse(plan: ReadPlan, files: Sequence[FileRows], found: Sequence[Shared]) -> NoReturn:
    """Raise CustmetricsError E355 for rows that would count twice."""
    problems = [_problem(plan, files, each) for each in found[:SHOWN]]
    raise CustmetricsError(*problems, total=len(found))


def _problem(plan: ReadPlan, files: Sequence[FileRows], shared: Shared) -> Problem:
    older, newer = sorted((shared.one, shared.other), key=lambda number: _age(files[number]))
    example = files[shared.one].text(shared.rows[0])
    header = plan.row_ids.headers[newer]
    if plan.row_ids.identity is Identity.START:
        header = plan.files[newer].layout.names[plan.files[newer].layout.columns["customer_id"]]
        what = f"{plural(len(shared.keys), 'customer')} with the same start"
    else:
        what = plural(len(shared.keys), "id")
    message = f"shares {what} in '{header}' with {files[older].path}, for example '{example}': these rows would count twice"
    return Problem("E355", message, Place(files[newer].path), HINT, choices=CHOICES)


def _age(file: FileRows) -> tuple[int, object]:
    """Return a key by which files are sorted from the oldest to the newest: the last day of the data, then the name."""
    return file.newest, natural(file.path)


def older_rows(files: Sequence[FileRows], found: Iterable[Shared]) -> dict[int, Array]:
    """Return the rows of each file that a newer one holds, as full keys."""
    keys: dict[int, list[Array]] = {}
    for each in found:
        older = min((each.one, each.other), key=lambda number: _age(files[number]))
        keys.setdefault(older, []).append(each.keys)
    return {number: np.unique(np.concatenate(each)) for number, each in keys.items()}


def equal_rows_of(plan: ReadPlan, files: Sequence[FileRows]) -> list[Shared]:
    """Return the rows that two files share, if no column identifies rows and they are not equal by chance."""
    with_customers = all(plan.id is not None and plan.id.name in progress.layout.columns for progress in plan.files)
    found = []
    for one, other in combinations(range(len(files)), 2):
        (first, last), (others_first, others_last) = files[one].span, files[other].span
        is_shared = first <= others_last and others_first <= last and equal_rows(files[one], files[other], with_customers)
        if is_shared:
            files[one].newest, files[other].newest = last, others_last
            keys = np.intersect1d(files[one].all_keys, files[other].all_keys)
            found.append(Shared(one, other, keys, (0, 0), 0))
    return found


def warn_of_equal_rows(plan: ReadPlan, files: Sequence[FileRows], found: Iterable[Shared]) -> None:
    """Add a warning to the newer of two files that share rows."""
    for each in found:
        older, newer = sorted((each.one, each.other), key=lambda number: _age(files[number]))
        columns = ", ".join(name for name in plan.files[newer].layout.columns if name in plan.table.by_name)
        count = plural(len(each.keys), "row is", "rows are")
        text = f"{count} also in {files[older].path} (equal {columns}) and counted twice; {COUNT_ONCE}"
        plan.files[newer].remarks.append(Remark("W279", text))
