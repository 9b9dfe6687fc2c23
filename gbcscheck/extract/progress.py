"""What a person is told while one long document is read: readers tell it, whoever waits shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_shown: ContextVar[Callable[[str], None] | None] = ContextVar("progress", default=None)


@contextmanager
def showing(progress: Callable[[str], None] | None) -> Iterator[None]:
    """While this lasts, what readers tell goes to ``progress``."""
    token = _shown.set(progress)
    try:
        yield
    finally:
        _shown.reset(token)


def tell(text: str) -> None:
    """Say what is being done, to whoever waits for it."""
    progress = _shown.get()
    if progress is not None:
        progress(text)
