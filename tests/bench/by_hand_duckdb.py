"""What an analyst would write: customers per plan at the edges of a period, with DuckDB. FILE START END (END excluded)."""

import json
import sys

import duckdb

SQL = """
with customers as (
    select customer_id,
           min(started_at) as first,
           min(plan) filter (started_at < $start and (ended_at is null or ended_at >= $start)) as opening,
           min(plan) filter (started_at < $end and (ended_at is null or ended_at >= $end)) as closing
    from read_csv($path, header = true, columns = {
        'customer_id': 'VARCHAR', 'started_at': 'DATE', 'ended_at': 'DATE', 'plan': 'VARCHAR', 'country': 'VARCHAR'})
    group by customer_id
), events as (
    select opening as plan, 1 as opening, 0 as closing, 0 as new, 0 as reactivated, (closing is null)::int as lost
    from customers where opening is not null
    union all
    select closing, 0, 1, (opening is null and first >= $start)::int, (opening is null and first < $start)::int, 0
    from customers where closing is not null
)
select plan, sum(opening), sum(closing), sum(new), sum(reactivated), sum(lost) from events group by plan order by plan
"""
path, start, end = sys.argv[1:4]
found = duckdb.execute(SQL, {"path": path, "start": start, "end": end}).fetchall()
names = ("opening", "closing", "new", "reactivated", "lost")
print(json.dumps({plan: dict(zip(names, map(int, counts), strict=True)) for plan, *counts in found}))
