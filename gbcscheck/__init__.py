"""gbcscheck: cross-checks the GB smart metering specifications and reports where they conflict.

The names in ``__all__`` are the library; each is imported when it is first used. ``docs/python.md`` shows them at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gbcscheck.version import __version__

if TYPE_CHECKING:
    from gbcscheck.api.judge import Judge
    from gbcscheck.api.library import check, compare
    from gbcscheck.api.loaded import Loaded, load
    from gbcscheck.api.repairing import repair
    from gbcscheck.api.results import Result
    from gbcscheck.errors import GbcscheckError, InvalidExtract, Problems, UnreadableSource, UsageError
    from gbcscheck.model import Change, Finding, Place, Specification, Statement
    from gbcscheck.model.device_files import JudgedFile
    from gbcscheck.model.repairs import Choice, Edit, Repairs
    from gbcscheck.report.formats import FORMATS

__all__ = [
    "FORMATS",
    "Change",
    "Choice",
    "Edit",
    "Finding",
    "GbcscheckError",
    "InvalidExtract",
    "Judge",
    "JudgedFile",
    "Loaded",
    "Place",
    "Problems",
    "Repairs",
    "Result",
    "Specification",
    "Statement",
    "UnreadableSource",
    "UsageError",
    "__version__",
    "check",
    "compare",
    "load",
    "repair",
]

_HOMES = {
    "gbcscheck.api.judge": ("Judge",),
    "gbcscheck.api.library": ("check", "compare"),
    "gbcscheck.api.loaded": ("Loaded", "load"),
    "gbcscheck.api.repairing": ("repair",),
    "gbcscheck.api.results": ("Result",),
    "gbcscheck.errors": ("GbcscheckError", "InvalidExtract", "Problems", "UnreadableSource", "UsageError"),
    "gbcscheck.model": ("Change", "Finding", "Place", "Specification", "Statement"),
    "gbcscheck.model.device_files": ("JudgedFile",),
    "gbcscheck.model.repairs": ("Choice", "Edit", "Repairs"),
    "gbcscheck.report.formats": ("FORMATS",),
}
"""The names by the modules that they are imported from."""


def __getattr__(name: str) -> Any:
    """A name of the library, imported now, and kept."""
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            found = globals()[name] = getattr(import_module(home), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The names of the library, and those that are loaded."""
    return sorted({*globals(), *__all__})
