"""From headers and first cells to a table, a preset and a layout."""
