"""Addresses of repositories as reports name them: URIs that let nobody in."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.report.addresses import public_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://git.example.org/owner/specs.git", "https://git.example.org/owner/specs.git"),
        ("https://user:secret@git.example.org/owner/specs", "https://git.example.org/owner/specs"),
        ("https://secret@git.example.org/owner/specs", "https://git.example.org/owner/specs"),
        ("https://x-access-token:secret@GIT.Example.org:8443/a", "https://git.example.org:8443/a"),
        ("https://user:sec@ret@git.example.org/a", "https://git.example.org/a"),
        ("https://git.example.org/a?private_token=secret#secret", "https://git.example.org/a"),
        ("https://git.example.org/two words/ü", "https://git.example.org/two%20words/%C3%BC"),
        ("https://git.example.org/two%20words", "https://git.example.org/two%20words"),
        ("http://[2001:db8::1]:8080/a.git", "http://[2001:db8::1]:8080/a.git"),
        ("ssh://git@git.example.org:2222/owner/specs.git", "ssh://git.example.org:2222/owner/specs.git"),
        ("git://git.example.org/specs", "git://git.example.org/specs"),
        ("git@git.example.org:owner/specs.git", "ssh://git.example.org/owner/specs.git"),
        ("git.example.org:specs.git", "ssh://git.example.org/specs.git"),
    ],
)
def test_an_address_is_a_uri_without_user_and_password(address: str, expected: str) -> None:
    assert public_address(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/srv/git/specs.git",
        "../specs",
        "file:///srv/git/specs.git",
        r"C:\specs",
        "C:/specs",
        "ext::sh -c secret",
        "s3::https://key:secret@bucket/specs",
        "https://user:sec/ret@git.example.org/a",
        "https://user:12/secret@git.example.org/a",
        "https://git.example.org:port/a",
        "https:///a",
        "https://[::1/a",
        "a b@git.example.org:specs",
        "user:secret@git.example.org:specs",
        "git@secret@git.example.org:specs",
        "https://git.example.org\u2100/a",
    ],
)
def test_what_is_no_address_elsewhere_or_may_hold_a_password_is_not_told(address: str) -> None:
    assert public_address(address) == ""


SECRET = st.text(st.sampled_from("secret:@/?#%+ -._"), min_size=0, max_size=6).map(lambda text: f"SECRET{text}SECRET")


@given(
    SECRET,
    SECRET,
    st.sampled_from(["https://{}:{}@host.example/a", "ssh://{}:{}@host.example/a", "{}:{}@host.example:a"]),
)
def test_no_user_and_no_password_is_ever_told(user: str, password: str, form: str) -> None:
    found = public_address(form.format(user, password))
    assert "secret" not in found.lower()


@given(st.text(max_size=40).map(lambda text: f"https://host.example/{text}"))
def test_what_is_told_is_a_uri(address: str) -> None:
    found = public_address(address)
    assert found.isascii()
    assert not set(found) & set(' "<>\\^`{|}')
    if found:
        split = urlsplit(found)
        assert (split.scheme, split.netloc, split.query, split.fragment) == ("https", "host.example", "", "")
