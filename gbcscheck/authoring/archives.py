"""Archives that libraries have written, with the moment of writing taken out: the same input gives the same octets."""

from __future__ import annotations

import io
import re
import zipfile

from gbcscheck.authoring.package import EPOCH

_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_DATE = b"%04d-%02d-%02dT%02d:%02d:%02dZ" % EPOCH


def with_settled_dates(archive: bytes) -> bytes:
    """The parts of an archive under one date each, in their order; those on which a library has put the time of day
    (``docProps/core.xml``) with that date as well."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == _CORE:
                content = _MOMENT.sub(rb"\g<1>" + _DATE + rb"\g<3>", content)
            entry = zipfile.ZipInfo(info.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return written.getvalue()
