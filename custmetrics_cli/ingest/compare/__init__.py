"""The command `diff`: how two exports differ, row by row."""
