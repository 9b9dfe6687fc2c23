"""A workbook in which people say which edits they accept, and what they would write instead; and read back."""
