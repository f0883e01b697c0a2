"""Compare the rows of two exports: added, vanished and changed rows."""
