"""The comment on a pull request: what is asked of the server, tried against one on this machine."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

SCRIPT = Path(__file__).resolve().parents[2] / "action" / "comment.py"
MARKER = "<!-- gbcscheck -->"
TOKEN = "made-up-token"


def loaded() -> ModuleType:
    specification = importlib.util.spec_from_file_location("action_comment", SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


COMMENT = loaded()
BOT = {"login": "github-actions[bot]", "type": "Bot"}


@dataclass
class Hub:
    """What a server of GitHub knows of one pull request, and what it was asked; ``refuses`` gives the status with which
    it refuses a method, ``moved`` where it sends everybody."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str, Any]] = field(default_factory=list)
    refuses: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    moved: str = ""
    answer: bytes | None = None
    address: str = ""

    def reply(self, method: str, path: str, content: Any) -> Any:
        if method == "GET":
            found = re.fullmatch(r"/api/repos/owner/specs/issues/7/comments\?per_page=(\d+)&page=(\d+)", path)
            assert found, path
            size, page = int(found[1]), int(found[2])
            return self.comments[size * (page - 1) : size * page]
        if method == "POST":
            assert path == "/api/repos/owner/specs/issues/7/comments"
            self.comments.append({"id": 900 + len(self.comments), "user": BOT, **content})
            return self.comments[-1]
        (known,) = [one for one in self.comments if path == f"/api/repos/owner/specs/issues/comments/{one['id']}"]
        known.update(content)
        return known


@pytest.fixture
def hub() -> Iterator[Hub]:
    state = Hub()

    class Answers(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            content = json.loads(self.rfile.read(length)) if length else None
            state.asked.append((self.command, self.path, self.headers.get("Authorization", ""), content))
            status = state.refuses.get(self.command, 307 if state.moved else 200)
            octets = b'{"message": "Resource not accessible by integration"}'
            if status == 200:
                octets = state.answer or json.dumps(state.reply(self.command, self.path, content)).encode()
            self.send_response(status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            if state.moved:
                self.send_header("Location", state.moved)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing: the tests look at what was asked."""

    methods = {f"do_{method}": Answers.answer for method in ("GET", "POST", "PATCH")}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Answers,), methods))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_port}/api"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "gbcscheck.md"
    path.write_text(f"{MARKER}\n\n## gbcscheck: 1 error\n", encoding="utf-8")
    return path


def environment(hub: Hub, **other: str) -> dict[str, str]:
    own = {
        "GITHUB_API_URL": hub.address,
        "GITHUB_REPOSITORY": "owner/specs",
        "GITHUB_TOKEN": TOKEN,
        "PULL_REQUEST": "7",
    }
    return {**own, **other}


def write(hub: Hub, report: Path, **other: str) -> int:
    code: int = COMMENT.main([str(report)], environment(hub, **other))
    return code


def test_the_first_run_adds_a_comment_and_the_second_brings_it_up_to_date(hub: Hub, report: Path) -> None:
    assert write(hub, report) == 0
    assert [(method, content) for method, _, _, content in hub.asked] == [
        ("GET", None),
        ("POST", {"body": report.read_text(encoding="utf-8")}),
    ]
    report.write_text(f"{MARKER}\n\n## gbcscheck: nothing new\n", encoding="utf-8")
    assert write(hub, report) == 0
    assert len(hub.comments) == 1
    assert hub.asked[-1][:2] == ("PATCH", "/api/repos/owner/specs/issues/comments/900")
    assert hub.comments[0]["body"].endswith("nothing new\n")
    assert {token for _, _, token, _ in hub.asked} == {f"Bearer {TOKEN}"}


def test_the_own_comment_is_found_behind_hundreds_of_others(hub: Hub, report: Path) -> None:
    hub.comments = [{"id": number, "user": {"login": "somebody"}, "body": "words"} for number in range(250)]
    hub.comments.append({"id": 555, "user": BOT, "body": f"{MARKER}\r\nas it was\r\n"})
    assert write(hub, report) == 0
    assert hub.asked[-1][:2] == ("PATCH", "/api/repos/owner/specs/issues/comments/555")
    assert hub.comments[-1]["body"].endswith("1 error\n")


@pytest.mark.parametrize(
    "other",
    [
        {"user": {"login": "somebody"}, "body": f"{MARKER}\nall is green, believe me"},
        {"user": BOT, "body": f"a word before\n{MARKER}\n"},
        {"user": BOT, "body": "<!-- gbcscheck drafts -->\nof another category\n"},
        {"user": None, "body": MARKER},
        {"user": BOT, "body": None},
    ],
)
def test_a_comment_of_somebody_else_or_of_another_category_is_left_alone(
    hub: Hub, report: Path, other: dict[str, Any]
) -> None:
    hub.comments = [{"id": 1, **other}]
    assert write(hub, report) == 0
    assert hub.comments[0] == {"id": 1, **other}
    assert [method for method, *_ in hub.asked][-1] == "POST"


def test_each_category_has_a_comment_of_its_own(hub: Hub, report: Path) -> None:
    for name in ("", " drafts", "", " drafts"):
        report.write_text(f"<!-- gbcscheck{name} -->\n\nwords\n", encoding="utf-8")
        assert write(hub, report) == 0
    assert [comment["body"].partition("\n")[0] for comment in hub.comments] == [MARKER, "<!-- gbcscheck drafts -->"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_missing_permission_is_a_warning_that_names_it(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str], method: str, status: int
) -> None:
    hub.refuses = {method: status}
    assert write(hub, report) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("::warning title=gbcscheck::The comment on the pull request was not written: ")
    assert f"({status})" in printed.out
    assert 'the permission "pull-requests: write"' in printed.out
    assert "from a fork" in printed.out
    assert printed.out.count("\n") == 1
    assert TOKEN not in printed.out + printed.err


def test_other_refusals_are_warnings_too(hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub.refuses = {"POST": 422}
    assert write(hub, report) == 0
    assert "the server answered 422 Unprocessable" in capsys.readouterr().out
    hub.refuses, hub.headers = {"GET": 403}, {"X-RateLimit-Remaining": "0"}
    assert write(hub, report) == 0
    assert "rate limit" in capsys.readouterr().out
    hub.refuses, hub.answer = {}, b"<html>"
    assert write(hub, report) == 0
    assert "did not answer with JSON" in capsys.readouterr().out
    hub.answer = b'{"message": "no list"}'
    assert write(hub, report) == 0
    assert "did not answer with a list" in capsys.readouterr().out
    assert hub.comments == []


def test_a_server_that_is_not_there_is_a_warning(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert write(Hub(address="http://127.0.0.1:1/api"), report) == 0
    assert "could not be reached" in capsys.readouterr().out


def test_the_token_goes_to_no_other_server(hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub.moved = "http://127.0.0.2:9/elsewhere"
    assert write(hub, report) == 0
    assert "the server answered 307" in capsys.readouterr().out
    assert [path.partition("?")[0] for _, path, _, _ in hub.asked] == ["/api/repos/owner/specs/issues/7/comments"]


def test_a_run_that_is_for_no_pull_request_asks_nothing(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write(hub, report, PULL_REQUEST="") == 0
    assert capsys.readouterr().out == "no comment: this run is not for a pull request\n"
    assert hub.asked == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"PULL_REQUEST": "7/../8"},
        {"PULL_REQUEST": "７"},
        {"GITHUB_TOKEN": ""},
        {"GITHUB_TOKEN": f"{TOKEN}\nX-Other: 1"},
        {"GITHUB_API_URL": "file:///etc"},
        {"GITHUB_REPOSITORY": "owner/specs/issues/1?"},
    ],
)
def test_a_step_that_is_wrong_asks_nothing_and_fails(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, str]
) -> None:
    assert write(hub, report, **wrong) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("error: ")
    assert TOKEN not in printed.err + printed.out
    assert hub.asked == []


def test_what_is_no_report_is_not_sent(hub: Hub, report: Path, tmp_path: Path) -> None:
    report.write_text("words\n", encoding="utf-8")
    assert write(hub, report) == 2
    assert write(hub, tmp_path / "missing.md") == 2
    assert hub.asked == []


def test_the_script_runs_isolated_and_says_nothing_of_the_token(hub: Hub, report: Path, tmp_path: Path) -> None:
    for name in ("json", "urllib", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('owned', 'w')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(report)],
        cwd=tmp_path,
        env={**os.environ, **environment(hub), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "a comment on the pull request was added\n", "")
    assert not (tmp_path / "owned").exists()
    assert len(hub.comments) == 1


# --- what does not fit ------------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["words", "| a | b |", "`code`", "&lt;!--"]), min_size=1, max_size=8).map("\n".join)
BLOCKS = st.lists(
    st.one_of(
        WORDS,
        WORDS.map(lambda words: f"```text\n{words}\n```"),
        WORDS.map(lambda words: f"~~~~\n{words}\n~~~\n~~~~"),
        WORDS.map(lambda words: f"<!-- {words}\n\n``` -->"),
        WORDS.map(lambda words: f"<details><summary>s</summary>\n\n{words}\n\n</details>"),
    ),
    max_size=12,
).map("\n\n".join)


def test_a_long_report_ends_with_a_line_that_says_so(hub: Hub, report: Path) -> None:
    report.write_text(f"{MARKER}\n\n" + "| a row of a table |\n" * 5_000, encoding="utf-8")
    assert write(hub, report) == 0
    body = hub.comments[0]["body"]
    assert len(body) <= 65_536
    assert body.endswith(COMMENT.CUT)
    assert body.startswith(MARKER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n```\ncode\n" + "code\n" * 99, "a"),
        ("a\n<!-- x\n" + "hidden\n" * 99, "a"),
        ("a\n<details><summary>s</summary>\n\nb\n" + "c" * 999, "a\n<details><summary>s</summary>\n\nb\n\n</details>"),
        ("a\n<details>\nb\n</details>\nc\n" + "d" * 999, "a\n<details>\nb\n</details>\nc"),
    ],
)
def test_a_cut_is_never_inside_of_code_a_comment_or_what_is_folded(text: str, expected: str) -> None:
    assert COMMENT.fitting(text, 300) == expected + COMMENT.CUT


@given(BLOCKS, st.integers(200, 400))
def test_what_is_cut_is_a_beginning_that_fits_and_ends_with_words_that_are_seen(text: str, most: int) -> None:
    found = COMMENT.fitting(text, most)
    assert len(found) <= most
    if found == text:
        return
    beginning = found.removesuffix(COMMENT.CUT)
    assert text.startswith(beginning.removesuffix("\n\n</details>"))
    assert beginning.count("<details>") == beginning.count("</details>")
    *_, opened, words, _ = MarkdownIt().parse(found)
    assert (opened.type, words.content) == ("paragraph_open", COMMENT.CUT.strip())
