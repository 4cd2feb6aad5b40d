"""The Pollock benchmark: 2,290 polluted files read without being told their dialect, and a sample of real files.

Invariant: the files go through `python -m kpi read`, as anyone's would. Skipped, loudly, where the archive is not.
"""

import os
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from tests.bench.pollock_measures import Measures, measure

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KPI_REAL_DATA") or ROOT.parent / "shared" / "data")
ARCHIVE = DATA / "pollock.tar.xz"

REPORTED_SIMPLE, REPORTED_WEIGHTED = 9.961, 9.599
"""The best scores reported of any system, each file's dialect handed to it."""
LEAST_SURVEY = 9.0

_RAGGED = 520 / 1414
_WEIGHTS = {
    "source": 1,
    "file_no_payload": 15,
    "file_no_trailing_newline": 184,
    "file_double_trailing_newline": 5,
    "file_no_header": 470,
    "file_header_multirow": 94 / 2,
    "file_preamble": 282,
    "file_multitable": 188 / 3,
    "file_header_only": 3,
    "file_one_data_row": 4,
    "file_record_delimiter_0xD": 7,
    "file_record_delimiter_0xA": 1691,
    "file_field_delimiter_0x9": 8 / 2,
    "file_field_delimiter_0x20": 8 / 2,
    "file_field_delimiter_0x3B": 834,
    "file_field_delimiter_0x2C_0x20": 101,
    "file_quotation_char_0x27": 11,
    "file_escape_char_0x5C": 1,
    "file_escape_char_0x00": 7,
    "row_less_sep": _RAGGED,
    "row_more_sep": _RAGGED,
    "row_field_delimiter": 12 / 84,
    "row_extra_quote": 7 / 756,
}
"""Kind of pollution → weight of one file: real files of the authors' survey that have it, shared among its files."""


@dataclass(frozen=True)
class Score:
    """One line of the outcome."""

    name: str
    """What was scored."""
    score: float
    """Sum of the ten measures, 0…10."""
    files: int
    """Over how many files."""
    least: float = 0.0
    """Below it the benchmark fails."""

    @property
    def over(self) -> bool:
        """Whether the limit is broken."""
        return self.score < self.least

    def record(self) -> dict[str, str | float | None]:
        """As a line of the table: more is better, so that what was reached of the least is told as its inverse."""
        least = self.least or None
        ratio = None if least is None else round(least / self.score, 4)
        sides = {"ours": round(self.score, 3), "yardstick": least, "unit": "of 10", "ratio": ratio}
        return {"name": self.name.strip(), **sides, "limit": least and 1.0, "ok": not self.over}

    def __str__(self) -> str:
        limit = f" (at least {self.least}) {'TOO LOW' if self.over else 'ok'}" if self.least else ""
        return f"{self.name}: {self.score:.3f}{limit} — {self.files} files"


def kind(name: str) -> str:
    """The kind of pollution, from the file's name."""
    return next((each for each in sorted(_WEIGHTS, key=len, reverse=True) if name.startswith(each)), "survey")


def run(folder: Path) -> Iterator[Score]:
    """Scores over all, then one a kind of pollution."""
    if not ARCHIVE.exists():
        print(f"pollock: NOT RUN, there is no {ARCHIVE}")
        return
    with tarfile.open(ARCHIVE) as tar:
        tar.extractall(folder, filter="data")
    polluted, survey = (read_all(folder / part, folder / f"{part}_out") for part in ("polluted_files", "survey_sample"))
    yield from scores(polluted)
    yield Score("survey sample", fmean(each.score for each in survey.values()), len(survey), LEAST_SURVEY)


def read_all(part: Path, out: Path) -> dict[str, Measures]:
    """File name → measures, after one call of the command for all files of the folder."""
    files = sorted((part / "csv").iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "kpi", "read", *map(str, files), "--out", str(out)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    if "Traceback" in done.stderr or done.returncode not in (0, 1):
        raise AssertionError(done.stderr[-2000:])
    return {file.name: measure(part / "clean" / file.name, out / f"{file.stem}.csv") for file in files}


def scores(measures: dict[str, Measures]) -> Iterator[Score]:
    """Simple, weighted, and simple by kind."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for name, each in measures.items():
        by_kind[kind(name)].append(each.score)
    yield Score("Pollock, simple", fmean(each.score for each in measures.values()), len(measures), REPORTED_SIMPLE)
    yield Score("Pollock, weighted", weighted(by_kind.items()), len(measures), REPORTED_WEIGHTED)
    for name in _WEIGHTS:
        yield Score(f"  {name}", fmean(by_kind[name]), len(by_kind[name]))


def weighted(by_kind: Iterable[tuple[str, list[float]]]) -> float:
    """The mean with each file weighing what its pollution weighs in the survey."""
    pairs = [(_WEIGHTS[kind], score) for kind, found in by_kind for score in found]
    return sum(weight * score for weight, score in pairs) / sum(weight for weight, _ in pairs)
