"""Components of byte layouts as the frames of ZigBee that they are (ZCL 2.4.1)."""

from __future__ import annotations

from gbcscheck.evidence.components import Component, laid_out, least
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue


@frozen
class Frame:
    """A component of a byte layout as the frame that it is (ZCL 2.4.1): cluster, side and command identifier;
    ``is_global``, if every cluster has the command; and the typed fields of its payload by the statements of their
    octets."""

    use_case: str
    cluster: int
    side: str
    command: int
    is_global: bool
    control: Statement
    stated: Statement
    payload: tuple[Statement, ...]

    @property
    def in_words(self) -> str:
        """As messages name it."""
        where = "of every cluster" if self.is_global else f"of cluster 0x{self.cluster:04X}"
        return f"command 0x{self.command:02X} {where} from the {self.side}"


def frames(catalogue: Catalogue) -> tuple[Frame, ...]:
    """The frames of all byte layouts; ask by ``catalogue.once``."""
    found = []
    for layout, components in catalogue.once(laid_out):
        for component in components:
            command = component.element(layout.command)
            cluster = component.element(layout.cluster)
            frame = _frame(catalogue, component, cluster, command) if cluster and command else None
            if frame is not None:
                found.append(frame)
    return tuple(found)


def _frame(catalogue: Catalogue, component: Component, cluster: str, command: str) -> Frame | None:
    """The frame of a component; its control octet stands two octets before the command."""
    constants = catalogue.firsts("constant")
    of_cluster, of_command = constants.get(cluster), constants.get(command)
    control = constants.get(component.before(command, 2))
    if of_cluster is None or of_command is None or control is None:
        return None
    numbers = [least(catalogue, one) for one in (of_cluster, of_command, control)]
    if None in numbers:
        return None
    number, identified, bits = (one or 0 for one in numbers)
    if bits & 0b100 or bits & 0b11 > 1:  # a maker's own, or no frame at all
        return None
    types = catalogue.once(types_of_rows)
    payload = tuple(one for one in component.behind(command) if one.subject in types)
    side = "server" if bits & 0b1000 else "client"
    return Frame(component.use_case, number, side, identified, bits & 0b11 == 0, control, of_command, payload)
