"""What was read before, kept in the user's cache folder: whether a run makes use of it."""

from gbcscheck.inputs.cache import without_cache

__all__ = ["without_cache"]
