"""Invented histories of hiring whose end is known: what a forecast made in the middle of them is held against."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpi.hiring.history import History

STAGES = ("applied_at", "screened_at", "interviewed_at", "offered_at", "accepted_at")
SHARES = (0.6, 0.5, 0.4, 0.75)
MEAN_DAYS = (2.0, 5.0, 3.0, 2.0)
START = pd.Timestamp(2026, 1, 1)


@dataclass(frozen=True)
class Life:
    """One vacancy to its end, in days from the start."""

    opened: float
    planned: int
    people: np.ndarray
    """Applicants × stages, in days; infinite: not reached."""
    refused: np.ndarray

    @property
    def accepted(self) -> np.ndarray:
        return np.sort(self.people[:, -1])

    @property
    def filled(self) -> float:
        """The day its last place was filled."""
        return float(self.accepted[self.planned - 1])


def life(chance: np.random.Generator, opened: float, *, tells_refusals: bool) -> Life:
    planned, rate = int(chance.integers(1, 4)), chance.gamma(6, 0.5 / 6)
    applied = opened + np.cumsum(chance.exponential(1 / rate, 900))
    people, refused = [applied], np.full(900, np.inf)
    for share, mean in zip(SHARES, MEAN_DAYS, strict=True):
        waits, goes_on = chance.gamma(2, mean / 2, 900), chance.random(900) < share
        moved = np.where(goes_on, people[-1] + waits, np.inf)
        if tells_refusals:
            refused = np.where(np.isfinite(people[-1]) & ~goes_on, people[-1] + waits, refused)
        people.append(moved)
    return Life(opened, planned, np.column_stack(people), refused)


def lives(seed: int, *, tells_refusals: bool = True, last: int = 330) -> list[Life]:
    chance = np.random.default_rng(seed)
    return [life(chance, float(day), tells_refusals=tells_refusals) for day in np.sort(chance.uniform(0, last, 34))]


def seen(all_lives: list[Life], day: float) -> History:
    """The same as it stood on a day: nothing later is known, and a vacancy that is filled takes nobody more."""
    people, places = [], []
    for number, one in enumerate(all_lives, 1):
        if one.opened > day:
            continue
        end = min(one.filled, day)
        kept = one.people[:, 0] <= end
        known = np.where(one.people[kept] <= end, one.people[kept], np.nan)
        refused = np.where(one.refused[kept] <= end, one.refused[kept], np.nan)
        rows = pd.DataFrame({stage: _at(known[:, place]) for place, stage in enumerate(STAGES)})
        people.append(rows.assign(rejected_at=_at(refused), vacancy_no=float(number), employee="Ann"))
        accepted = one.accepted[one.accepted <= end][: one.planned]
        took = np.concatenate([accepted, np.full(one.planned - len(accepted), np.nan)])
        places.append(
            pd.DataFrame(
                {
                    "vacancy_no": float(number), "place_no": np.arange(1.0, one.planned + 1),
                    "vacancy_id": f"V{number}", "title": "Barber", "employee": "Ann",
                    "opened_at": _at(np.full(one.planned, one.opened)),
                    "published_at": pd.NaT, "accepted_at": _at(took), "ended_at": _at(took),
                    "place": np.where(np.isnan(took), "open", "filled"),
                }
            )
        )  # fmt: skip
    return History(pd.concat(people, ignore_index=True), _joined(places), STAGES, START + pd.Timedelta(days=day))


def _joined(places: list[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat(places, ignore_index=True)
    return frame.assign(published_at=pd.to_datetime(frame["published_at"]))


def _at(days: np.ndarray) -> "pd.Series[pd.Timestamp]":
    return START + pd.to_timedelta(pd.Series(days), unit="D")
