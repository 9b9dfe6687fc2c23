"""Fail on a skipped test that is not allowed: ``skipped.py JUNIT_XML ALLOWED``.

Each line of ALLOWED is ``PATTERN | REASON``: a pattern for the test as pytest names it (``tests.cli.test_x::test_y``,
with ``*``), and a text that the reason of the skip has to hold. Blank lines and lines that begin with # say nothing.
"""

import fnmatch
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def skipped_tests(report: Path) -> list[tuple[str, str]]:
    """Name and reason of every skipped test."""
    return [
        (f"{case.get('classname')}::{case.get('name')}", skip.get("message") or "")
        for case in ElementTree.parse(report).iter("testcase")
        for skip in case.iter("skipped")
    ]


def allowed_skips(path: Path) -> list[tuple[str, str]]:
    """Pattern and reason of every skip that is allowed."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("|") for line in lines if line and not line.startswith("#"))
    return [(pattern.strip(), reason.strip()) for pattern, _, reason in pairs]


def main(report: str, allowed: str) -> int:
    """Print the skips and return 1 if one of them is not allowed."""
    pairs = allowed_skips(Path(allowed))
    code = 0
    for name, reason in skipped_tests(Path(report)):
        known = any(fnmatch.fnmatchcase(name, pattern) and text and text in reason for pattern, text in pairs)
        print(f"{'allowed' if known else 'NOT ALLOWED'}: {name}: {reason}")
        code = code if known else 1
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
