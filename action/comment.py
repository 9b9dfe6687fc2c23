"""Put a report into one comment on a pull request, and bring it up to date: ``python -I comment.py MARKDOWN``.

The step of action.yml that runs it gives all else by the environment: GITHUB_API_URL, GITHUB_REPOSITORY, PULL_REQUEST
(empty where the event is none) and GITHUB_TOKEN, which is sent to that server alone and never printed. The first line
of the report is a comment of HTML that names gbcscheck and the category; by it the action's own comment is found again.

The comment is not the gate. Where it cannot be written, a warning says why and what is needed, and the exit code is 0;
it is 2 where the step itself is wrong.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

AUTHOR = "github-actions[bot]"
"""Who writes with the token of a job. A comment of anybody else is not brought up to date, whatever its first line."""
MARKER = re.compile(r"<!-- gbcscheck( [A-Za-z0-9._/-]+)? -->")
MOST = 65_536
"""Characters of a comment that GitHub takes."""
CUT = "\n\n**The rest is left out**: a comment takes no more. The summary of the run has all of it.\n"
PER_PAGE = 100
MOST_PAGES = 100
MOST_OCTETS = 64 * 1024 * 1024
"""Of one answer: a hundred comments of the greatest length have less."""
SECONDS = 30
"""How long one request may take."""
NEEDS = (
    'the job needs the permission "pull-requests: write"; for a pull request from a fork GitHub gives a token that can '
    "only read, whatever the job asks for"
)


class NotWritten(Exception):
    """Why the comment could not be written, in words."""


class _SameServer(HTTPRedirectHandler):
    """Follows a redirect of a question on the same server (a repository that was renamed) and no other: the token would
    go along, and what is to be written would be lost."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if req.get_method() != "GET" or urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Server:
    """The comments of one pull request, through the REST interface of GitHub."""

    def __init__(self, address: str, repository: str, number: str, token: str) -> None:
        self._comments = f"{address.rstrip('/')}/repos/{repository}/issues/comments"
        self._of_this = f"{address.rstrip('/')}/repos/{repository}/issues/{number}/comments"
        self._token = token
        self._opener: OpenerDirector = build_opener(_SameServer)

    def own(self, marker: str) -> int | None:
        """The number of the comment that begins with a marker and is the action's own; None where there is none yet."""
        for comment in self._all():
            author = comment.get("user")
            body = comment.get("body")
            if isinstance(author, dict) and author.get("login") == AUTHOR and isinstance(body, str):
                first, _, _ = body.lstrip().partition("\n")
                if first.strip() == marker and isinstance(comment.get("id"), int):
                    return int(comment["id"])
        return None

    def add(self, body: str) -> None:
        """A new comment."""
        self._sent("POST", self._of_this, {"body": body})

    def change(self, number: int, body: str) -> None:
        """Another text for a comment that is there."""
        self._sent("PATCH", f"{self._comments}/{number}", {"body": body})

    def _all(self) -> Iterator[dict[str, Any]]:
        for page in range(1, MOST_PAGES + 1):
            found = self._sent("GET", f"{self._of_this}?per_page={PER_PAGE}&page={page}")
            if not isinstance(found, list):
                raise NotWritten("the server did not answer with a list of comments")
            yield from (one for one in found if isinstance(one, dict))
            if not found:
                return
        raise NotWritten(f"there are more than {PER_PAGE * MOST_PAGES:,} comments, and the own one was not among these")

    def _sent(self, method: str, address: str, content: Mapping[str, str] | None = None) -> Any:
        """The answer to a request. NotWritten where there is none, or it refuses."""
        request = Request(
            address,
            data=None if content is None else json.dumps(content).encode("ascii"),
            method=method,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "User-Agent": "gbcscheck",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                octets = answer.read(MOST_OCTETS + 1)
        except HTTPError as error:
            raise NotWritten(_refusal(error)) from None
        except (OSError, HTTPException) as error:
            raise NotWritten(f"the server could not be reached ({error})") from None
        if len(octets) > MOST_OCTETS:
            raise NotWritten(f"the server answered with more than {MOST_OCTETS:,} octets")
        try:
            return json.loads(octets)
        except (ValueError, RecursionError):
            raise NotWritten("the server did not answer with JSON") from None


def _refusal(error: HTTPError) -> str:
    """Why a server refused, and what to do where it is about permissions."""
    if error.code == 403 and error.headers.get("X-RateLimit-Remaining") == "0":
        return "the server takes no more requests for a while (403, rate limit)"
    if error.code in (401, 403, 404):
        return f"the server refused it ({error.code}): {NEEDS}"
    return f"the server answered {error.code} {error.reason}"


def fitting(text: str, most: int = MOST) -> str:
    """A text as a comment takes it. A longer one ends with a line that says so, after the last line that fits, and
    never inside of a block of code, a comment of HTML or something folded away."""
    if len(text) <= most:
        return text
    room = most - len(CUT) - len("\n</details>")
    fitting_lines: list[str] = []
    whole, folded = 0, False
    fence = ""
    hidden = False
    taken = 0
    for line in text.splitlines(keepends=True):
        taken += len(line)
        if taken > room:
            break
        fitting_lines.append(line)
        bare = line.strip()
        if fence:
            fence = "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
        elif not hidden and (found := re.match(r"`{3,}|~{3,}", bare)):
            fence = found[0]
        else:
            hidden = line.rfind("<!--") > line.rfind("-->") or (hidden and "-->" not in line)
        if not fence and not hidden:
            folded = line.rfind("<details>") > line.rfind("</details>") or (folded and "</details>" not in line)
            whole = len(fitting_lines)
    fitting_lines = fitting_lines[:whole]
    return "".join(fitting_lines).rstrip() + ("\n\n</details>" if folded else "") + CUT


def warning(text: str) -> str:
    """An annotation of the run, escaped as the runner unescapes it."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::warning title=gbcscheck::{escaped}"


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Write the comment, and return the exit code."""
    if len(arguments) != 1:
        print("error: the file with the report as Markdown was expected", file=sys.stderr)
        return 2
    number = environment.get("PULL_REQUEST", "")
    if not number:
        print("no comment: this run is not for a pull request")
        return 0
    needed = {name: environment.get(name, "") for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        print(f"error: {', '.join(missing)} is not set; the runner of GitHub Actions sets it", file=sys.stderr)
        return 2
    address, repository, token = needed.values()
    if urlsplit(address).scheme not in ("https", "http") or not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        print("error: GITHUB_API_URL or GITHUB_REPOSITORY is not what the runner sets", file=sys.stderr)
        return 2
    if not token.isascii() or not token.isprintable() or " " in token:
        print("error: GITHUB_TOKEN is not what the runner sets", file=sys.stderr)
        return 2
    if not number.isascii() or not number.isdigit():
        print("error: PULL_REQUEST is not a number", file=sys.stderr)
        return 2
    try:
        text = Path(arguments[0]).read_text(encoding="utf-8")
    except OSError as error:
        print(f"error: {arguments[0]}: cannot be read ({error.strerror})", file=sys.stderr)
        return 2
    marker, _, _ = text.partition("\n")
    if not MARKER.fullmatch(marker):
        print(f"error: {arguments[0]}: does not begin with the marker of gbcscheck", file=sys.stderr)
        return 2
    server = Server(address, repository, number, token)
    try:
        own = server.own(marker)
        if own is None:
            server.add(fitting(text))
        else:
            server.change(own, fitting(text))
    except NotWritten as error:
        print(warning(f"The comment on the pull request was not written: {error}"))
        return 0
    print("a comment on the pull request was added" if own is None else "the comment on the pull request is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
