"""Every argument of the library that is wrong is told by UsageError, with what was expected and what was found."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public_callables import public_callables
from shares import examples

import gbcscheck
from gbcscheck import Judge, UsageError

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
MESSAGE = (SAMPLES / "captures" / "ECS37-weekdays.hex").read_text()
REQUEST = (SAMPLES / "period.xml").read_bytes()


class OctetsForAPath:
    def __fspath__(self) -> bytes:
        return b"specs"


class NoPath:
    def __fspath__(self) -> int:
        return 5


class Unwritable:
    def __repr__(self) -> str:
        raise RuntimeError


NOTHING_OF_ALL = (True, 0, -1, 4.0, {}, {"a": 1}, {1: 2}, object(), object, print, Unwritable(), 10**5000)
"""What is no text, no path, no flag and no level, alone or in a list."""
IN_LISTS = tuple([one] for one in NOTHING_OF_ALL)
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (None, b"x", [], ["a"], Path("a"), *NOTHING_OF_ALL),
    "text or none": (b"x", [], ["a"], Path("a"), *NOTHING_OF_ALL),
    "word": (None, b"x", [], ["error"], "nonsense", "\ud800", "a\0b", *NOTHING_OF_ALL),
    "word or none": (b"x", [], ["error"], "nonsense", "\ud800", "a\0b", *NOTHING_OF_ALL),
    "words": (None, b"x", [None], "nonsense", ["nonsense"], *NOTHING_OF_ALL, *IN_LISTS),
    "flag": (None, "", "no", b"x", [], *[one for one in NOTHING_OF_ALL if one is not True]),
    "flag or none": ("", "no", b"x", [], *[one for one in NOTHING_OF_ALL if one is not True]),
    "path": (None, "", b"x", [], ["a"], OctetsForAPath(), NoPath(), *NOTHING_OF_ALL),
    "path or none": ("", b"x", [], ["a"], OctetsForAPath(), NoPath(), *NOTHING_OF_ALL),
    "paths": (None, "", [""], [None], b"x", OctetsForAPath(), [NoPath()], *NOTHING_OF_ALL, *IN_LISTS),
    "names": (None, b"x", [None], [b"x"], Path("a"), *NOTHING_OF_ALL, *IN_LISTS),
    "number": (None, "", "2", 1.5, float("nan"), [], True, -1, object()),
    "octets": (None, 5, 4.0, [], {}, Path("a"), object()),
    "mapping": (None, 5, "", "text", b"x", [None], [5], ["a"], {1: 2}, {None: 1}, [{1: 2}], {("a", 1): 2}, object()),
    "value": (object(), float("nan"), print, {("a", 1): 2}, 10**5000, Unwritable()),
    "two texts": (None, "ab", (), ("a",), ("a", 1), ("a", "b", "c"), ["a", None], {"a", "b"}, {"a": 1, "b": 2}, 5),
    "statement": (None, 5, "a", object(), [], {}),
}
"""What each kind of argument is not."""
JUDGES = {
    "release": "text or none",
    "device_type": "word",
    "variant": "word",
    "gbcs": "text",
    "specs": "paths",
    "house_rules": "paths",
    "fail_on": "word",
    "explain": "flag",
    "hidden": "flag",
}
TABLES = {
    "sheet": "text",
    "table": "text",
    "column": "text",
    "hidden": "flag",
    "view": "word",
    "accept_uncertain": "flag",
}
CHECKS = {
    "release": "text or none",
    "select": "names",
    "ignore": "names",
    "exclude": "names",
    "fail_on": "word or none",
    "house_rules": "paths",
    "config": "path or none",
    "allow_outside": "flag",
    **TABLES,
}
COMPARES = {
    "paths": "names",
    "merge_base": "flag or none",
    "parties": "words",
    "require_bump": "flag",
    "cache": "flag",
    **CHECKS,
}
TEXTS = dict.fromkeys(("colour", "notes", "waived", "brief", "explain"), "flag")
KINDS: dict[str, dict[str, str]] = {
    "Judge": JUDGES,
    "Judge.message": {"octets": "octets", "name": "text"},
    "Judge.value": {"item": "text", "value": "value", "name": "text"},
    "Judge.configuration": {"mapping": "mapping", "name": "text"},
    "Judge.document": {"xml": "octets", "name": "text"},
    "Judge.pair": {"request": "octets", "command": "octets", "names": "two texts"},
    "Judge.files": {"paths": "path", "jobs": "number", "pair": "flag", "as_found": "flag"},
    "load": {
        "paths": "path",
        "release": "text or none",
        "alone": "flag",
        "exclude": "names",
        "allow_outside": "flag",
        **TABLES,
    },
    "check": {"what": "path", "alone": "flag", "every": "flag", "strict": "flag", **CHECKS},
    "compare": {"old": "path", "new": "path or none", **COMPARES},
    "repair": {
        "what": "path",
        "release": "text or none",
        "to": "names",
        "level": "word",
        "select": "names",
        "ignore": "names",
        "exclude": "names",
        "config": "path or none",
        "alone": "flag",
        **TABLES,
    },
    "Loaded.about": {"subject": "text"},
    "Result.to": {"form": "word", "width": "number", **TEXTS},
    "Result.place": {"statement": "statement"},
}
"""The arguments of every function of the library and of every method of its values."""
GIVEN: dict[str, dict[str, Any]] = {
    "Judge.message": {"octets": MESSAGE},
    "Judge.value": {"item": "RMSVoltageSagThreshold", "value": 207},
    "Judge.configuration": {"mapping": {"RMSVoltageSagThreshold": 207}},
    "Judge.document": {"xml": REQUEST},
    "Judge.pair": {"request": REQUEST, "command": MESSAGE},
    "Judge.files": {"paths": SAMPLES / "captures" / "ECS37-weekdays.hex"},
    "compare": {"old": "before-mp131", "new": "after-mp131"},
}
"""What else is given, rightly."""


@pytest.fixture(scope="module")
def callables() -> dict[str, Callable[..., Any]]:
    judge, loaded = Judge(), gbcscheck.load()
    result = judge.message(MESSAGE)
    owners = {"Judge": judge, "Loaded": loaded, "Result": result}
    found: dict[str, Callable[..., Any]] = {}
    for name in KINDS:
        owner, _, method = name.partition(".")
        found[name] = getattr(owners[owner], method) if method else getattr(gbcscheck, name)
    return found


def called(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    several = [name for name, one in inspect.signature(function).parameters.items() if one.kind is one.VAR_POSITIONAL]
    return function(*[arguments.pop(name) for name in several if name in arguments], **arguments)


def test_every_argument_of_every_function_is_in_the_table() -> None:
    told = {
        name: {one for one in inspect.signature(function).parameters if one != "self"}
        for name, function in public_callables()
    }
    assert told == {name: set(kinds) for name, kinds in KINDS.items()}


@pytest.mark.parametrize(
    ("name", "argument", "kind"),
    [(name, argument, kind) for name, kinds in KINDS.items() for argument, kind in kinds.items()],
)
def test_a_wrong_argument_is_told(
    callables: dict[str, Callable[..., Any]], name: str, argument: str, kind: str
) -> None:
    for wrong in WRONG[kind]:
        with pytest.raises(UsageError) as told:
            called(callables[name], {**GIVEN.get(name, {}), argument: wrong})
        text = str(told.value)
        assert ("expected" in text and "found" in text) or " is called " in text or "no form" in text, text


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Judge(gbcs=4.0), 'gbcs: a text such as "4.0" was expected, found 4.0'),  # type: ignore[arg-type]
        (lambda: Judge(device_type=None), "device_type: a device type was expected, found None"),  # type: ignore[arg-type]
        (lambda: Judge().configuration(None), "found None"),  # type: ignore[arg-type]
        (lambda: Judge().configuration({7: 1}), "the name of a data item was expected, found 7"),  # type: ignore[dict-item]
        (lambda: Judge().pair(REQUEST, MESSAGE, names=("a",)), "names: two texts were expected"),  # type: ignore[arg-type]
        (lambda: gbcscheck.compare("a", "b", parties=["manufacturer"]), "near it: manufacturers"),
        (lambda: gbcscheck.check(allow_outside="no"), "True or False was expected, found 'no'"),  # type: ignore[arg-type]
    ],
)
def test_what_is_expected_is_said_in_the_words_of_the_page(call: Callable[[], object], words: str) -> None:
    with pytest.raises(UsageError) as told:
        call()
    assert words in str(told.value)


def test_what_is_loaded_takes_few_arguments() -> None:
    loaded = gbcscheck.load()
    with pytest.raises(UsageError, match="takes select, ignore, fail_on, house_rules and strict"):
        gbcscheck.check(loaded, allow_outside=True)
    with pytest.raises(UsageError, match="takes release, parties, select, ignore, fail_on and house_rules"):
        gbcscheck.compare(loaded, loaded, cache=True)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=8),
    st.lists(st.none() | st.integers() | st.text(max_size=4), max_size=3),
    st.dictionaries(st.text(max_size=4) | st.integers(), st.none() | st.text(max_size=4), max_size=2),
)
QUICK = [
    (name, argument)
    for name in ("Judge", "Judge.message", "Judge.value", "Judge.configuration", "Judge.document", "Result.to")
    for argument in KINDS[name]
]


@given(where=st.sampled_from(QUICK), value=ANYTHING)
@settings(max_examples=examples(150), deadline=None)
def test_whatever_is_given_is_taken_or_told(
    callables: dict[str, Callable[..., Any]], where: tuple[str, str], value: object
) -> None:
    name, argument = where
    try:
        called(callables[name], {**GIVEN.get(name, {}), argument: value})
    except UsageError as told:
        assert str(told)  # noqa: PT017 - either is right
