"""The functions of the library, and the methods of what it gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import gbcscheck
from gbcscheck import GbcscheckError

MADE_BY_THE_LIBRARY = (
    *("Change", "Choice", "Edit", "Finding", "JudgedFile", "Loaded", "Place", "Repairs", "Result"),
    *("Specification", "Statement"),
)
"""The classes whose values the library makes, and nobody else."""


def public_callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each by its name: ``check``, ``Judge.files``."""
    for name in gbcscheck.__all__:
        found = getattr(gbcscheck, name)
        is_error = isinstance(found, type) and issubclass(found, GbcscheckError)
        if not callable(found) or is_error:
            continue
        if name not in MADE_BY_THE_LIBRARY:
            yield name, found
        if name in ("Judge", "Loaded", "Result"):
            for method, function in inspect.getmembers(found, inspect.isfunction):
                if not method.startswith("_"):
                    yield f"{name}.{method}", function
