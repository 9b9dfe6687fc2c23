"""Which devices a use case is for, as its target names them."""

from __future__ import annotations


def names_another(target: str, device_type: str) -> bool:
    """Whether a use case's target names devices, and not this one. A GPF holds the data of its GSME and answers for it,
    so what is a GSME's may be a GPF's; ``All``, ``None`` and references to the text name no device."""
    words = target.replace(";", " ").replace("(", " ").split()
    named = {word for word in words if word in ("ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID")}
    own = {device_type.upper(), "GSME"} if device_type.upper() == "GPF" else {device_type.upper()}
    return bool(named) and not named & own
