"""A request and the command that was made of it: whether their values agree."""
