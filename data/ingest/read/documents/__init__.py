"""Files that are no tables but hold some: JSON, statements for 1C, event logs in XES. Pure; run in a child process.

Invariant: nothing here imports DuckDB, and every record, field and line of a file is in a table or in a note.
"""
