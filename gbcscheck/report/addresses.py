"""Addresses of repositories as a report may name them: as a URI, and without anything that lets somebody in."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

SCHEMES = ("https", "http", "ssh", "git")
"""Of an address that means the same on another machine."""
SCP = re.compile(r"(?:[^@/:\s]+@)?([^@/:\s\[\]]{2,}):(?!/?/)([^\s:@]+)")
"""``user@host:path``, which git takes for an address by ssh; one letter before the colon would be a drive."""
PATH = "/%:!$&'()*+,;=~"
"""What stands in a path of a URI as it is, letters, digits and ``-._`` apart (RFC 3986, 3.3)."""


def public_address(text: str) -> str:
    """An address of a repository as a URI without user, password, query and fragment; empty where it is none that
    another machine could use (a folder of this one), or where it cannot be told what in it is a password."""
    scp = SCP.fullmatch(text)
    try:
        split = urlsplit(f"ssh://{scp[1]}/{scp[2]}" if scp else text)
        host, port = split.hostname or "", split.port
    except ValueError:
        return ""
    if split.scheme not in SCHEMES or not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:]+", host):
        return ""
    if "@" in f"{split.path}{split.query}{split.fragment}":
        return ""  # of a password that is not escaped as it has to be, a part would stand for the server or the path
    name = f"[{host}]" if ":" in host else host
    return f"{split.scheme}://{name}{f':{port}' if port else ''}{quote(split.path, safe=PATH)}"
