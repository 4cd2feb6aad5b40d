"""A scheme to begin with, made for what a workspace can compute.

Invariant: it is a scheme that can be entered as it stands.
"""

import json
from collections.abc import Collection, Sequence
from decimal import Decimal

from kpi.bonus.money import HUNDRED, apportioned
from kpi.catalogue import Catalogue
from kpi.language import Language

WISHED = (
    "addon_rate", "revenue", "rating", "on_time_rate", "first_time_right", "orders_done", "conformity_rate",
)  # fmt: skip
"""KPIs a person can influence, the first found are taken."""
MOST = 3


def starter(catalogue: Catalogue, possible: Collection[str], roles: Sequence[str], words: Language) -> str:
    """Its text."""
    found = [kpi for kpi in WISHED if kpi in possible][:MOST] or [next(iter(catalogue.kpis))]
    weights = apportioned(HUNDRED, [Decimal(1)] * len(found), Decimal(5))
    notes = (
        words.t("per cent that the common result pays"), words.t("what is paid is rounded to so many roubles"),
        words.t("or staff, pool, share, own_share"), words.t("roubles a month at 100 %"),
        words.t("target = …: without it the target in force holds"),
    )  # fmt: skip
    title = words.t("Bonus for the month")
    lines = [f"title = {_text(title)}"]
    lines += [f"who = {{ role = [{_text(roles[0])}] }}"] if roles else []
    lines += [f"team_share = 0        # {notes[0]}", f"round_to = 1          # {notes[1]}", "", "[fund]"]
    lines += [f'from = "person"       # {notes[2]}', f"amount = 10_000       # {notes[3]}"]
    for kpi, weight in zip(found, weights, strict=True):
        name = words.catalogue(catalogue.get(kpi).title)
        lines += ["", "[[kpi]]", f'kpi = "{kpi}"   # {name}', f"weight = {weight}", f"# {notes[4]}"]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A TOML string: JSON's are."""
    return json.dumps(text, ensure_ascii=False)
