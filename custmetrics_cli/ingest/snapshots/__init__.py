"""Read tables with one row, or one column, per customer and month: rewrite them as subscriptions of one month."""
