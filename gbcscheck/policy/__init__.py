"""What a user decided: the configuration, waivers, and where a statement stands in the repository."""
