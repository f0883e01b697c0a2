"""The formats: each file that declares FORMAT is one, named as the file."""
