"""The address that other programs push rows to."""
