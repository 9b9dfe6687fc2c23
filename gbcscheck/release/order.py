"""The order of releases, as ``follows`` in a ``releases.toml`` states it."""

from __future__ import annotations

from collections.abc import Mapping

from gbcscheck.errors import InvalidExtract


def refuse_wrong_order(follows: Mapping[str, str], *, where: str) -> None:
    """InvalidExtract for a release that follows one that is not there, or itself, be it by way of others.

    ``follows`` gives by the name of each release the one that it follows, empty where it names none.
    """
    for name, before in follows.items():
        if before and before not in follows:
            others = ", ".join(one for one in follows if one != name)
            problem = f'[release.{name}]: follows = "{before}" names no release of this file'
            raise InvalidExtract(f"{problem}; there are {others}" if others else problem, where=where)
    sound: set[str] = set()
    for name in follows:
        passed: dict[str, None] = {}
        while name and name not in sound:
            if name in passed:
                circle = " follows ".join(f'"{one}"' for one in (*list(passed)[list(passed).index(name) :], name))
                raise InvalidExtract(f"the releases follow each other in a circle: {circle}", where=where)
            passed[name] = None
            name = follows[name]
        sound.update(passed)
