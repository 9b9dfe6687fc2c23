from __future__ import annotations
import ibis
from edge_values import asked_of_engine, disagreements
from hypothesis import given, settings, HealthCheck
from random_releases import Released, releases
import os

C = ibis.duckdb.connect()


@given(released=releases())
@settings(max_examples=int(os.environ.get("N", "10")), suppress_health_check=list(HealthCheck))
def test_random(released: Released) -> None:
    made, values = released
    if values:
        told = asked_of_engine(made, C, values)
        assert disagreements(made, values, told) == []
