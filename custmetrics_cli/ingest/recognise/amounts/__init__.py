"""The meaning of the amounts of a file: for which time, for how many units, of the row or of the whole order."""
