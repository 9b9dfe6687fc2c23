"""The home page of the program, as the distribution that is installed knows it."""

from __future__ import annotations

import json
from email.message import Message
from importlib.metadata import Distribution, PackageMetadata
from pathlib import Path
from typing import cast

import pytest

from gbcscheck.report.home_page import address_of


class Installed(Distribution):
    """A distribution with some project URLs and the record of where it was installed from."""

    def __init__(self, urls: list[str], origin: object = None) -> None:
        self._urls, self._origin = urls, origin

    @property
    def metadata(self) -> PackageMetadata:
        message = Message()
        for url in self._urls:
            message["Project-URL"] = url
        return cast("PackageMetadata", message)

    def read_text(self, filename: str) -> str | None:
        return json.dumps(self._origin) if filename == "direct_url.json" and self._origin else None

    def locate_file(self, path: object) -> Path:
        raise FileNotFoundError


GIT = {"url": "https://user:secret@git.example.org/specs.git", "vcs_info": {"vcs": "git", "commit_id": "1" * 40}}


@pytest.mark.parametrize(
    ("urls", "origin", "expected"),
    [
        ([], None, ""),
        ([], {"url": "file:///home/somebody/gbcscheck", "dir_info": {"editable": True}}, ""),
        ([], {"url": "https://git.example.org/gbcscheck.zip", "archive_info": {}}, ""),
        ([], GIT, "https://git.example.org/specs.git"),
        ([], {**GIT, "url": "ssh://git@git.example.org/specs.git"}, ""),
        (
            ["Source, https://a.example.org/", "Home-page, x", "Homepage, https://b.example.org/"],
            GIT,
            "https://b.example.org/",
        ),
        (["Funding, https://c.example.org/", "Documentation, https://d.example.org/"], None, "https://d.example.org/"),
    ],
)
def test_the_home_page_is_what_the_distribution_says(urls: list[str], origin: object, expected: str) -> None:
    assert address_of(Installed(urls, origin)) == expected
