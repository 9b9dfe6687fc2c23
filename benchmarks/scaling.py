"""How the time of ``gbcscheck check`` grows with the number of statements.

A release is copied several times over, each copy under its own names: every subject, use case, specification and link
of the crosswalk gets the copy's mark, so that each copy is as much work as the first and meets none of the others.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gbcscheck.facts.extract_file import Extract, load_extract, render_extract
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.model import Specification
from gbcscheck.release.index import release_entries

COPIES = (1, 2, 4, 8, 16)


def renamed(subject: str, mark: str) -> str:
    """A subject under the copy's own name; the first copy keeps its names."""
    return f"/{mark}{subject[1:]}" if subject.startswith("/") else f"{mark}{subject}"


def copied(extract: Extract, mark: str) -> Extract:
    """An extract under the copy's own names: specification, subjects, and the data items inside them."""

    def subject(text: str) -> str:
        use_case, slash, item = text.partition("/")
        if slash and use_case and "/" not in item:
            return f"{mark}{use_case}/{mark}{item}"
        return renamed(text, mark)

    spec = extract.specification
    return replace(
        extract,
        specification=Specification(f"{mark}{spec.name}", spec.version, spec.part),
        rows=tuple(row._replace(subject=subject(row.subject)) for row in extract.rows),
    )


def crosswalk_copy(document: dict[str, Any], mark: str) -> dict[str, Any]:
    """A crosswalk file whose links and lists speak of the copy."""

    def end(value: Any) -> Any:
        if isinstance(value, list):
            return [end(member) for member in value]
        use_case, slash, item = value["subject"].partition("/")
        row = slash and use_case and "/" not in item
        return {**value, "subject": f"{mark}{use_case}/{mark}{item}" if row else renamed(value["subject"], mark)}

    def link(entry: dict[str, Any]) -> dict[str, Any]:
        link_ends = {key: end(entry[key]) for key in ("request", "command", "response", "reading") if key in entry}
        return {**entry, **link_ends, "item": renamed(entry["item"], mark)}

    def side(value: dict[str, Any]) -> dict[str, Any]:
        subject = {"subject": renamed(value["subject"], mark)} if "subject" in value else {}
        return {**value, **subject, "specification": f"{mark}{value['specification']}"}

    pairs = [{**pair, "left": side(pair["left"]), "right": side(pair["right"])} for pair in document.get("lists", ())]
    return {**document, "entries": [link(entry) for entry in document["entries"]], "lists": pairs}


def repository(folder: Path, copies: int, crosswalk: Path | None = None) -> int:
    """Write a repository that holds ``current`` so many times over, with its crosswalk or that of a folder; the number
    of its statements."""
    root = shipped_root()
    entry = release_entries()[0]
    paths = []
    statements = 0
    (folder / "crosswalk").mkdir(parents=True)
    for copy in range(copies):
        mark = f"Copy{copy}" if copy else ""
        for relative in entry.extracts:
            extract = copied(load_extract(root / relative, trusted=True), mark) if mark else None
            target = folder / f"{mark or 'first'}-{relative.replace('/', '-')}"
            text = render_extract(extract) if extract else (root / relative).read_text(encoding="utf-8")
            target.write_text(text, encoding="utf-8")
            statements += text.count('{"subject": ')
            paths.append(target.name)
        for path in sorted((crosswalk or root / entry.crosswalk).glob("*.json")):
            document = crosswalk_copy(json.loads(path.read_text(encoding="utf-8")), mark)
            (folder / "crosswalk" / f"{mark}{path.name}").write_text(json.dumps(document), encoding="utf-8")
    listed = ",\n".join(f'  "{path}"' for path in paths)
    (folder / "releases.toml").write_text(
        f'[release.copies]\ntitle = "copies"\ncrosswalk = "crosswalk"\nextracts = [\n{listed}\n]\n', encoding="utf-8"
    )
    return statements


def measure_scaling(
    folder: Path, timed: Callable[[list[str]], float], command: list[str], runs: int
) -> list[tuple[int, int, float]]:
    """Copies, statements and median seconds, for each number of copies; content is taken as valid, as what ships is."""
    found = []
    for copies in COPIES:
        target = folder / f"copies-{copies}"
        statements = repository(target, copies)
        script = (
            "import sys; from gbcscheck.release import releases; "
            "releases.is_known = lambda path, trusted: True; "
            "releases.load_own = lambda path, trusted: releases.load_known(path); "
            "from gbcscheck.cli import run; sys.exit(run(['check', sys.argv[1], '--fail-on', 'never']))"
        )
        line = [command[0], "-c", script, str(target)]
        timed(line)
        found.append((copies, statements, statistics.median(timed(line) for _ in range(runs))))
    return found


def plot(points: Sequence[tuple[int, int, float]]) -> str:
    """The points and the straight line from the origin through the first one, as SVG."""
    width, height, left, bottom = 640, 360, 70, 50
    most, slowest = points[-1][1] * 1.05, max(point[2] for point in points) * 1.15

    def at(statements: float, seconds: float) -> tuple[float, float]:
        x = left + statements / most * (width - left - 20)
        y = height - bottom - seconds / slowest * (height - bottom - 20)
        return round(x, 1), round(y, 1)

    line = " ".join(f"{x},{y}" for x, y in (at(statements, seconds) for _, statements, seconds in points))
    x0, y0 = at(0, 0)
    marks = []
    for copies, statements, seconds in points:
        x, y = at(statements, seconds)
        marks.append(f'<circle cx="{x}" cy="{y}" r="4" fill="#1f5fa8"/>')
        marks.append(f'<text x="{x}" y="{y - 10}" text-anchor="middle">{copies}x: {seconds:.2f} s</text>')
        marks.append(f'<text x="{x}" y="{y0 + 18}" text-anchor="middle">{statements // 1000}k</text>')
    head = f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {head}>
<rect width="{width}" height="{height}" fill="#fff"/>
<path d="M{x0},20 V{y0} H{width - 20}" fill="none" stroke="#555"/>
<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>
{chr(10).join(marks)}
<text x="{(left + width) / 2}" y="{height - 10}" text-anchor="middle">statements</text>
<text x="16" y="{height / 2}" transform="rotate(-90 16 {height / 2})" text-anchor="middle">seconds, cold process</text>
</svg>
"""


if __name__ == "__main__":
    target, copies, *crosswalk = sys.argv[1:]
    print(f"{repository(Path(target), int(copies), *map(Path, crosswalk)):,} statements")
