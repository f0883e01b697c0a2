"""Keys of the columns that are read from a file. A declared column is read under its own name; these mark the others."""

SPLIT = "by "  # the text of a column to split by; the numbers of the same column may be read beside it
PRESET_ROW = "row "  # a column by which a preset chooses rows
COMPARED = " other"  # the column with which a preset compares it
LINE, TEXT = "line of the row", "text of the row"  # of a copy of good rows: their place in the input
FALLBACK = " or "  # a column that is used where the cell of another is empty
ROW_ID = "id of the row"  # by which a row is found in another file
