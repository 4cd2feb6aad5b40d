"""What the coach says of sets whose faults are known."""

from dataclasses import replace
from datetime import date

from kpi.catalogue import catalogue
from kpi.coach import Advice, Known, Unlock, advise, has_moved, templates, unlocks
from kpi.evaluate import Availability
from kpi.key import FEWEST, MOST

CATALOGUE = catalogue()
ALL = frozenset(kpi.id for kpi in CATALOGUE.visible())
TODAY = date(2026, 11, 5)
SOUND = (
    "rating", "review_rate", "no_show_rate", "cancellation_rate", "average_ticket", "repeat_share", "new_clients",
    "retention_90", "enps",
)  # fmt: skip
STEADY = [10.0, 12, 11, 9, 10, 12, 11, 9, 10, 12, 11, 9]


def known(*chosen: str, computable: frozenset[str] = ALL) -> Known:
    return Known(chosen, CATALOGUE, computable, TODAY)


def kinds(found: tuple[Advice, ...]) -> list[tuple[str, str | None]]:
    return [(one.kind, one.kpi) for one in found]


def added(found: tuple[Advice, ...], kind: str) -> list[tuple[str, ...]]:
    return [action.add for one in found if one.kind == kind for action in one.actions]


def test_a_sound_set_is_left_alone() -> None:
    assert advise(known(*SOUND)) == ()


def test_too_few_are_filled_from_the_groups_nobody_watches() -> None:
    found = advise(known("rating", "review_rate"))
    assert kinds(found)[0] == ("few", None)
    assert added(found, "few") == [("no_show_rate",)]
    assert [len(advise(known())[0].actions), kinds(advise(known()))] == [FEWEST, [("few", None)]]


def test_too_many_lose_what_tells_least() -> None:
    ten = (*SOUND, "csat")
    still = replace(known(*ten), courses={"average_ticket": STEADY})
    (many,) = [one for one in advise(still) if one.kind == "many"]
    assert len(ten) == MOST + 1
    assert [action.remove for action in many.actions] == [("average_ticket",)]
    gone = advise(known(*ten, computable=ALL - {"enps"}))
    assert [one.actions[0].remove for one in gone if one.kind in ("many", "uncomputable")] == [("enps",), ("enps",)]


def test_a_group_nobody_watches_is_named_and_filled() -> None:
    found = advise(known("rating", "review_rate", "average_ticket", "repeat_share", "new_clients", "retention_90"))
    assert [str(one.message) for one in found if one.kind == "group"] == [
        "No key KPI for: Operations.", "No key KPI for: Team.",
    ]  # fmt: skip
    assert added(found, "group")[0] == ("no_show_rate",)


def test_a_group_that_nothing_computable_fills_proposes_nothing() -> None:
    team = frozenset(kpi.id for kpi in CATALOGUE.area("team"))
    found = advise(known(*SOUND[:-1], computable=ALL - team))
    assert kinds(found) == [("group", None)]
    assert found[0].actions == ()


def test_a_kpi_that_can_be_gamed_wants_its_counter_until_it_has_one() -> None:
    alone = ("cost_per_contact", "rating", "review_rate", "enps")
    (counter,) = [one for one in advise(known(*alone)) if one.kind == "counter"]
    assert counter.kpi == "cost_per_contact"
    assert str(counter.why) == "Cheap contacts that order nothing cost more in the end."
    assert [action.add for action in counter.actions] == [("order_rate",), ("average_ticket",)]
    assert "counter" not in dict(kinds(advise(known(*alone, "average_ticket", "repeat_share"))))
    both = advise(known("repeat_share", "new_clients", "rating", "review_rate", "enps", "utilisation"))
    assert "counter" not in dict(kinds(both))
    without = ALL - {"order_rate"}
    assert added(advise(known(*alone, computable=without)), "counter") == [("average_ticket",)]


def test_speed_is_paired_with_quality_and_orders_with_rating() -> None:
    pairs = {kpi.id: [counter.kpi for counter in kpi.counter] for kpi in CATALOGUE.visible()}
    assert {"rework_rate", "rating"} & set(pairs["lead_time_hours"])
    assert "rating" in pairs["orders_done"]
    assert "order_rate" in pairs["cost_per_contact"]
    assert len([kpi for kpi, counters in pairs.items() if counters]) > 40


def test_what_did_not_move_is_said_once_for_all() -> None:
    moved = [*STEADY[:-1], 40.0]
    found = advise(replace(known(*SOUND), courses={"rating": STEADY, "enps": STEADY[:5], "average_ticket": moved}))
    assert kinds(found) == [("still", None)]
    assert [action.remove for action in found[0].actions] == [("rating",)]
    assert [has_moved(course) for course in (STEADY, moved, STEADY[:8], [])] == [False, True, None, None]


def test_what_nobody_opened_is_said_once_looks_are_noted_for_a_quarter() -> None:
    seen = dict.fromkeys(SOUND, date(2026, 11, 1)) | {"enps": date(2026, 7, 1)}
    del seen["rating"]
    looked = replace(known(*SOUND), looked=seen, looking_since=date(2026, 6, 1))
    assert [action.remove for action in advise(looked)[0].actions] == [("rating",), ("enps",)]
    assert advise(replace(looked, looking_since=date(2026, 9, 1))) == ()


def test_what_one_more_column_brings() -> None:
    def lacking(kpi: str, *columns: tuple[str, str]) -> Availability:
        return Availability(CATALOGUE.get(kpi), not columns, columns, (), ())

    found = unlocks(
        [
            lacking("rating", ("reviews", "rating")), lacking("low_rating_share", ("reviews", "rating")),
            lacking("review_rate", ("orders", "status"), ("reviews", "rating")), lacking("revenue"),
        ]
    )  # fmt: skip
    assert found == (
        Unlock((("reviews", "rating"),), ("rating", "low_rating_share")),
        Unlock((("orders", "status"), ("reviews", "rating")), ("rating", "low_rating_share", "review_rate")),
    )


def test_templates_are_sound_sets() -> None:
    assert [template.id for template in templates()] == ["barbershop", "repair", "cleaning", "hiring"]
    for template in templates():
        ids = [kpi for kpi, _ in template.kpis]
        assert FEWEST <= len(set(ids)) == len(ids) <= MOST
        assert set(ids) <= ALL
        assert {one.kind for one in advise(known(*ids))} <= {"counter"}, template.id
        assert all(why for _, why in template.kpis)
