"""The rules of ``gbcscheck device`` as expressions of a columnar engine, for fleets of devices."""

from __future__ import annotations

from gbcscheck.fleet.predicates import ItemPredicate, Predicates, predicates

__all__ = ["ItemPredicate", "Predicates", "predicates"]
