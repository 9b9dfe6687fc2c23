"""Write the forms of sentences of ``docs/clauses.md``, and the made-up document on which that page shows them.

Run from a checkout: ``python docs/make_clauses.py``. Tests compare the page and the document with what this makes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from numbered_documents import requirements

from gbcscheck.notation.clause_forms import FORMS, ClauseForm

PAGE = Path(__file__).with_name("clauses.md")
SAMPLE = Path(__file__).resolve().parent / "drafts" / "requirements.docx"
OPENING, CLOSING = "<!-- made by docs/make_clauses.py -->", "<!-- to here -->"

TITLE = "SMETS2 version 99: a sample, in which every sentence is made up"
PARAGRAPHS = (
    "# Electricity",
    "## Configuration Data",
    "### Randomised Offset Limit",
    "A value in seconds in the range 0 to 3600. The default value shall be 600.",
    "It may be left out where nothing is moved.",
    "### RMS Voltage Sag Threshold",
    "A value in Volts between 0 and 400 inclusive, with a resolution of 1 V.",
    "The RMS Voltage Sag Threshold shall be capable of being configured by the Import Supplier.",
    "### Sample State",
    "The Sample State shall be one of the following:",
    "i)Armed;",
    "i)Locked; or",
    "i)Not Fitted.",
)


def rendered() -> str:
    """The text of the page."""
    before, opening, rest = PAGE.read_text(encoding="utf-8").partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    return f"{before}{opening}\n" + "\n".join(_table()) + f"\n{closing}{after}"


def _table() -> Iterator[str]:
    yield from ("", "| form | as in | gives |", "|---|---|---|")
    yield from (f"| {_cell(one.written)} | {_example(one)} | {_gives(one)} |" for one in FORMS)
    yield ""


def _example(form: ClauseForm) -> str:
    return " ".join(f"`{text}`" for text in (form.example, *form.items))


def _gives(form: ClauseForm) -> str:
    return ", ".join(f"{attribute} `{_cell(what)}`" for attribute, what in form.gives)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def sample() -> bytes:
    """The octets of the document; every run makes the same."""
    with TemporaryDirectory() as folder:
        return requirements(Path(folder) / SAMPLE.name, *PARAGRAPHS, title=TITLE).read_bytes()


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
    SAMPLE.parent.mkdir(exist_ok=True)
    SAMPLE.write_bytes(sample())
