"""Read files on the workers of a cluster: each takes one file, with the reader of this machine."""
