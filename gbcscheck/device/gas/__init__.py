"""Gas messages (GBZ) judged against the byte layout and the ZCL rows of their use case."""
