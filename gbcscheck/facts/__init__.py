"""What ships and what a user brings in its place: extracts, the crosswalk, directions."""
