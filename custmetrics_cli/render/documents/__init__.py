"""The documents: one file per kind of answer, with its content for people and for programs."""
