"""From a file to DuckDB: schemas, ingest, store and access. Imports neither streamlit nor kpi."""
