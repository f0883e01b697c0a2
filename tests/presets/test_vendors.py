"""The built-in presets are consistent, and each is detected by the headers of its own export only."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.status import STATUSES, UNKNOWN
from custmetrics_cli.ingest.recognise import match_preset, match_table
from custmetrics_cli.ingest.recognise.header_lines import make_unique
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_preset import AvailablePresets
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, TableMatch
from custmetrics_cli.presets import shipped
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables import TABLES

PRESETS = shipped()
HEADERS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
KNOWN = [(name, text) for name, texts in HEADERS.items() for text in texts]

# Headers of files that people keep themselves: general words, some of them in a vendor's export too.
HOME_MADE = """
order_id; order_date; status; order_total; customer_id; payment_method
order_number; date; customer; email; product; quantity; price; total; currency; paid
Date; Order #; Status; Customer; Net sales
Date; Time; Item; Qty; Net Sales; Tax; Customer
Sale Date; Order ID; Buyer; Quantity; Price; Total
purchase_id; purchase_date; buyer_email; item_name; amount
id; charge_date; amount; currency; status; customer_id
transaction_id; account_id; invoice_id; amount; currency; status; created_at; email
customer_id; product; start_time; end_time; price; is_trial
Name; Email; Status; Pledge; Since
Name; Email; Plan; Start date; Cancel date; Country
email; plan; created_at; expiry; active
id; email; name; note; created_at; labels
id; user_email; status; created_at; ends_at; renews_at
Date; From; Amount; Currency; Message
Date; Campaign; Cost; Impressions; Clicks
Дата; Кампания; Расход; Показы; Клики
Дата; Канал; Потрачено; Показы; Клики
Дата; Источник; Визиты; Заявки; Расход
date; client_id; event; duration
Номер; Дата; Клиент; Сумма; Статус; Менеджер
Номер заказа; Дата создания; Дата оплаты; Email; Сумма; Статус
ID заказа; Email; Дата оплаты; Сумма
№; Дата; Контрагент; Сумма; Валюта
Дата; Контрагент; Организация; Сумма; Оплачено
Идентификатор; Дата платежа; Сумма; Плательщик
Имя; Телефон; Email; Дата; Сумма заказа
ID; Start time; Completion time; Task
ID; Email; Name; Completion time; Score
Submission Date; Email; How likely are you to recommend us?
Response ID; Date Submitted; Score
ID; Дата ответа; Оценка; Комментарий
id; created; rating; review; user
date; app; star rating; review
""".strip().splitlines()

each = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


def header(names: Iterable[str]) -> Header:
    """Return the header with unique names, as in a file."""
    return Header(make_unique([*names]))


def found(of: Header) -> tuple[TableMatch, list[Preset]]:
    tables = list(TABLES.values())
    plain = match_table.best_match(of, tables, MatchOptions(), "export.csv")
    return match_preset.best_preset(lambda lines: of, plain, tables, MatchOptions(), AvailablePresets(PRESETS))


def headers(preset: Preset) -> Iterator[str]:
    yield from (name for group in (*preset.all, preset.any, *preset.columns.values(), *preset.instead.values()) for name in group)
    yield from (name for choice in preset.choices for name in choice.columns)


def test_every_preset_has_known_headers() -> None:
    assert set(HEADERS) == set(PRESETS)


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_an_export_is_detected_by_its_headers_and_by_no_other_preset(name: str, text: str) -> None:
    match, rivals = found(header(text.split("; ")))
    assert match.preset is not None
    assert (match.preset.name, [rival.name for rival in rivals]) == (name, [])


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_every_missing_column_has_help(name: str, text: str) -> None:
    """A survey's score is an exception: its question is worded by the survey, and the user can map it."""
    match, _ = found(header(text.split("; ")))
    preset = PRESETS[name]
    without_help = set(match.missing) - set(preset.lacks) - {"score"}
    assert preset.refuses or not without_help


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_every_column_is_named_by_the_preset(name: str, text: str) -> None:
    """The table's aliases alone never decide a column of a known export: State may be part of an address."""
    match, _ = found(header(text.split("; ")))
    assert set(match.columns) - set(PRESETS[name].columns) <= {"score"}


@pytest.mark.parametrize("text", HOME_MADE)
def test_a_home_made_header_uses_no_preset(text: str) -> None:
    names = header(text.split("; "))
    assert [preset.name for preset in PRESETS.values() if match_preset.matches(preset, names)] == []


@pytest.mark.parametrize("table", TABLES)
def test_a_header_in_the_tables_own_names_uses_no_preset(table: str) -> None:
    match, _ = found(header([column.name for column in TABLES[table].columns]))
    assert match.preset is None


@each
def test_headers_are_not_empty(preset: Preset) -> None:
    assert [name for name in headers(preset) if not normalise(name.replace("*", ""))] == []


@each
def test_no_header_belongs_to_two_columns(preset: Preset) -> None:
    claimed = Counter(normalise(name) for group in preset.columns.values() for name in dict.fromkeys(group))
    assert [name for name, times in claimed.items() if times > 1] == []


@each
def test_fallbacks_belong_to_columns_that_the_preset_names(preset: Preset) -> None:
    assert set(preset.instead) <= {name for name, group in preset.columns.items() if group} & set(TABLES[preset.table].by_name)


@each
def test_words_and_constants_can_be_read(preset: Preset) -> None:
    columns = TABLES[preset.table].by_name
    texts = [(name, word) for name, words in preset.words.items() for word in words.values()] + list(preset.constants.items())
    for name, word in texts:
        assert not word or columns[name].kind.read_cell(word, ColumnFormat(decimal=".")) is not None
        assert name != "status" or STATUSES[columns[name].kind.read_cell(word, ColumnFormat())] not in ("", STATUSES[UNKNOWN])


@each
def test_reasons_are_short_and_low_confidence_is_noted(preset: Preset) -> None:
    reasons = [choice.aside for choice in preset.choices if choice.aside] + list(preset.lines.aside)
    assert [reason for reason in reasons if reason.lower() != reason or len(reason) > 30] == []
    assert set(preset.lacks) <= {*TABLES[preset.table].by_name, "numbers"}  # numbers: scores exported as numbers, not as words
    assert not preset.experimental or preset.notes[0].startswith("Not confirmed")
