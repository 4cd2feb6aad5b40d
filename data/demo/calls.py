"""The calls fact: calls to the Avito numbers, by account.

Invariant: an unanswered call has no talk time; what an account's call costs follows its contacts' cost.
"""

from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.ads import ADS
from data.demo.chance import Chance
from data.demo.people import booker
from data.demo.seasons import is_weekend
from data.demo.stories import CONTACT_COST

_BY_ID = {ad.ad_id: ad for ad in ADS}


def calls(ads: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The fact: most of those who looked at a telephone number rang."""
    chance = Chance(seed, "calls")
    seen = zip(ads["ad_id"], ads["period_start"], ads["phone_views"], strict=True)
    called = [(ad_id, day) for ad_id, day, looks in seen for _ in range(looks) if chance.yes(0.6)]
    rows = sorted((_call(ad_id, day, chance) for ad_id, day in called), key=lambda row: str(row["at"]))
    return pd.DataFrame([{"call_id": str(880001 + number), **row} for number, row in enumerate(rows)])


def _call(ad_id: str, day: date, chance: Chance) -> dict[str, object]:
    ad, evening = _BY_ID[ad_id], chance.yes(0.22)
    hour = chance.whole(19, 21) if evening else chance.whole(9, 18)
    answered = chance.yes(0.7 if evening else 0.82 if is_weekend(day) else 0.94)
    target = chance.weighted({"target": 0.74, "not_target": 0.23, "moderation": 0.03}) if answered else "not_target"
    price = int(CONTACT_COST[ad.account] * chance.between(0.95, 1.3)) if target == "target" else 0
    at = datetime.combine(day, time(hour, chance.whole(0, 59))) + timedelta(seconds=chance.whole(0, 59))
    return {
        "at": at, "talk_seconds": int(chance.about(130, 0.7)) if answered else 0,
        "wait_seconds": int(chance.about(16 if answered else 38, 0.6)), "answered": answered, "target": target,
        "price": price, "account": ad.account, "branch": ad.branch.name, "service": ad.title,
        "employee": booker(ad.branch) if answered else None,
    }  # fmt: skip
