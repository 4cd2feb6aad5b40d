"""The child's side of reading workbooks: what opens untrusted bytes runs here, in a process with limits.

Invariant: nothing in this package imports DuckDB or the rest of the project beyond `data.ingest.read.characters`.
"""
