"""The rules: one module a family. To add one, declare it in its family's module and name it in ``RULES`` there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module

from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.told_once import findings_once
from gbcscheck.rules import base
from gbcscheck.rules.base import ReleaseRule
from gbcscheck.rules.causes import one_for_each_cause

FAMILIES = (
    "agreements",
    "alert_elements",
    "codes",
    "configurability",
    "constants",
    "defaults",
    "dimensions",
    "elements_of_structures",
    "fixed_rows",
    "hops",
    "joint",
    "layout_fields",
    "layout_values",
    "layouts",
    "linked_elements",
    "linked_kinds",
    "list_lengths",
    "listed_members",
    "lists",
    "mapped_and_gone",
    "mapped_values",
    "mapping_rows",
    "names_of_objects",
    "null_markers",
    "optionality",
    "parameters",
    "permitted_ranges",
    "products",
    "protection",
    "read_back",
    "references",
    "resolution",
    "responses",
    "rights",
    "set_and_read",
    "spelling",
    "stated_twice",
    "targets",
    "titles",
    "type_names",
    "type_ranges",
    "types_of_classes",
    "witnessed_codes",
    "witnesses",
)
"""Modules of this folder that declare ``RULES``; to add one, name it here."""

RULES: tuple[ReleaseRule, ...] = tuple(
    sorted(
        (rule for family in FAMILIES for rule in import_module(f"gbcscheck.rules.{family}").RULES),
        key=lambda one: one.code,
    )
)
"""Every rule, by code."""


def check(catalogue: Catalogue, rules: Iterable[ReleaseRule] = RULES) -> list[Finding]:
    """The findings of some rules (all by default) on a release, worst first, one for each root cause."""
    return one_for_each_cause(base.run(catalogue, rules))


def check_each(catalogues: Sequence[Catalogue], rules: Iterable[ReleaseRule] = RULES) -> list[Finding]:
    """The findings of some rules on each of several releases, each once, with the names of those that it stands in;
    on one release as ``check``."""
    if len(catalogues) == 1:
        return check(catalogues[0], rules)
    chosen = tuple(rules)
    found = base.merged(
        findings_once(
            replace(finding, releases=(catalogue.release.name,))
            for catalogue in catalogues
            for finding in base.single_findings(catalogue, chosen)
        )
    )
    return one_for_each_cause(found)
