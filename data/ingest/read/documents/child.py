"""The process that opens an untrusted document: `python -m data.ingest.read.documents.child`, its request as JSON on
standard input: kind, file, folder, seconds.

Invariant: it limits its own memory and time before it touches the file; its parent only sees an exit status, a list of
tables and files of text cells. It imports neither DuckDB nor the rest of the project.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.ingest.read.characters import Cleaner
from data.ingest.read.documents.exchange import exchange_tables
from data.ingest.read.documents.found import Found, NotOfThisKind, Refused
from data.ingest.read.documents.json_tables import json_tables
from data.ingest.read.documents.xes import xes_tables
from data.ingest.read.limits import limit

OTHER_KIND, REFUSED, TOO_MUCH = 7, 8, 9
"""Exit status: not what it looked like, something no honest file holds, more than the limits allow."""
LIST = "tables.json"
"""Name of the list of tables in the folder."""
READERS: Mapping[str, Callable[[Path], list[Found]]] = {
    "json": json_tables, "exchange": exchange_tables, "xes": xes_tables,
}  # fmt: skip


def main(request: Mapping[str, Any]) -> int:
    """Write the tables of the file into the folder as files of cells 0.tsv, 1.tsv … and their list; the exit status."""
    limit(int(request["seconds"]))
    return write_tables(request["kind"], request["file"], request["folder"])


def write_tables(kind: str, file: str, folder: str) -> int:
    """The same without limits."""
    try:
        found = READERS[kind](Path(file))
        listed = [_write(table, Path(folder, f"{place}.tsv")) for place, table in enumerate(found)]
    except NotOfThisKind:
        return OTHER_KIND
    except Refused:
        return REFUSED
    except MemoryError:
        return TOO_MUCH
    Path(folder, LIST).write_text(json.dumps(listed, ensure_ascii=False), "utf-8")
    return 0


def _write(table: Found, path: Path) -> dict[str, Any]:
    """Write the cells, the line last; what the parent needs to know."""
    cleaner, header = Cleaner(), table.header
    with path.open("w", encoding="utf-8", newline="") as file:
        for line, row in table.rows:
            cells = [cleaner.cell(text, line) or "" if (text := row.get(name)) else "" for name in header]
            file.write("\t".join([*cells, str(line)]) + "\n")  # a cleaned cell holds neither a tab nor a line end
    return {
        "name": table.name, "header": [cleaner.cell(name, 0) or "" for name in header], "rows": len(table.rows),
        "notes": [asdict(note) for note in table.notes], "offered": table.offered, "records": table.records,
        "stripped": cleaner.stripped, "breaks": cleaner.breaks, "examples": cleaner.examples,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(json.load(sys.stdin)))
