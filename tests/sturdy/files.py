"""Small imports whose every row tells which import it came from, and what a workspace holds of them."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from data.store.store import Store

NOW = datetime(2026, 11, 23, 12)
ROWS = 300
HEADER = "order_id,finished_at,status,revenue,client,batch"


def clock() -> datetime:
    """The trials' «now»."""
    return NOW


def write(folder: Path, count: int) -> list[Path]:
    """Files 1…count; no two have a row in common."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, count + 1):
        path = folder / f"batch{number}.csv"
        rows = (f"{number}-{n},2026-10-{1 + n % 28:02} 10:00,done,{n}.5,7900{n:07},b{number}" for n in range(ROWS))
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def batches(store: Store) -> dict[str, int]:
    """Batch → its live rows."""
    rows = store.cursor().execute("select x_batch, count(*) from fact_orders where _live group by 1").fetchall()
    return {str(batch): int(count) for batch, count in rows}


def check_whole(store: Store, acknowledged: Collection[int], allowed: Collection[int]) -> set[int]:
    """Every acknowledged import is there, whole and once; others whole or not at all. The numbers that are there."""
    standing = [entry for entry in store.imports() if not entry.undone]
    loaded = {int(entry.file.removeprefix("batch").removesuffix(".csv")) for entry in standing}
    assert len(loaded) == len(standing), "an import is there twice"
    found = batches(store) if loaded else {}
    assert found == {f"b{number}": ROWS for number in loaded}, "an import is not whole"
    assert set(acknowledged) <= loaded <= set(allowed)
    with store.reading(("visits",)) as cursor:
        visits = cursor.execute("select count(*) from visits").fetchone()
    assert visits == (ROWS * len(loaded),), "what is derived does not belong to the rows"
    return loaded
