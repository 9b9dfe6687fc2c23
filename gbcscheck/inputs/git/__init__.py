"""Folders as they were at a revision, read through git."""
