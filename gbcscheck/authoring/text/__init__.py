"""Edits of sources that are text (CSV, JSON, XML): which characters they replace, as a copy, a patch or SARIF."""
