"""The name of this part of the package is none of the library's."""

from __future__ import annotations

import importlib
import pkgutil

import gbcscheck


def test_no_module_takes_the_place_of_a_function_of_the_library() -> None:
    functions = {name for name in gbcscheck.__all__ if callable(getattr(gbcscheck, name))}
    modules = {one.name for one in pkgutil.iter_modules(gbcscheck.__path__)}
    assert functions & modules == set()
    before = gbcscheck.repair
    importlib.import_module("gbcscheck.authoring.package")
    assert gbcscheck.repair is before
