"""Activity: what users did, event by event. Of the time of an event only its day is needed."""

from __future__ import annotations

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.duration import DURATION
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables._table import Column, Table, aliases
from custmetrics_cli.tables.customers import CUSTOMER_ID

TABLE = Table(
    "activity",
    "one row is one event of one user",
    (
        CUSTOMER_ID._replace(
            about="which user; kept as text, so 007 stays 007",
            aliases=(*aliases("$user_id; distinct_id; $distinct_id; uid; visitor_id; visitor; посетитель"), *CUSTOMER_ID.aliases),
        ),
        Column(
            "timestamp",
            DAY,
            "when; counted by the day in the reporting zone",
            required=True,
            aliases=aliases(
                "event_time; event_timestamp; event_at; event_date; occurred_at; happened_at; logged_at; session_start; visited_at; "
                "visit_date; time; date; datetime; дата; время; дата и время; дата события; время события; дата визита"
            ),
        ),
        Column(
            "event",
            WORD,
            "what the user did",
            aliases=aliases("event_name; event_type; action; activity; событие; действие; тип события; название события"),
        ),
        Column(
            "duration",
            DURATION,
            "how long it took, in seconds",
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
