"""What comes of findings: copies of a user's own documents with the findings or with edits in them, and papers that
propose edits. Sources are only read."""
