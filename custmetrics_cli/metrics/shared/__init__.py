"""What several subjects use: groups, periods, intervals, money with a date."""
