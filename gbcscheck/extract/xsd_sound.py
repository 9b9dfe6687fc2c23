"""Whether schema documents keep the schema for schemas (XML Schema Part 1, appendix A), told by libxml2.

xmlschema asks that of every document that it builds from, in Python, which takes longer than all else of reading it.
Where libxml2 finds nothing wrong, it need not; where it does, xmlschema is asked all the same and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.extract.xsd_building import instead

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

XML = "http://www.w3.org/XML/1998/namespace"


def keeps_schema_for_schemas(document: _Element) -> bool:
    """Whether a schema document is valid by the schema for schemas of XSD 1.0, as far as libxml2 sees."""
    return _schema_for_schemas().validate(document)


@contextmanager
def unasked() -> Iterator[None]:
    """While this lasts, xmlschema does not validate the documents that it builds from."""
    from xmlschema.validators import XMLSchemaBase

    def no_errors(*_: Any, **__: Any) -> Iterator[Any]:
        return iter(())

    with instead(XMLSchemaBase, "iter_errors", no_errors):
        yield


@cache
def _schema_for_schemas() -> XMLSchema:
    """The schema for schemas that comes with xmlschema, compiled; it imports that of the attributes of XML itself."""
    import xmlschema
    from lxml import etree

    folder = Path(xmlschema.__file__).with_name("schemas")
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    document = etree.parse(folder / "XSD_1.0" / "XMLSchema.xsd", parser)
    for element in document.iter("{http://www.w3.org/2001/XMLSchema}import"):
        if element.get("namespace") == XML:
            element.set("schemaLocation", str(folder / "XML" / "xml.xsd"))
    return etree.XMLSchema(document)
