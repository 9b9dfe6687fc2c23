"""Small sides for the tests of comparisons: each part of a specification as a list of statements."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gbcscheck.comparison.conflicts import in_order, single_conflicts
from gbcscheck.comparison.differences import changes_of
from gbcscheck.comparison.parts import part_matches, part_pairs
from gbcscheck.comparison.verdicts import ORDER
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.directions import Directions
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.inputs.cache import Cache
from gbcscheck.model import Change, Finding, Specification
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.reading import Reader
from gbcscheck.release.releases import Release
from gbcscheck.rules.base import ReleaseRule


def part(*rows: ExtractRow, spec: str = "DUIS", version: str = "1.0", name: str = "schema", path: str = "") -> Extract:
    """One part of one specification."""
    return Extract(Specification(spec, version, name), "synthetic", rows, path=path or f"{spec}-{name}.json")


def says(subject: str, attribute: str, domain: str | None = None, **rest: Any) -> ExtractRow:
    """One statement, with a domain or (``value=``) a fact."""
    return ExtractRow(subject, attribute, domain, **rest)


def side(*extracts: Extract) -> Catalogue:
    """The catalogue of some parts."""
    return Catalogue.of(Release("", "", "", extracts, Crosswalk()))


def changes_between(old: Catalogue, new: Catalogue, directions: Directions) -> tuple[Change, ...]:
    """Every change of two sides, worst first; each in the order of the newer files."""
    found = changes_of(part_pairs(old, new), directions, {})
    return tuple(sorted(found, key=lambda change: ORDER.index(change.verdict)))


def conflicts_across(
    old: Catalogue, new: Catalogue, rules: Sequence[ReleaseRule], reader: Reader | None = None
) -> tuple[Finding, ...]:
    """The findings of some rules on both sides, each with its status; one for each root cause."""
    return in_order(single_conflicts(old, new, rules, reader or Reader(Cache(None)), part_matches(old, new)))


def changes(old: Extract | None, new: Extract | None) -> tuple[Change, ...]:
    """What changed between two parts; None is a part that is not there."""
    before, after = (side(*([one] if one else [])) for one in (old, new))
    return changes_between(before, after, Directions.shipped())


def change(old: Extract, new: Extract) -> Change:
    """The only change between two parts."""
    (found,) = changes(old, new)
    return found


REQUEST = "/Request/Body/Set/Value"
RESPONSE = "/Response/Body/Get/Value"


def of(attribute: str, domain: str | None = None, subject: str = REQUEST, **rest: Any) -> Extract:
    """A part with one statement of one element, and another element that is always the same."""
    return part(says("/Request", "occurs", "1"), says(subject, attribute, domain, **rest))


class Git:
    """A repository of a test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self("init", "-q", "-b", "main", ".")

    def __call__(self, *arguments: str) -> str:
        """Run git, with a name and without the configuration of whoever runs the tests."""
        own = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        others = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment = {**others, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *own, *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the work tree."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self, message: str = "change") -> str:
        """Commit everything; the name of the commit."""
        self("add", "-A")
        self("commit", "-q", "--allow-empty", "-m", message)
        return self("rev-parse", "HEAD")
