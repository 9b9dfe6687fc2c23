"""Which messages the DCC may send of its own, as the Access Control Broker."""

from __future__ import annotations

from gbcscheck.device.use_cases import UseCase
from gbcscheck.domains import Texts

BROKER = "Access Control Broker"
"""The role of the DCC among the parties that may send a use case (GBCS, list of use cases)."""


def may_be_of_broker(use_case: UseCase | None) -> bool:
    """Whether the DCC may send a use case as the Access Control Broker, or nothing says who may."""
    stated = use_case.stated("roles") if use_case is not None else None
    roles = use_case.catalogue.domain(stated) if use_case is not None and stated is not None else None
    return not isinstance(roles, Texts) or roles.listed is None or BROKER in roles.listed
