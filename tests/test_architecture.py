"""The layers of ``docs/architecture.md`` hold: every arrow, no circle, large libraries late, one page and one table.

The imports are read from the source with ``ast``, those within functions included, since a late import is for a large
library and never hides a circle. Imports for the type checker alone are told apart and keep to the arrows as well.
(import-linter tells layers too; it does not tell late imports from others, nor does it know of this page, and it would
be one more thing to install.)
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import gbcscheck

LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli", "pytest_plugin", "signals"),
    ("gbcscheck",),
    ("api",),
    ("comparison", "proposals"),
    ("policy", "authoring"),
    ("report", "fleet"),
    ("rules", "device"),
    ("evidence",),
    ("release",),
    ("extract",),
    ("facts",),
    ("notation",),
    ("domains", "cosem", "inputs"),
    ("model", "attributes"),
    ("limits",),
    ("errors", "near_names", "printable", "version", "wildcards"),
    ("frozen",),
)
"""Each part may import what stands in the lines below its own. ``gbcscheck`` is the package's own ``__init__``."""

MUST_NOT_KNOW: dict[str, tuple[str, ...]] = {
    "cli": (
        *("comparison", "policy", "authoring", "report", "fleet", "rules", "device", "evidence", "release"),
        *("extract", "facts", "notation", "domains", "cosem", "inputs"),
    ),
    "comparison": ("authoring", "report", "fleet", "device", "cosem"),
    "proposals": ("policy", "authoring", "report", "fleet", "device", "extract", "cosem", "inputs"),
    "policy": ("fleet", "extract", "cosem"),
    "authoring": ("fleet", "rules", "device", "evidence", "release", "facts", "notation", "domains", "cosem"),
    "report": ("rules", "device", "evidence", "release", "extract", "facts", "notation", "domains", "cosem"),
    "fleet": ("rules", "cosem"),
    "rules": ("extract", "cosem"),
    "evidence": ("extract", "inputs"),
    "release": ("cosem",),
    "extract": ("cosem",),
    "facts": ("cosem",),
    "notation": ("cosem", "inputs", "model", "attributes"),
    "domains": ("model", "attributes"),
    "cosem": ("model", "attributes"),
    "inputs": ("attributes",),
}
"""What a part must not import though it stands below: the third column of the page."""

LIBRARIES: dict[str, tuple[str, ...]] = {
    "click": ("cli",),
    "cryptography": ("device",),
    "ibis": ("fleet",),
    "pyarrow": ("fleet",),
    "pyspark": ("fleet",),
    "rich": ("cli",),
    "lark": ("notation",),
    "jsonschema": ("inputs",),
    "lxml": ("inputs", "extract", "device", "authoring"),
    "openpyxl": ("extract", "authoring"),
    "pdfplumber": ("extract",),
    "docx": ("authoring",),
    "yaml": ("inputs",),
    "xmlschema": ("extract",),
    "elementpath": ("extract", "domains", "comparison"),
}
"""Which parts may import a library."""

LATE = tuple(sorted(set(LIBRARIES) - {"click"}))
"""Libraries that are imported within functions alone, so that no command pays for what it does not need."""

GENERAL = ("domains", "inputs", "facts", "evidence", "rules.base", "report")
"""What another country's companion specification could be checked with."""
OF_GREAT_BRITAIN = (
    *("extract.alert_codes", "extract.products", "extract.service_requests", "extract.use_cases*"),
    *("device.asn1", "device.documents", "device.electricity", "device.gas", "device.pairs"),
    *("cosem.envelope", "cosem.gbz"),
    *("notation.dlms_*", "notation.gbz", "notation.object_type", "notation.use_case", "notation.zcl_*"),
)
"""What knows GB's documents: sheets of use cases, GBCS messages, DUIS, MMC."""

EXCEPTIONS: dict[tuple[str, str], str] = {}
"""Arrows that are still wrong, who imports what, and when they go. One that is right again has to leave the list."""

SOURCES = Path(gbcscheck.__file__).parent
ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"


@dataclass(frozen=True, slots=True)
class Import:
    """A module (without ``gbcscheck.`` before its name) that imports another one, or a library."""

    by: str
    of: str
    line: int
    is_late: bool
    for_types: bool

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.of}"


def _module(path: Path) -> str:
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "gbcscheck"


@cache
def modules() -> dict[str, Path]:
    """The file of each module."""
    return {_module(path): path for path in sorted(SOURCES.rglob("*.py"))}


@cache
def imports() -> tuple[Import, ...]:
    """Every import of the package."""
    return tuple(found for name, path in modules().items() for found in imports_of(name, path.read_text("utf-8")))


def imports_of(name: str, source: str) -> Iterator[Import]:
    """The imports that stand in the source of a module."""
    for node, is_late, for_types in _statements(ast.parse(source), False, False):
        for full in _imported(node):
            first, _, rest = full.partition(".")
            own = _known(rest) if first == "gbcscheck" else full
            if own != name:
                yield Import(name, own, node.lineno, is_late, for_types)


def _statements(
    node: ast.AST, is_late: bool, for_types: bool
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool, bool]]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield node, is_late, for_types
    is_late = is_late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        guarded = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and child in node.body
        yield from _statements(child, is_late, for_types or guarded)


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    assert node.level == 0, "imports are absolute"
    return [f"{node.module}.{alias.name}" for alias in node.names]


def _known(name: str) -> str:
    """The module that a dotted name within the package leads to."""
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name or "gbcscheck"


def part_of(module: str) -> str:
    """The part of the package that a module belongs to."""
    return module.partition(".")[0]


def layer_of(part: str) -> int:
    """How far down a part stands. LookupError, with what to write where, for a part that stands in no layer."""
    found = next((depth for depth, parts in enumerate(LAYERS) if part in parts), None)
    if found is None:
        at = next((path for path in (SOURCES / part, SOURCES / f"{part}.py") if path.exists()), SOURCES / part)
        raise LookupError(
            f"{at.relative_to(SOURCES.parent)} stands in no layer: write {part!r} into LAYERS ({Path(__file__).name}), "
            "in a line below all that may import it and above all that it imports, and into the picture and the table "
            f"of parts in {PAGE.relative_to(ROOT)}"
        )
    return found


def is_wrong(one: Import) -> bool:
    """Whether an import goes against the arrows, or to what its part must not know."""
    by, of = part_of(one.by), part_of(one.of)
    if one.of in modules():
        return by != of and (layer_of(of) <= layer_of(by) or of in MUST_NOT_KNOW.get(by, ()))
    return of in LIBRARIES and by not in LIBRARIES[of]


def of_another_rule(one: Import) -> bool:
    """Whether a module of rules imports another one that is not the base of them."""
    return all(name.startswith("rules.") for name in (one.by, one.of)) and one.of not in ("rules.base",)


def _fits(name: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return name.startswith(pattern[:-1])
    return name == pattern or name.startswith(f"{pattern}.")


def _excused(one: Import) -> set[tuple[str, str]]:
    return {(by, of) for by, of in EXCEPTIONS if _fits(one.by, by) and _fits(one.of, of)}


def told(wrong: Callable[[Import], bool]) -> list[str]:
    """The imports that are wrong and not excused."""
    return [str(one) for one in imports() if wrong(one) and not _excused(one)]


# --- arrows ----------------------------------------------------------------------------------------------------------


def test_every_part_stands_in_one_layer() -> None:
    listed = [part for parts in LAYERS for part in parts]
    assert len(listed) == len(set(listed))
    for part in sorted({part_of(module) for module in modules()}):
        layer_of(part)


def test_a_part_without_a_layer_is_told_with_what_to_do() -> None:
    with pytest.raises(LookupError, match=r"^gbcscheck/ledger stands in no layer: write 'ledger' into LAYERS .* docs/"):
        layer_of("ledger")


def test_every_arrow_leads_down_and_to_what_a_part_may_know() -> None:
    assert told(is_wrong) == []


def test_no_module_of_rules_knows_another_one() -> None:
    assert told(of_another_rule) == []


def test_what_any_specification_could_be_checked_with_knows_no_document_of_great_britain() -> None:
    def knows(one: Import) -> bool:
        return any(_fits(one.by, part) for part in GENERAL) and any(_fits(one.of, gb) for gb in OF_GREAT_BRITAIN)

    assert [str(one) for one in imports() if knows(one)] == []
    known = [pattern for pattern in OF_GREAT_BRITAIN if not any(_fits(module, pattern) for module in modules())]
    assert known == [], "these modules are no longer there"


def test_an_exception_is_there_as_long_as_it_is_needed() -> None:
    needed = {used for one in imports() if is_wrong(one) or of_another_rule(one) for used in _excused(one)}
    assert sorted(set(EXCEPTIONS) - needed) == []


def test_what_is_imported_by_its_name_keeps_to_the_arrows() -> None:
    named = [
        Import(by, part_of(match[1]), node.lineno, is_late=True, for_types=False)
        for by, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and (match := re.fullmatch(r"gbcscheck\.([\w.]+)", str(node.value)))
        if match[1].strip(".") in modules()
    ]
    assert {one.by for one in named} >= {"cli.application", "device.all_rules", "report.formats", "signals"}
    assert [str(one) for one in named if is_wrong(one)] == []


@pytest.mark.parametrize(
    ("by", "source"),
    [
        ("domains.numbers", "from gbcscheck.model import Statement"),
        ("domains.numbers", "def low():\n    from gbcscheck.notation.canonical import parse_domain"),
        ("model.findings", "if TYPE_CHECKING:\n    import gbcscheck.rules.base"),
        ("report.text", "from gbcscheck.release import catalogue"),
        ("rules.values", "from gbcscheck import Judge"),
        ("rules.values", "from gbcscheck import __version__"),
        ("rules.values", "from click import echo"),
        ("inputs.files", "from gbcscheck.domains import Domain"),
    ],
)
def test_a_wrong_arrow_is_seen(by: str, source: str) -> None:
    assert [is_wrong(one) for one in imports_of(by, source)] == [True]


# --- circles ---------------------------------------------------------------------------------------------------------


def circles(edges: dict[str, set[str]]) -> list[tuple[str, ...]]:
    """The sets of modules each of which leads to all others of its set."""

    @cache
    def reached(start: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(edges.get(start, ()))
        while waiting:
            module = waiting.pop()
            if module not in found:
                found.add(module)
                waiting.extend(edges.get(module, ()))
        return frozenset(found)

    in_circles = [module for module in edges if module in reached(module)]
    return sorted(
        {tuple(sorted(one for one in in_circles if one in reached(m) and m in reached(one))) for m in in_circles}
    )


def _edges(*, for_types: bool) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = {}
    for one in imports():
        if one.of in modules() and (for_types or not one.for_types):
            edges.setdefault(one.by, set()).add(one.of)
    return edges


@pytest.mark.parametrize("for_types", [False, True], ids=["at run time", "with those for the type checker"])
def test_no_module_leads_back_to_itself(for_types: bool) -> None:
    assert circles(_edges(for_types=for_types)) == []


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [("a", "b", "c")]


# --- large libraries -------------------------------------------------------------------------------------------------


def test_large_libraries_are_imported_where_they_are_used() -> None:
    at_once = [one for one in imports() if part_of(one.of) in LATE and not one.is_late and not one.for_types]
    assert [str(one) for one in at_once if one.of not in modules()] == []


def test_every_library_that_is_installed_with_the_package_has_its_parts() -> None:
    declared = re.findall(r'^  "([a-z-]+)[\[>=]', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    needed = {part_of(one.of) for one in imports() if one.of not in modules()}
    assert set(LIBRARIES) <= needed
    modules_of = {"pyyaml": "yaml", "python-docx": "docx", "ibis-framework": "ibis"}
    installed = {modules_of.get(name, name.replace("-", "_")) for name in declared}
    assert set(LIBRARIES) <= installed


# --- the page --------------------------------------------------------------------------------------------------------


def picture() -> str:
    """The layers as the page draws them: one line each, the upper ones first."""
    files = {"signals", "attributes", "limits", *LAYERS[-2], *LAYERS[-1]}
    shown = [[f"{part}.py" if part in files else part for part in parts] for parts in LAYERS]
    return "\n".join(" | ".join(parts) for parts in shown)


def test_the_page_draws_these_layers() -> None:
    assert f"```\n{picture()}\n```" in PAGE.read_text("utf-8")


def test_the_page_says_what_each_part_must_not_know() -> None:
    rows = re.findall(r"^\| `([a-z_/.]+)`[^|]*\|[^|]*\|([^|]*)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    third_column = {part.strip("/").removesuffix(".py"): tuple(re.findall(r"`(\w+)`", words)) for part, words in rows}
    layered = {part for parts in LAYERS for part in parts} - {"__main__", "gbcscheck"}
    assert {part: third_column.get(part) for part in layered} == {part: MUST_NOT_KNOW.get(part, ()) for part in layered}


def test_every_path_that_the_page_names_is_there() -> None:
    named = re.findall(r"`([a-z_]+/[\w/.]*)`", PAGE.read_text("utf-8"))
    assert len(named) > 40
    assert [name for name in named if not any((at / name).exists() for at in (SOURCES, SOURCES / "device", ROOT))] == []
