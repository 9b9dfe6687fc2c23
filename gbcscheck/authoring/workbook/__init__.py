"""Copies of a user's workbook: with the findings in it, or with edits."""
