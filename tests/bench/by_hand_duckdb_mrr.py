"""What an analyst would write: the MRR ledger of a period, with DuckDB. FILE START END (END excluded).

Money is counted in cents a year, which are whole for prices by month and by year: a twelfth is the MRR. What happened before
the period, of customers to whom something happens in it, is one sum; only the days within are walked.
"""

import json
import sys

import duckdb

SQL = """
with items as materialized (
    select customer_id, started_at, coalesce(ended_at, date '9999-12-31') as ended_at,
           (amount * 100)::bigint * quantity * if("interval" = 'year', 1, 12) as worth
    from read_csv($path, header = true, columns = {
        'subscription_id': 'VARCHAR', 'customer_id': 'VARCHAR', 'plan': 'VARCHAR', 'started_at': 'DATE', 'ended_at': 'DATE',
        'canceled_at': 'DATE', 'amount': 'DECIMAL(12, 2)', 'interval': 'VARCHAR', 'quantity': 'BIGINT', 'currency': 'VARCHAR',
        'status': 'VARCHAR'})
    where started_at < $end and status not in ('trial', 'never_started') and amount > 0
), edges as (
    select sum(worth) filter (started_at < $start and ended_at >= $start) as opening,
           sum(worth) filter (ended_at >= $end) as closing
    from items
), touched as (
    select distinct customer_id from items
    where started_at >= $start or (ended_at >= $start and ended_at < $end)
), changes as (
    select customer_id, started_at as day, worth as change from items semi join touched using (customer_id)
    union all
    select customer_id, ended_at, -worth from items semi join touched using (customer_id) where ended_at < $end
), days as (
    select customer_id, greatest(day, $start::date - 1) as day, sum(change)::bigint as change from changes group by all
), walked as (
    select day, change, row_number() over customer as nth, sum(change) over customer as after
    from days window customer as (partition by customer_id order by day)
), movements as (
    select abs(change) as change,
           case when change > 0 and after = change then if(nth = 1, 'new', 'reactivation') when change > 0 then 'expansion'
                when after = 0 then 'churned' else 'contraction' end as kind
    from walked where day >= $start and change <> 0
)
select 'opening', opening, null from edges union all
select 'closing', closing, null from edges union all
select kind, sum(change), count(*) from movements group by kind
"""
path, start, end = sys.argv[1:4]
found = duckdb.execute(SQL, {"path": path, "start": start, "end": end}).fetchall()
print(json.dumps({kind: {"mrr": int(cents), "customers": customers} for kind, cents, customers in found}))
