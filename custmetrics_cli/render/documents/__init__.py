"""The kinds of document: a file here is one, turned once into what formats take."""
