"""What an analyst would write: customers per plan at the edges of a period, with pandas. FILE START END (END excluded)."""

import json
import sys

import pandas as pd

path, start, end = sys.argv[1], pd.Timestamp(sys.argv[2]), pd.Timestamp(sys.argv[3])
rows = pd.read_csv(
    path,
    usecols=["customer_id", "started_at", "ended_at", "plan"],
    dtype={"customer_id": str, "plan": "category"},
    parse_dates=["started_at", "ended_at"],
)
rows["plan"] = rows["plan"].cat.as_ordered()


def plan_on(edge):
    """The plan of each row that is there just before a day."""
    return rows["plan"].where((rows["started_at"] < edge) & ~(rows["ended_at"] < edge))


rows = rows.assign(opening=plan_on(start), closing=plan_on(end))
customers = rows.groupby("customer_id", sort=False).agg(first=("started_at", "min"), opening=("opening", "min"), closing=("closing", "min"))
was, stays = customers["opening"].notna(), customers["closing"].notna()
counts = pd.DataFrame(
    {
        "opening": customers["opening"].value_counts(),
        "closing": customers["closing"].value_counts(),
        "new": customers.loc[~was & stays & (customers["first"] >= start), "closing"].value_counts(),
        "reactivated": customers.loc[~was & stays & (customers["first"] < start), "closing"].value_counts(),
        "lost": customers.loc[was & ~stays, "opening"].value_counts(),
    }
)
print(json.dumps(counts.fillna(0).astype(int).to_dict(orient="index")))
