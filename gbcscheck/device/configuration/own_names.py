"""The mapping that lies beside a file, and says what its titles and names of one's own mean."""

from __future__ import annotations

from pathlib import Path

from gbcscheck.device.files import STANDARD_INPUT
from gbcscheck.device.model import FileRecord
from gbcscheck.extract.sources import mapping_of
from gbcscheck.extract.table_mapping import TableMapping, load_mapping
from gbcscheck.inputs.confinement import Confinement


def mapping_beside(path: str, record: FileRecord) -> TableMapping | None:
    """The mapping beside a file (``meters.mapping.json`` for ``meters.csv``); None where there is none.

    Raises UnreadableSource where it is none, and OutsideRepository where it is a link that leads elsewhere.
    """
    beside = mapping_of(Path(path), Confinement.around([Path(path).parent])) if path != STANDARD_INPUT else None
    if beside is None:
        return None
    record.fact("titles", f"by {beside}", path)
    record.remark("", "", f"{beside} says what titles and names mean")
    return load_mapping(beside)
