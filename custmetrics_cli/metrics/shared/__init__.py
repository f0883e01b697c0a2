"""Helpers that several subjects use: periods, groups, exchange rates, packed columns and confidence intervals.

The columns of the frames in metrics. All hold whole numbers.

    id                          the customer
    period                      number of a period: 1 for the first, 0 for the time before it
    start_period, end_period    the period of the first day, and of the first day after
    cancel_period               the period of the cancellation
    group                       number of the group that --by and --where put a customer in
    row_group                   the same for a single row
    group_before, group_after   group of a customer at the start and at the end of a period
    day                         a day, as a number
    start, end                  first day, and the first day after the last
    canceled                    day of the cancellation
    pause_start, pause_end      first day of a pause, and the first day after it
    reason_kind                 why a customer left: 0 unclear, 1 a decision, 2 a failed payment
    monthly                     money per month
    currency                    code of the currency
    rate_step                   number of exchange-rate changes up to a day
    change                      what a day changes: +1, -1 or 0 for a row, else money
    stint_change                +1 where a stint begins, -1 where it ends
    opening, closing            money of a customer at the start and at the end of a period
    resumes, pauses             1 where a span begins after a pause, or ends with one
    resumed, paused             money that resumes or pauses
    count                       number of rows or customers with the same values
    packed                      several of these in one number (see core/packing.py)
"""
