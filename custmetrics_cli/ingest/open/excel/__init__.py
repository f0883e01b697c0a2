"""Read the cells of workbooks: their texts as Excel shows them, and the cells whose value is not known."""
