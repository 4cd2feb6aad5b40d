"""Every mistake in a catalogue file stops the start with its file and entry named."""

from pathlib import Path

import pytest

from kpi.catalogue.check import CatalogueError
from kpi.catalogue.loader import complement, load
from kpi.model import Bounds

GOOD = """
[{id}]
title = "Title"
question = "Question?"
advice = "Advice."
source = "Source"
unit = "percent"
better = "higher"
"""


def write(folder: Path, text: str, name: str = "quality.toml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def entry(name: str, *lines: str) -> str:
    return GOOD.format(id=name) + "\n".join(lines) + "\n"


def value(name: str, *lines: str) -> str:
    return entry(name, "relation = 'orders'", '''value = "share(is_rework, status = 'done')"''', *lines)


def test_value_formula_and_stage_are_read(tmp_path: Path) -> None:
    first = value("a", "min_rows = 3", "slice_by = ['team']")
    others = entry("b", "formula = '100 - a'") + entry("c", "stage='goals_met'")
    found = load([write(tmp_path, first + others)])
    assert [(kpi.id, kpi.kind, kpi.area) for kpi in found] == [
        ("a", "value", "quality"), ("b", "formula", "quality"), ("c", "stage", "quality"),
    ]  # fmt: skip
    assert found.get("a").min_rows == 3
    assert found.get("a").slice_by == ("team",)
    assert found.parts("b") == ("a",)
    assert found.parts("a") == ()


def test_parts_name_their_area(tmp_path: Path) -> None:
    found = load([write(tmp_path, value("a", "area = 'team'", "internal = true"), "parts.toml")])
    assert found.get("a").area == "team"
    assert found.visible() == ()


def test_complement_derives_the_target(tmp_path: Path) -> None:
    first = value("right", "target = { good_low = 85, ok_low = 80 }", "target_source = 'A book'")
    second = value("wrong", "target = { complement_of = 'right' }").replace('"higher"', '"lower"')
    kpi = load([write(tmp_path, first + second)]).get("wrong")
    assert kpi.target == Bounds(good_high=15, ok_high=20)
    assert kpi.target_source == "A book"


def test_complement_twice_is_the_same() -> None:
    bounds = Bounds(good_low=75, good_high=85, ok_low=70, ok_high=95)
    assert complement(complement(bounds)) == bounds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (value("a", "slize_by = []"), "quality.toml [a]: has an unknown key «slize_by». Did you mean slice_by?"),
        (value("a", "min_rows = '3'"), "quality.toml [a]: «min_rows» must be of type int"),
        (value("a", "min_rows = true"), "quality.toml [a]: «min_rows» must be of type int"),
        (entry("a"), "needs exactly one of value, formula, stage; it has none"),
        (value("a", "formula = '1'"), "it has value, formula"),
        (entry("a", "value = 'count()'"), "a value needs a relation"),
        (value("a").replace('"percent"', '"per cent"'), "quality.toml [a]: unit «per cent» is none of percent, "),
        (value("a").replace('"higher"', '"up"'), "better «up» is none of higher, lower, band"),
        (value("a", "window = 'year'"), "window «year» is none of"),
        (value("a").replace('advice = "Advice."', ""), "quality.toml [a]: lacks advice"),
        (value("a", "target = { good_high = 5 }", "target_source = 's'"), "cannot have these sides"),
        (value("a", "target = { good_low = 5 }"), "a default target needs its target_source"),
        (value("a", "target = { good_low = 5, ok_low = 9 }", "target_source = 's'"), "are not in order"),
        (value("a", "target = { good = 5 }"), "the target knows good_low"),
        (value("a", "target = {}"), "the target knows good_low"),
        (value("a", "target = { complement_of = 'b' }"), "complement_of names «b»"),
        (value("rework") + entry("b", "formula = '100 - rewrok'"), "«rewrok», which is no KPI. Did you mean rework?"),
        (entry("a", "formula = 'b + 1'") + entry("b", "formula = 'a'"), "is a part of itself: a → b → a"),
        (entry("a", "formula = 'a / 2'"), "is a part of itself: a → a"),
        (entry("a", "formula = '100 - '"), "quality.toml [a]: «100 - » cannot be read"),
        ("title = 'x'", "«title» stands outside of any entry"),
        ("[a", "quality.toml: "),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load([write(tmp_path, text)])
    assert said in str(caught.value)


def test_area_must_be_known(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="area «» is none of quality"):
        load([write(tmp_path, value("a"), "parts.toml")])


def test_id_stands_once(tmp_path: Path) -> None:
    files = [write(tmp_path, value("a")), write(tmp_path, value("a"), "team.toml")]
    with pytest.raises(CatalogueError, match=r"team.toml \[a\]: stands in quality.toml \[a\] already"):
        load(files)
