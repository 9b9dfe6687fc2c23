"""What the pages of HTML have in common: their files, their content security policy, and text that stays text."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

from gbcscheck.printable import clean, without_commands

PAGE = Path(__file__).with_name("html_page")


def asset(name: str) -> str:
    """The text of a file that pages are made of, in ASCII."""
    return (PAGE / name).read_text(encoding="ascii")


def content_policy(style: str, script: str = "") -> str:
    """The content security policy: this style sheet, this script (none where there is none), and nothing from
    anywhere."""
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; {scripts}img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("ascii")).digest()).decode("ascii")


def html_text(text: str) -> str:
    """A text that is safe in an element and in an attribute, in ASCII."""
    safe = without_commands(escape(clean(text)), markup=True)
    return safe.encode("ascii", errors="xmlcharrefreplace").decode("ascii")
