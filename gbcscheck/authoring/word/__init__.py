"""Copies of a user's Word document: with edits in it as tracked changes, or with the findings as comments."""
