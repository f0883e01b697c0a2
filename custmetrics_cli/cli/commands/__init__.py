"""One file per command. A new file that declares COMMAND is a new command, named after the file."""
