"""What takes long and is the same for every process of the tests, made by the first that asks for it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

import pytest

T = TypeVar("T")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives: a test that is taken over from a process which is busy making it waits for that one. The
    value has to be one that can be pickled; ``name`` tells it from others."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make()
    import fcntl

    kept = factory.getbasetemp().parent / f"{name}.pickle"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
        found: T = pickle.loads(kept.read_bytes())
    return found
