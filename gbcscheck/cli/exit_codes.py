"""The exit codes of the commands, beside 0."""

from __future__ import annotations

FINDINGS = 1
"""There are findings at or above ``--fail-on``."""
FAILED = 2
"""The command could not do its work."""
INTERRUPTED = 130
"""Stopped from the keyboard (128 and the number of SIGINT)."""
