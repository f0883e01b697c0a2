"""What is wrong with files that are tables each by itself, but not together."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Mapping, Sequence

from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.model import Layout, Settings, TextFile
from custmetrics_cli.ingest.recognise.candidates import said_of
from custmetrics_cli.ingest.recognise.head import read_head
from custmetrics_cli.ingest.recognise.headings import Header
from custmetrics_cli.ingest.recognise.unrecognised import no_header
from custmetrics_cli.tables import Table

Decided = list[tuple[TextFile, Layout]]


def wrong(decided: Decided, settings: Settings) -> list[Problem]:
    return [
        *_misspelt(decided, settings.columns),
        *_unfit(decided, settings.presets if settings.preset_required else ()),
        *_doubled(decided, settings.columns),
        *_unlike(decided, settings),
        *_copies(decided),
    ]


def _misspelt(decided: Decided, columns: Mapping[str, str]) -> Iterator[Problem]:
    """A mapping may be meant for one file of several, but not for none of those it could be about."""
    for key, header in columns.items():
        about = [(plain, found) for plain, found in decided if _is_about(key, found.table)]
        if header and about and all(Header(found.header).position(header) < 0 for _, found in about):
            yield no_header(about[0][0], about[0][1].header, key, header)


def _doubled(decided: Decided, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Two columns with one heading may hold different things; the user says which is meant."""
    for plain, found in decided:
        said = said_of(found.table, columns)
        for name, other in found.duplicates.items():
            if name not in said:
                own = found.header[found.columns[name]]
                message = f"two columns are called '{own}', the second here '{other}': either could be {name}"
                hint = f'say which: --column {name}="{own}" or --column {name}="{other}"'
                yield Problem("E308", message, Place(plain.source.path, found.header_line), hint)


def _unlike(decided: Decided, settings: Settings) -> Iterator[Problem]:
    """Absent is not empty: where one file of a table says when customers left, another without that would say that none did."""
    for table in {found.table.name: found.table for _, found in decided}.values():
        files = [(plain.source.path, found.columns) for plain, found in decided if found.table is table]
        given = [policy.replaces for policy in table.policies if policy.values[table.policy_values(settings.policies)[policy.name]]]
        for derived in (derived for derived in table.derived if derived.name not in given):
            has = [path for path, columns in files if derived.is_answerable(columns)]
            for path in [path for path, _ in files if has and path not in has]:
                needs = ", or ".join(" and ".join(names) for names in derived.needs)
                message = f"has no column {needs}, but {has[0]}, of the same table, does: its rows would all count as empty"
                hint = f'leave the file out, or say which column it is: --column {derived.name}="NAME"'
                yield Problem("E306", message, Place(path), hint)


def _copies(decided: Decided) -> Iterator[Problem]:
    """A file and its copy, packed perhaps, would count twice; files that have no rows are alike by nature."""
    kept: dict[tuple[str, int], TextFile] = {}
    for plain, found in decided:
        other = kept.setdefault((found.table.name, plain.size), plain)
        if other is not plain and filecmp.cmp(other.path, plain.path, shallow=False) and _has_rows(plain, found):
            message = f"holds the same as {other.source.path}: its rows would count twice"
            yield Problem("E307", message, Place(plain.source.path), "leave one of the two out")


def _has_rows(text_file: TextFile, found: Layout) -> bool:
    return found.data_line <= len(read_head(text_file).lines)


def _is_about(key: str, table: Table) -> bool:
    return key in table.by_name or (key.startswith(f"{table.name}.") and key.removeprefix(f"{table.name}.") in table.by_name)


def _unfit(decided: Decided, named: Sequence[str]) -> Iterator[Problem]:
    """A preset may be meant for one file of several, but not for none of them."""
    used = {found.preset.name for _, found in decided if found.preset}
    if named and decided and not used.intersection(named):
        plain, found = decided[0]
        message = f"the preset {' or '.join(named)} does not fit: headings that it needs are not there"
        yield Problem(
            "E312",
            message,
            Place(plain.source.path, found.header_line),
            "`custmetrics presets NAME` shows which; leave --preset out to have it found",
        )
