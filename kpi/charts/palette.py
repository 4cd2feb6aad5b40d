"""The colours of pages and charts, one set a theme.

Invariant: `.streamlit/config.toml` holds the same colours (a test compares them); text and status colours reach 4.5 : 1
on both surfaces; the three statuses differ in lightness, so that they survive deuteranopia and grey print.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]

FONT = "Inter"
"""The family shipped in assets/fonts; its figures are tabular."""


@dataclass(frozen=True)
class Palette:
    """Colours of one theme, as #RRGGBB."""

    background: str
    """The page."""
    surface: str
    """Inputs and the sidebar; cards of the dark theme."""
    card: str
    """Cards: paper on the light page, raised on the dark one."""
    border: str
    """Edges of cards and inputs."""
    grid: str
    """Lines of a chart's grid: just visible."""
    text: str
    """What is read."""
    muted: str
    """Notes and axes."""
    accent: str
    """What can be clicked, and the series that matters."""
    button: str
    """Filled buttons and switches, whose text is white: the accent, deep enough for that."""
    bar: str
    """Bars of a breakdown."""
    quiet: str
    """Series that do not matter until pointed at; bars of «not filled in»."""
    target: str
    """The target rule and its label."""
    band: str
    """Fill of the acceptable band, opaque."""
    good: str
    """Teal: on target."""
    acceptable: str
    """Amber: between target and not acceptable."""
    missed: str
    """Vermilion: target missed."""
    none: str
    """Grey: no status."""

    def status(self, status: str) -> str:
        """Colour of a `kpi.model.Status`."""
        return {"good": self.good, "acceptable": self.acceptable, "missed": self.missed}.get(status, self.none)


PALETTES: Mapping[Theme, Palette] = {
    "light": Palette(
        background="#FFFFFF",
        surface="#F5F6F8",
        card="#FFFFFF",
        border="#DDE1E6",
        grid="#ECEEF1",
        text="#1B1F24",
        muted="#59626E",
        accent="#2456C8",
        button="#2456C8",
        bar="#7E97CB",
        quiet="#A9B0BA",
        target="#3B424B",
        band="#F4EAD2",
        good="#004D47",
        acceptable="#936900",
        missed="#A3280C",
        none="#676F7B",
    ),
    "dark": Palette(
        background="#12161C",
        surface="#1B2129",
        card="#1B2129",
        border="#313A46",
        grid="#242B35",
        text="#E7EAEE",
        muted="#A4ADB9",
        accent="#8AB0FF",
        button="#3A6BDB",
        bar="#5D78AD",
        quiet="#66707D",
        target="#C9D0D9",
        band="#322A18",
        good="#7BE0D3",
        acceptable="#E2A93B",
        missed="#F26B4B",
        none="#8F99A6",
    ),
}
"""Theme → colours."""


def palette(theme: Theme) -> Palette:
    """The colours of a theme."""
    return PALETTES[theme]
