"""The formats of typed tables: each file that declares FORMAT is one."""
