"""Find the role of columns by the words of their headers and by their cells, where no header is exactly a column's name."""
