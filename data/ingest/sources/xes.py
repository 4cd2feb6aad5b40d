"""Event logs in XES, and tables of events with the names of its attributes.

Invariant: a case, an activity and a time make a log; its other columns are taken by their headers, as in any table.
"""

from data.ingest.column_map import Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

_HEADERS: Documented = {
    "case_id": "case:concept:name",
    "activity": "concept:name",
    "at": "time:timestamp",
    "lifecycle": "lifecycle:transition",
    "employee": "org:resource",
    "cost": "cost:total",
    "started_at": "start_timestamp",
    "role": "org:role",
    "team": "org:group",
}


def _recognises(table: SourceTable) -> bool:
    return table.has("case:concept:name", "concept:name", "time:timestamp")


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, _HEADERS, guesses=True)


FORMAT = SourceFormat("XES", "events", _recognises, _maps)
