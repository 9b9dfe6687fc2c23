"""By what else rows of different sheets could be joined."""

from __future__ import annotations

from pathlib import Path

from joined_workbook import NUMBER as TITLE
from joined_workbook import bench_of, read

from gbcscheck.model import Finding
from gbcscheck.proposals.joints import Joints
from gbcscheck.proposals.rejoining import NUMBER, USE_CASE
from gbcscheck.proposals.voices import Voices


def test_a_row_of_the_list_of_objects_has_the_number_of_what_is_called_so(tmp_path: Path) -> None:
    catalogue = bench_of(read(tmp_path, {("Objects", 3, TITLE): "91"})).catalogues[0]
    target = next(one for one in catalogue.by_attribute["category"] if one.clause == "U1, row 91")
    finding = Finding("S121", "warning", target.subject, "nobody carries it", (target,))
    found = Joints(Voices(catalogue)).of(finding, target)
    keys = {one.replacements[0].key: [each.subject for each in one.supports] for one in found}
    assert keys == {(NUMBER, "91", "11"): ["U1/Start.value"]}


def test_the_version_before_speaks_for_the_number_that_a_row_has(tmp_path: Path) -> None:
    catalogue = bench_of(read(tmp_path, {("DLMS", 4, TITLE): "91", ("DLMS", 5, TITLE): "91"})).catalogues[0]
    target = next(one for one in catalogue.by_attribute["category"] if one.clause == "U1, row 11")
    voices = Voices(catalogue, {target.specification: read(tmp_path)})
    finding = Finding("S121", "warning", target.subject, "nobody carries it", (target,))
    (found,) = Joints(voices).of(finding, target)
    assert found.replacements[0].key == (NUMBER, "11", "91")
    assert [one.clause for one in found.against] == ["U1, row 11"]
    assert found.net == 0


def test_a_list_with_a_use_case_of_nothing_is_given_no_other_one_beside_it(tmp_path: Path) -> None:
    for listed, count in (("U1", 1), ("U1 U291", 0)):
        catalogue = bench_of(read(tmp_path, {("Objects", 2, "use cases"): listed.replace(" ", "\n")})).catalogues[0]
        target = next(one for one in catalogue.about("U2/Limit.value") if one.source.startswith("DLMS"))
        finding = Finding("X104", "warning", target.subject, "no row of the list of objects is about it", (target,))
        found = [one for one in Joints(Voices(catalogue)).of(finding, target) if one.replacements[0].key[0] == USE_CASE]
        assert len(found) == count, listed


def test_the_other_list_of_the_number_may_be_the_one_that_is_wrong(tmp_path: Path) -> None:
    for listed, count in (("U3", 0), ("U1", 2)):
        other = {("Objects", 3, "use cases"): listed, ("Objects", 3, TITLE): "10"}
        catalogue = bench_of(read(tmp_path, {("Objects", 2, "use cases"): "U1", **other})).catalogues[0]
        target = next(one for one in catalogue.about("U2/Limit.value") if one.source.startswith("DLMS"))
        finding = Finding("X104", "warning", target.subject, "no row of the list of objects is about it", (target,))
        found = [one for one in Joints(Voices(catalogue)).of(finding, target) if one.replacements[0].key[0] == USE_CASE]
        assert len(found) == count, listed


def test_nobody_speaks_for_a_longer_list_where_another_row_of_the_item_has_a_number_of_nothing(tmp_path: Path) -> None:
    before = read(tmp_path)
    for name, speak in (("Limit", False), ("Log", True)):
        other = {("Objects", 3, "use cases"): "U2", ("Objects", 3, TITLE): "91", ("Objects", 3, "name"): name}
        catalogue = bench_of(read(tmp_path, {("Objects", 2, "use cases"): "U1", **other})).catalogues[0]
        target = next(one for one in catalogue.about("U2/Limit.value") if one.source.startswith("DLMS"))
        finding = Finding("S121", "warning", target.subject, "the list of objects has no row of it", (target,))
        found = Joints(Voices(catalogue, {target.specification: before})).of(finding, target)
        (listed,) = (one for one in found if one.replacements[0].key[0] == USE_CASE)
        assert bool(listed.supports) is speak, name
