"""From the paths on the command line to decoded text files: find, unpack, decode."""
