"""Names that a shell may complete an argument to."""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.errors import GbcscheckError

NameAndTitle = tuple[str, str]


def releases_that_ship() -> Sequence[NameAndTitle]:
    """The releases and their titles; none where they cannot be read."""
    from gbcscheck.release.index import release_entries

    try:
        return [(entry.name, entry.title) for entry in release_entries()]
    except GbcscheckError:
        return []


def versions_of_gbcs() -> Sequence[str]:
    """Versions of GBCS of which a use case table ships."""
    from gbcscheck.facts.shipped import shipped_root

    return sorted(path.parent.name for path in shipped_root().glob("gbcs/*/use-cases.json"))


def use_cases_of(release: str | None) -> Sequence[NameAndTitle]:
    """The use cases of a release and their titles; none where it cannot be read."""
    from gbcscheck.device.context import Choices, load_context

    try:
        context = load_context(Choices(), release=release)
    except GbcscheckError:
        return []
    return [(use_case.name, use_case.fact("title")) for use_case in context.use_cases.values()]


def rules_of_check() -> Sequence[NameAndTitle]:
    """The codes of the rules of ``check`` and their names."""
    from gbcscheck.rules import RULES

    return [(rule.code, rule.name) for rule in RULES]


def rules_of_device() -> Sequence[NameAndTitle]:
    """The codes of the rules of ``device`` and their names."""
    from gbcscheck.device.all_rules import device_rules

    return [(rule.code, rule.name) for rule in device_rules()]


def documents_of(release: str | None) -> Sequence[str]:
    """The documents of a release that ships, by name; none where it cannot be read."""
    from gbcscheck.release.releases import load_release

    try:
        loaded = load_release(release)
    except GbcscheckError:
        return []
    return list(dict.fromkeys(extract.specification.name for extract in loaded.extracts))
