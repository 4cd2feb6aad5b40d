"""The workspace: DuckDB for what can be derived again, SQLite for what people entered, originals and a journal.

Invariant: everything in DuckDB follows from the journal and the original files; `rebuild` proves it.
"""
