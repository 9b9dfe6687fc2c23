"""Readers: one for each kind of source, each a function from a file to a ``Reading`` (statements with their places, and
what could not be read)."""
