"""The clean tables, their questions and the answers that were worked out by hand."""

from __future__ import annotations

from typing import NamedTuple

from tests.pollution.semantic.sheet import sheet

SUBSCRIPTIONS = sheet(
    "export.csv",
    "customer_id,plan,started_at,ended_at,amount,interval,status",
    "C1,pro,2022-01-13,,120,month,active",
    "C2,basic,2022-01-25,2022-05-17,30,month,ended",
    "C3,pro,2022-02-14,,1200,year,active",
    "C4,team,2022-02-20,2022-06-15,300,quarter,ended",
    "C5,basic,2022-03-05,,240,year,active",
    "C6,pro,2022-03-16,,60,month,active",
    "C7,team,2022-05-18,,90,month,active",
    "C8,basic,2022-04-22,,600,year,active",
)
CUSTOMERS = SUBSCRIPTIONS.without("amount", "interval")
PURCHASES = sheet(
    "export.csv",
    "order_id,customer_id,date,amount,status",
    "1001,C1,2022-04-13,120.00,paid",
    "1002,C2,2022-04-20,30.00,paid",
    "1003,C1,2022-05-16,80.00,paid",
    "1004,C3,2022-05-18,40.00,paid",
    "1005,C4,2022-06-14,100.00,paid",
    "1006,C2,2022-06-21,20.00,paid",
    "1007,C5,2022-06-22,10.00,paid",
    "1008,C6,2022-06-25,50.00,paid",
)
NPS = sheet(
    "export.csv",
    "responded_at,customer_id,score,comment",
    *(f"2022-0{4 + n % 3}-{13 + n},C{n},{score},fine" for n, score in enumerate((10, 9, 3, 8, 10, 6, 9, 7))),
)
CSAT = NPS.filled("score", ["5", "4", "2", "5", "3", "4", "5", "1"])
CES = NPS.filled("score", ["7", "6", "2", "5", "3", "4", "6", "1"])
COSTS = sheet(
    "costs.csv",
    "date,amount,category,channel",
    "2022-04-13,500.00,marketing,ads",
    "2022-05-16,250.00,marketing,events",
    "2022-06-14,250.00,sales,calls",
)
ACTIVITY = sheet(
    "export.csv",
    "customer_id,timestamp,event",
    *(f"C{n % 3},2022-0{4 + n % 2}-{13 + n},open" for n in range(7)),
)


class Question(NamedTuple):
    """A command without its files, and the right answer."""

    arguments: tuple[str, ...]
    right: float


def question(command: str, right: float) -> Question:
    return Question((*command.split(), "--period", "2022-Q2"), right)


MRR = question("mrr", 440)  # 120 + 1200/12 + 240/12 + 60 + 90 + 600/12
CHURN = question("churn", 2 / 6)  # C2 and C4, of the six customers on 31 March
COUNT = question("customers", 6)
KEPT = question("nrr", 300 / 430)  # MRR of C1, C3, C5, C6, of 120 + 30 + 100 + 100 + 20 + 60
REPEAT = question("repeat-rate", 2 / 6)  # C1 and C2, of six buyers
TOP = question("concentration --top 0.16", 200 / 450)  # C1
VALUE = question("clv --definition historic", 450 / 6)
SCORE_NPS = question("nps --scale 0-10", 100 * (4 - 2) / 8)
SCORE_CSAT = question("csat --scale 1-5", 5 / 8)
SCORE_CES = question("ces --scale 1-7", 34 / 8)
CAC = question("cac", 1000 / 2)  # C7 and C8
ACTIVE = question("active-users", 3)
