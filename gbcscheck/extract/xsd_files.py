"""An XML Schema and everything that it imports, from one repository, built by xmlschema without file access of its own.

Every file is read by ``xml_safe`` first; xmlschema gets their text. Lines are those of the files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, too_deep
from gbcscheck.extract.xsd_building import bounded_building
from gbcscheck.extract.xsd_sound import keeps_schema_for_schemas, unasked
from gbcscheck.extract.xsd_versions import as_version_1_0
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.xml_safe import XmlDocument, load_xml
from gbcscheck.limits import SCHEMA_ELEMENTS, SCHEMA_FILES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from xmlschema import XMLSchema
    from xmlschema.loaders import SchemaLoader

XSD = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"

_REFERRING = tuple(f"{{{XSD}}}{name}" for name in ("import", "include", "redefine", "override"))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ELSEWHERE = "which is not in the folder of the schema or its repository"
_POSITION = re.compile(r" at position (\d{1,9})\b")
"""How xmlschema names the child of an element that it does not expect."""


@frozen
class SchemaFile:
    """One file of a schema: its name as seen from the folder of the first, its document, and the file behind each
    location that it names."""

    name: str
    document: XmlDocument
    octets: bytes
    locations: Mapping[str, Path]


@frozen
class SchemaPlace:
    """A line of one of the files of a schema; ``file`` is empty for the file that was asked for."""

    line: int
    file: str = ""

    def __str__(self) -> str:
        return f"line {self.line} of {self.file}" if self.file else f"line {self.line}"


@frozen
class BuiltSchema:
    """A schema as xmlschema understands it, and the place of each XML element of its files."""

    schema: XMLSchema
    document: XmlDocument
    places: Mapping[Element, SchemaPlace]


def build_schema(path: Path, *, shown: str | None = None, within: Confinement | None = None) -> BuiltSchema:
    """Read and build the schema in a file; ``within`` is what may be read for it, by default what is around the file.

    Raises UnreadableSource (several: Problems) with file and line for what ``load_xml`` refuses, for a file that is no
    schema, a location outside of what may be read or without a file, and for an error inside the schema.
    """
    files = _read_files(path, shown or str(path), within)
    first, *_ = files.values()
    places: dict[Element, SchemaPlace] = {}
    with _refusing(files):
        from xmlschema import XMLSchema

        sound = all(keeps_schema_for_schemas(file.document.root) for file in files.values())
        with unasked() if sound else nullcontext():
            schema = XMLSchema(
                first.octets,
                loader_class=_loader(files, places),
                allow="none",
                use_fallback=False,
                build=False,
            )
        with bounded_building(first.document.where, collects=not sound):
            schema.build()
    return BuiltSchema(schema, first.document, places)


# --- the files -------------------------------------------------------------------------------------------------------


def _read_files(path: Path, where: str, within: Confinement | None) -> dict[Path, SchemaFile]:
    """The schema and what it refers to, directly or not, by resolved path; the schema itself comes first."""
    problems: list[GbcscheckError] = []
    files = {file: read for file, read in _follow(path, where, problems, within) if read is not None}
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems)
    return files


def schema_files(path: Path, within: Confinement | None = None) -> tuple[Path, ...]:
    """Every file that is read for the schema in a file, itself first, those that turn out to be unreadable too."""
    return tuple(file for file, _ in _follow(path, str(path), [], within))


def _follow(
    path: Path, where: str, problems: list[GbcscheckError], within: Confinement | None
) -> Iterator[tuple[Path, SchemaFile | None]]:
    """Each file of a schema once, None where it cannot be read; what is wrong with them is added to ``problems``."""
    within = within or Confinement.around([path])
    folder = path.parent.resolve()
    start = path.resolve() if path.resolve().parent == folder else folder / path.name
    waiting, seen, elements = [start], set[Path](), 0
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        if len(seen) == SCHEMA_FILES.most:
            problems.append(SCHEMA_FILES.exceeded(where=where))
            return
        seen.add(current)
        name = Path(os.path.relpath(current, folder)).as_posix()
        try:
            shown = where if current == start else os.path.normpath(PurePath(where).parent / name)
            document = load_xml(current, shown=shown)
            elements += len(document.lines)
            SCHEMA_ELEMENTS.hold(elements, where=document.where)
            _expect_schema(document)
            document, octets = as_version_1_0(document)
        except UnreadableSource as error:
            problems.append(error)
            yield current, None
            continue
        locations = _locations(document, current.parent, within, problems)
        waiting.extend(locations.values())
        yield current, SchemaFile(name, document, octets, locations)


def _expect_schema(document: XmlDocument) -> None:
    if document.root.tag != f"{{{XSD}}}schema":
        from lxml import etree

        name = etree.QName(document.root)
        namespace = f" of the namespace {name.namespace}" if name.namespace else ""
        raise UnreadableSource(
            f"found the root element {name.localname}{namespace}, expected xs:schema",
            where=f"{document.where}:{document.lines[0]}",
        )


def _locations(
    document: XmlDocument, base: Path, within: Confinement, problems: list[GbcscheckError]
) -> dict[str, Path]:
    """The file behind each location that a schema imports or includes; what is refused is added to ``problems``."""
    locations = {}
    lines = document.line_by_element()
    for element in document.root.iterchildren(*_REFERRING):
        location = element.get("schemaLocation")
        if location is None or element.get("namespace") == XML:
            continue  # the attributes of the namespace of XML itself are built in
        try:
            locations[location] = _target(location.strip(), base, within)
        except ValueError as error:
            verb = str(element.tag).rpartition("}")[2] + "s"
            problems.append(
                UnreadableSource(f"{verb} {location!r}, {error}", where=f"{document.where}:{lines[element]}")
            )
    return locations


def _target(location: str, base: Path, within: Confinement) -> Path:
    """The file that a location names, as it stands or with its percent signs decoded.

    Raises ValueError with the reason where it is outside of what may be read or there is none.
    """
    if _SCHEME.match(location) or location.startswith(("/", "\\")):
        raise ValueError(f"{_ELSEWHERE}: nothing else is fetched")
    for candidate in (location, unquote(location)):
        try:
            target = (base / candidate).resolve()
            if not within.admits(target):
                raise ValueError(f"{_ELSEWHERE}: nothing else is fetched{within.advice}")
            if target.is_file():
                return target
        except (OSError, RuntimeError, GbcscheckError):
            break
    raise ValueError("and there is no such file")


# --- xmlschema -------------------------------------------------------------------------------------------------------


def _loader(files: Mapping[Path, SchemaFile], places: dict[Element, SchemaPlace]) -> type[SchemaLoader]:
    """A loader that gives xmlschema these files and no others, and notes the places of their elements."""
    from xmlschema.loaders import SchemaLoader

    by_octets = {id(file.octets): file for file in files.values()}

    class FolderLoader(SchemaLoader):
        """Follows imports and inclusions to the files that were read before; opens nothing."""

        def load_declared_schemas(self, schema: Any, other_sources: Any = None) -> None:
            file = by_octets[id(schema.source.source)]
            loaded: dict[tuple[int, str], XMLSchema] = self.__dict__.setdefault("loaded", {})
            loaded[id(file.octets), schema.target_namespace] = schema
            main = schema is self.maps.validator
            elements = zip(schema.source.root.iter(), file.document.lines, strict=True)
            places.update((element, SchemaPlace(line, "" if main else file.name)) for element, line in elements)
            schema.imported_namespaces.clear()
            for element in schema.source.root:
                if element.tag == f"{{{XSD}}}simpleType":  # which xmlschema knows by its only child
                    places.update((child, places[element]) for child in element)
                location = element.get("schemaLocation", "")
                imports = element.tag == f"{{{XSD}}}import"
                namespace = element.get("namespace", "").strip() if imports else schema.target_namespace
                if imports:
                    if namespace == schema.target_namespace:
                        schema.parse_error("a schema cannot import its own namespace", element)
                    schema.imported_namespaces.append(namespace)
                if element.tag not in _REFERRING or location not in file.locations:
                    continue
                target = files[file.locations[location]]
                key = (id(target.octets), target.document.root.get("targetNamespace") or namespace)
                if key not in loaded:
                    self.schema_class(
                        target.octets,
                        namespace=namespace,
                        validation=self.maps.validation,
                        global_maps=self.maps,
                        build=False,
                    )
                other = loaded[key]
                (schema.imports if imports else schema.includes)[location] = other
                if element.tag == f"{{{XSD}}}redefine":
                    other.redefine = schema

    return FolderLoader


@contextmanager
def _refusing(files: Mapping[Path, SchemaFile]) -> Iterator[None]:
    """xmlschema's errors as UnreadableSource with file and line."""
    from elementpath import ElementPathError
    from xmlschema import XMLSchemaException, XMLSchemaValidatorError

    where = next(iter(files.values())).document.where
    try:
        yield
    except XMLSchemaValidatorError as error:
        raise UnreadableSource(f"not a valid schema: {_sentence(error.message)}", where=_where(error, files)) from None
    except RecursionError:
        raise UnreadableSource(too_deep("its types are nested or derived"), where=where) from None
    except (*_REFUSALS, XMLSchemaException, ElementPathError) as error:
        raise UnreadableSource(f"not a valid schema: {_sentence(str(error))}", where=where) from None


_REFUSALS = (ValueError, TypeError, KeyError, AttributeError, OverflowError, re.error)
"""What xmlschema itself fails with on some schemas that are not valid, as a facet in a type without a base."""


def _sentence(message: str) -> str:
    text = " ".join(message.split()).rstrip(".:")
    return text if len(text) <= 300 else text[:297] + "..."


def _where(error: Any, files: Mapping[Path, SchemaFile]) -> str:
    """File and line of an error, as far as xmlschema tells the element or its child."""
    source = getattr(error.source, "source", None)
    file = next((file for file in files.values() if file.octets is source), None)
    if file is None:
        return next(iter(files.values())).document.where
    element = error.elem
    child = _POSITION.search(error.message)
    if child and element is not None and 0 < int(child[1]) <= len(element):
        element = element[int(child[1]) - 1]
    number = next((n for n, other in enumerate(error.source.root.iter()) if other is element), None)
    return file.document.where if number is None else f"{file.document.where}:{file.document.lines[number]}"
