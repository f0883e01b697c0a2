"""Activity: events of users. Only the day of an event is used."""

from __future__ import annotations

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.duration import DURATION
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.customers import CUSTOMER_ID
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.table import Table
from custmetrics_cli.tables.words import events, people

TABLE = Table(
    "activity",
    "one row is one event of one user",
    (
        CUSTOMER_ID._replace(
            about="the user; kept as text, so 007 stays 007",
            words=people.USER_ID,
            # A person may have several ids of devices, so these come last.
            aliases=(
                *aliases("$user_id; person_id; distinct_id; $distinct_id; uid"),
                *CUSTOMER_ID.aliases,
                *aliases("visitor_id; visitor; посетитель"),
            ),
        ),
        Column(
            "timestamp",
            DAY,
            "time of the event; its day in the reporting time zone counts",
            required=True,
            aliases=aliases(
                "event_time; event_timestamp; event_at; event_date; occurred_at; happened_at; logged_at; session_start; visited_at; "
                "visit_date; time; date; datetime; дата; время; дата и время; дата события; время события; дата визита"
            ),
            words=events.TIMESTAMP,
        ),
        Column(
            "event",
            WORD,
            "name of the event",
            aliases=aliases("event_name; event_type; action; activity; событие; действие; тип события; название события"),
        ),
        Column(
            "duration",
            DURATION,
            "duration in seconds",
            empty=-1,
            aliases=aliases(
                "duration_seconds; duration_s; seconds; $duration; visit_duration; session_duration; time_spent; "
                "длительность; длительность, сек; продолжительность; время на сайте"
            ),
        ),
    ),
    order=6,
    keys=(("customer_id", "timestamp", "event"),),
)
