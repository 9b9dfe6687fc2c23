"""The octets of devices: A-XDR values, accesses to COSEM objects, GBCS envelopes and gas (GBZ) components.

Nothing here knows a specification, a file or a rule: octets in, values with their offsets out, and back.
"""
