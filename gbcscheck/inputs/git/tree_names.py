"""The names in a tree of git: which of them may become the name of a file, and why another may not.

A tree may hold any octets as a name; a server may let it pass. What is no plain name below the root is never opened and
never written.
"""

from __future__ import annotations

import re

_MALFORMED = re.compile(r"(?:^|/)(?:\.{0,2}|(?:\.git|git~1)[ .]*)(?:/|$)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SUSPECT = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029]|(?:^|/)(?:[^/]:|(?:con|prn|aux|nul|com|lpt))", re.IGNORECASE)
"""What every name is held against; the few that it finds are looked at closely."""
_DRIVE = re.compile(r".:", re.DOTALL)
"""Whatever sign stands before the colon: Windows takes ``0:`` for a drive as well."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[ .].*)?", re.IGNORECASE)


def malformed(name: str) -> str:
    """Why a path of a tree is none that git itself writes; empty for one that it may be."""
    if not _MALFORMED.search(name):
        return ""
    parts = name.split("/")
    if not name:
        return "it is empty"
    if name.startswith("/"):
        return "it is an absolute path"
    if ".." in parts:
        return "it climbs out of its folder with '..'"
    if "" in parts or "." in parts:
        return "it has an empty part or a '.'"
    if any(part.casefold().rstrip(" .") in (".git", "git~1") for part in parts):
        return "it leads into the folder .git"
    return ""


def unsafe(name: str) -> str:
    """Why a path of a tree, though git may have written it, is no name of a file everywhere; empty for a plain one."""
    if not _SUSPECT.search(name):
        return ""
    parts = name.split("/")
    if "\\" in name:
        return "it has a backslash"
    if _CONTROL.search(name):
        return "it has a control character"
    if any(_DRIVE.match(part) for part in parts):
        return "it begins with a drive"
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "it is the name of a device on Windows"
    return ""


def escaped(name: str) -> str:
    """A name as messages show it, in quotation marks where it is not plain."""
    signs = [
        sign
        if sign.isprintable() and sign not in '"\\'
        else f"\\{sign}"
        if sign in '"\\'
        else "".join(f"\\x{octet:02x}" for octet in sign.encode("utf-8", "surrogateescape"))
        for sign in name
    ]
    return f'"{"".join(signs)}"'
