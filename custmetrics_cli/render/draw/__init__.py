"""Draw a page as plain text, on a terminal or as separated values."""
