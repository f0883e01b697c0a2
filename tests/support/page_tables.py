"""The tables of README and guide that come from declarations: metrics, tables, presets, options.

A table stands between `<!-- NAME -->` and `<!-- end of NAME -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from custmetrics_cli.cli.app import all_commands
from custmetrics_cli.cli.options.parameters import meaning
from custmetrics_cli.core.metric import FAMILIES, Metric
from custmetrics_cli.core.options import PANELS, OptionSpec
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.presets import presets
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.profiles import Profile, profiles
from custmetrics_cli.profiles._axis import Axis
from custmetrics_cli.profiles.axes import AXES
from custmetrics_cli.tables import TABLES, Table

PLACE = re.compile(r"(?<=<!-- )(?P<name>[a-z]+) -->\n.*?(?=<!-- end of (?P=name) -->)", re.DOTALL)
ANY_METRIC = ("report", "diff", "explain", "compare-definitions", "reconcile")  # commands that take the options of all metrics
METRICS_PAGE = "custmetrics_cli/guide/metrics.md"


def with_tables(text: str) -> str:
    """Return the text with its tables made anew."""
    return PLACE.sub(lambda place: f"{place['name']} -->\n{MAKERS[place['name']]()}", text)


@cache
def options() -> dict[str, dict[str, OptionSpec]]:
    """Return the options by name, each as every command has it: the metrics first, the common options first."""
    commands = {name: command for metric in (True, False) for name, command in all_commands().items() if (name in METRICS) is metric}
    found: dict[str, dict[str, OptionSpec]] = {}
    for name, command in commands.items():
        for spec in sorted([*command.metric_options(), *command.options.specs.values()], key=lambda spec: not spec.common):
            found.setdefault(f"--{spec.name}", {})[name] = spec
    return found


def families() -> dict[str, list[Metric]]:
    """Return the metrics by family, both in order."""
    ordered = sorted(METRICS.values(), key=lambda metric: metric.order)
    names = [*FAMILIES, *sorted({metric.family for metric in ordered} - {*FAMILIES})]
    found = {name: [metric for metric in ordered if metric.family == name] for name in names}
    return {name: metrics for name, metrics in found.items() if metrics}


def _table(head: str, rows: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (head, "|---" * (head.count("|") - 1) + "|", *rows))


def _overview() -> str:
    return _table("| | |\n".rstrip(), map(_family_row, families().items()))


def _family_row(family: tuple[str, list[Metric]]) -> str:
    name, metrics = family
    anchor = name.casefold().replace(" ", "-")
    return f"| [{name}]({METRICS_PAGE}#{anchor}) | {', '.join(f'`{metric.name}`' for metric in metrics)} |"


def _metrics() -> str:
    return "\n".join(f"## {name}\n\n{_table(METRICS_HEAD, map(_metric_row, metrics))}" for name, metrics in families().items()) + "\n"


METRICS_HEAD = "| metric | question | formula | other definitions |"


def _metric_row(metric: Metric) -> str:
    names = ", ".join((f"`{metric.name}`", *metric.aliases))
    others = "; ".join(f"`{name}`: `{each.formula.text}`" for name, each in metric.definitions.items() if name != "standard")
    return f"| {names} | {metric.asks} | `{metric.standard.formula.text}` | {others} |"


def _tables() -> str:
    return _table("| table | one row is | required columns | optional columns |", map(_table_row, TABLES.values()))


def _table_row(table: Table) -> str:
    required = ", ".join(f"`{column.name}`" for column in table.required)
    optional = ", ".join(f"`{column.name}`" for column in table.columns if not column.required)
    return f"| `{table.name}` | {table.about.removeprefix('one row is ')} | {required} | {optional} |"


def _columns() -> str:
    return "\n".join(f"### {table.name}\n\n{_table(COLUMNS_HEAD, _column_rows(table))}" for table in TABLES.values()) + "\n"


COLUMNS_HEAD = "| column | contains | also recognised as |"


def _column_rows(table: Table) -> Iterator[str]:
    for column in table.columns:
        name = f"`{column.name}`" + (" (required)" if column.required else "")
        yield f"| {name} | {_cell(column.about)} | {_cell(', '.join(column.aliases))} |"


def _presets() -> str:
    return _table("| preset | vendor | export | table | confidence |", map(_preset_row, presets().values()))


def _preset_row(preset: Preset) -> str:
    return f"| `{preset.name}` | {preset.vendor} | {preset.export} | {preset.table} | {preset.confidence} |"


def _options() -> str:
    """Return a table for each panel of the help."""
    panels: dict[str, list[str]] = {panel: [] for panel in (*PANELS[1:], PANELS[0])}
    for versions in options().values():
        panels[_first(versions).panel].append(_option_row(versions))
    return "\n".join(f"### {panel}\n\n{_table(OPTIONS_HEAD, rows)}" for panel, rows in panels.items() if rows) + "\n"


OPTIONS_HEAD = "| option | meaning | default | only for |"


def _first(versions: dict[str, OptionSpec]) -> OptionSpec:
    return next(iter(versions.values()))


def _option_row(versions: dict[str, OptionSpec]) -> str:
    spec = _first(versions)
    names = f"`--{spec.name} {spec.metavar}".rstrip() + "`" + (f", `{spec.short}`" if spec.short else "")
    own = {command: version for command, version in versions.items() if command not in ANY_METRIC} or versions
    only = "" if METRICS.keys() <= versions.keys() else ", ".join(own)
    return f"| {names} | {_cell(meaning(spec))} | {_cell(_defaults(own) if only else _default(spec))} | {only} |"


def _default(spec: OptionSpec) -> str:
    return spec.default_note.removeprefix("default: ")


def _defaults(versions: dict[str, OptionSpec]) -> str:
    """Return the default; where it depends on the metric, each with its metrics."""
    found: dict[str, list[str]] = {}
    for command, spec in versions.items():
        found.setdefault(_default(spec), []).append(command)
    return "; ".join(default if len(found) == 1 else f"{default} ({', '.join(names)})" for default, names in found.items() if default)


def _cell(text: str) -> str:
    """Return the text as a cell of a Markdown table."""
    return text.replace("|", r"\|")


def _axes() -> str:
    head = "| choice | values, ours first | metrics |"
    return _table(head, (f"| `{axis.name}`: {axis.about} | {_values(axis)} | {', '.join(axis.metrics)} |" for axis in AXES.values()))


def _values(axis: Axis) -> str:
    return "<br>".join(f"`{value}`: {meaning.about}" for value, meaning in axis.values.items())


def _profiles() -> str:
    return _table("| profile | documented choices | source |", map(_profile_row, profiles().values()))


def _profile_row(profile: Profile) -> str:
    own = {f"{metric}: {axis}": value for metric, choices in profile.own.items() for axis, value in choices.items()}
    choices = ", ".join(f"{axis} `{value}`" for axis, value in {**profile.axes, **own}.items())
    return f"| `{profile.name}` ({profile.vendor}) | {choices} | {profile.source}, {profile.date} |"


MAKERS = {
    "overview": _overview,
    "metrics": _metrics,
    "tables": _tables,
    "columns": _columns,
    "presets": _presets,
    "axes": _axes,
    "profiles": _profiles,
    "options": _options,
}
