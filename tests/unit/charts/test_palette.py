"""Colours: contrast, deuteranopia, grey print, and one source for pages and charts."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from kpi.charts import PALETTES, Palette

ROOT = Path(__file__).parents[3]
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
"""Machado, Oliveira and Fernandes 2009, full strength, on linear RGB."""

STATUSES = ("good", "acceptable", "missed")

both_themes = pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def luminance(rgb: tuple[float, ...]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(linear(a)), luminance(linear(b))))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    return float(116 * luminance(linear(colour)) ** (1 / 3) - 16)


def seen(colour: str) -> tuple[float, ...]:
    rgb = linear(colour)
    return tuple(min(max(sum(f * c for f, c in zip(row, rgb, strict=True)), 0), 1) for row in DEUTERANOPIA)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    r, g, b = rgb
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        luminance(rgb),
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@both_themes
@pytest.mark.parametrize("name", ["text", "muted", "accent", "target", "good", "acceptable", "missed", "none"])
def test_texts_and_statuses_can_be_read(colours: Palette, name: str) -> None:
    for ground in (colours.background, colours.surface, colours.card):
        assert contrast(getattr(colours, name), ground) >= 4.5


@both_themes
def test_the_target_can_be_seen_on_the_band(colours: Palette) -> None:
    assert contrast(colours.target, colours.band) >= 4.5
    assert contrast(colours.accent, colours.band) >= 4.5


@both_themes
def test_bars_can_be_seen_and_buttons_read(colours: Palette) -> None:
    assert contrast(colours.bar, colours.background) >= 2.8
    assert contrast(colours.button, "#FFFFFF") >= 4.5
    assert contrast(colours.button, colours.background) >= 3


@both_themes
def test_statuses_survive_grey_print(colours: Palette) -> None:
    grey = [lightness(colours.status(status)) for status in STATUSES]
    assert min(abs(a - b) for a, b in itertools.combinations(grey, 2)) >= 7


@both_themes
def test_statuses_survive_deuteranopia(colours: Palette) -> None:
    for a, b in itertools.combinations(STATUSES, 2):
        first, second = (lab(seen(colours.status(status))) for status in (a, b))
        assert sum((x - y) ** 2 for x, y in zip(first, second, strict=True)) ** 0.5 >= 9, (a, b)


def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


@pytest.mark.parametrize("theme", PALETTES)
def test_streamlit_has_the_same_colours(theme: str) -> None:
    found, colours = settings()["theme"][theme], PALETTES[theme]  # type: ignore[index]
    same = {
        "primaryColor": colours.button,
        "backgroundColor": colours.background,
        "secondaryBackgroundColor": colours.surface,
        "textColor": colours.text,
        "linkColor": colours.accent,
        "borderColor": colours.border,
        "dataframeHeaderTextColor": colours.muted,
        "greenColor": colours.good,
        "orangeColor": colours.acceptable,
        "redColor": colours.missed,
        "grayColor": colours.none,
    }
    assert {key: found[key] for key in same} == same
    assert set(_colours(found)) <= set(colours.__dict__.values())


def test_every_setting_exists() -> None:
    """The hidden option against the 70 ms collection after each rerun among them."""
    known = set(config.get_config_options())
    for section, table in settings().items():
        for key, value in table.items():
            names = [f"{section}.{key}.{inner}" for inner in value] if isinstance(value, dict) else [f"{section}.{key}"]
            assert set(names) <= known
    assert settings()["runner"]["postScriptGC"] is False


def test_fonts_and_icon_are_shipped() -> None:
    for face in settings()["theme"]["fontFaces"]:
        assert (ROOT / face["url"]).read_bytes().startswith(b"wOF2")
    assert (ROOT / "assets" / "icon.png").read_bytes().startswith(b"\x89PNG")
    assert "SIL Open Font License" in (ROOT / "assets" / "fonts" / "OFL.txt").read_text("utf-8")
    ranges = " ".join(face["unicodeRange"] for face in settings()["theme"]["fontFaces"])
    for needed in ("U+0400-045F", "U+20AD-20C0", "U+2212", "U+0000-00FF"):
        assert needed in ranges


def _colours(table: dict[str, Any]) -> list[str]:
    flat = [value if isinstance(value, list) else [value] for value in table.values()]
    return [value for values in flat for value in values if isinstance(value, str) and value.startswith("#")]
