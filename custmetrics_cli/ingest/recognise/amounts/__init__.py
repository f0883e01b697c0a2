"""What the amounts of a file mean: for which time, how many units, the row or the whole order."""
