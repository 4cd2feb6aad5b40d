"""pm4py, in a process of its own, counts the same: what follows what, starts and ends, variants, rework, durations."""

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.process import ProcessLog, activities, edges, variants
from tests.oracle.process.test_real_logs import FOLDER, INCIDENTS, LOGS, member
from tests.peers import environment
from tests.unit.store.files import opened

SCRIPT = Path(environment.__file__).with_name("process_facts.py")
OFFSET = r"[+-]\d\d:\d\d$"
"""The product reads times as the clock on the wall shows them."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"NOT RUN: the real data sets are not in {FOLDER}"),
]


def peer(log: pd.DataFrame, folder: Path) -> Any:
    """What pm4py says of a log."""
    python = environment.python()
    if python is None:
        pytest.skip("NOT RUN: pm4py could not be installed beside the project")
    log.to_csv(folder / "peer.csv", index=False)
    asked = [str(python), str(SCRIPT), "facts", str(folder / "peer.csv")]
    done = subprocess.run(asked, check=True, capture_output=True, text=True, encoding="utf-8")
    return json.loads(done.stdout.splitlines()[-1])


def compare(store: Store, said: Any) -> None:
    log = ProcessLog(Reader(store))
    assert {(one.before, one.after): one.count for one in edges(log)} == {(a, b): n for a, b, n in said["dfg"]}
    steps = activities(log)
    assert {one.name: one.begins for one in steps if one.begins} == said["starts"]
    assert {one.name: one.ends for one in steps if one.ends} == said["ends"]
    ways = variants(log, 1_000_000)
    assert {one.path: one.cases for one in ways} == {tuple(path): n for path, n in said["variants"]}
    assert rework(ways) == said["rework"]
    took = sorted(log.ask("select throughput_hours as h from cases")["h"])
    assert took == pytest.approx([seconds / 3600 for seconds in said["durations"]], abs=1e-6)
    for name, seconds in said.get("work", {}).items():
        (found,) = [one.median_hours for one in steps if one.name == name]
        assert (0 if found != found else found) == pytest.approx(seconds / 3600, abs=1e-6), name


def rework(ways: Any) -> dict[str, int]:
    """Activity → cases in which it occurs again."""
    found: Counter[str] = Counter()
    for way in ways:
        found.update({name: way.cases for name, n in Counter(way.path).items() if n > 1})
    return dict(found)


@pytest.mark.parametrize("name", LOGS)
def test_a_log(name: str, tmp_path: Path) -> None:
    path = member("logs.tar.xz", name, tmp_path)
    raw = pd.read_csv(path, dtype=str)
    log = pd.DataFrame({
        "case": raw["case:concept:name"], "activity": raw["concept:name"],
        "at": pd.to_datetime(raw["time:timestamp"].str.replace(OFFSET, "", regex=True), format="ISO8601"),
    })  # fmt: skip
    if "lifecycle:transition" in raw and raw["lifecycle:transition"].nunique() > 1:
        log["lifecycle"] = raw["lifecycle:transition"]
    with opened(tmp_path) as store:
        store.publish(path, None, ImportOptions())
        compare(store, peer(log, tmp_path))


def test_incidents(tmp_path: Path) -> None:
    path = member("incidents.tar.xz", ".csv", tmp_path)
    raw = pd.read_csv(path, dtype=str)
    log = pd.DataFrame({
        "case": raw["number"], "activity": raw["incident_state"],
        "at": pd.to_datetime(raw["sys_updated_at"], format="%d/%m/%Y %H:%M"),
    })  # fmt: skip
    with opened(tmp_path) as store:
        store.publish(path, [INCIDENTS], ImportOptions())
        compare(store, peer(log, tmp_path))
