"""Electricity messages (DLMS COSEM) judged against the rows of their use case."""
