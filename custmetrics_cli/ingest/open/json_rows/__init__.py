"""Read objects of JSON as the rows of a table."""
