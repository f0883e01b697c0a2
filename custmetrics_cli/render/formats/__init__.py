"""The formats: a file here that declares FORMAT is one, called as the file is."""
