"""A file that was read as a table that the question does not need, but that nearly is a table that it needs."""

from __future__ import annotations

from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.match_table import MANY
from custmetrics_cli.ingest.recognise.roles.hints import no_buyer, pasteable, proposals
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.signs import count_signs


def other_table(layout: Layout, closest: HeaderCandidate, head: Head, path: str) -> Problem | None:
    """Return E339 if a file could be a table that the question needs. The hint names that table and the column that it lacks."""
    table, missing = closest.match.table, closest.match.missing
    signs = count_signs(layout.header, path)
    if layout.preset or len(missing) >= MANY or signs[layout.table.name] > signs[table.name]:
        return None
    sample = Sample(head, closest)
    proposed = [proposals(table.by_name[name], closest, sample) for name in missing]
    lacks = f", which needs {' and '.join(missing)}" if missing else ""
    message = f"read as {layout.table.name}, but the question needs {table.name}{lacks}"
    problem = Problem("E339", message, Place(path, closest.line))
    if not all(proposed):
        lacking = [table.by_name[name] for name, choices in zip(missing, proposed, strict=True) if not choices]
        is_likely = signs[table.name] > signs[layout.table.name]
        hint = no_buyer(lacking, closest, proposed).replace("a buyer: --", f"a buyer: {table.name}={path} --")
        return problem._replace(hint=hint) if hint and is_likely else None
    choices = tuple(choice for each in proposed for choice in each)
    options = "".join(pasteable(proposed)).removeprefix("pass ") if proposed else ""
    return problem._replace(hint=f"pass {table.name}={path} {options}".rstrip(), choices=choices)
