"""The notations: what cells of the specifications say, read into domains, and the canonical one, read and written."""
