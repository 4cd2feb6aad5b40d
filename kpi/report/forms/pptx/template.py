"""An empty presentation: 16:9, our colours and a typeface with Cyrillic in its theme, two layouts, titles on the left.

Invariant: typefaces and colours are the theme's, so that whoever changes the theme changes all slides.
"""

import re
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu

from kpi.charts.palette import palette

TYPEFACE = "Arial"
"""Has Cyrillic and the rouble sign, and is on every computer."""
_COLOURS = palette("light")
_THEME_COLOURS = {
    "dk1": _COLOURS.text, "lt1": _COLOURS.background, "dk2": _COLOURS.muted, "lt2": _COLOURS.surface,
    "accent1": _COLOURS.accent, "accent2": _COLOURS.bar, "accent3": _COLOURS.good, "accent4": _COLOURS.acceptable,
    "accent5": _COLOURS.missed, "accent6": _COLOURS.none, "hlink": _COLOURS.accent, "folHlink": _COLOURS.muted,
}  # fmt: skip
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
_UNUSED = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_OPENING, _TITLE_ONLY = 0, 5
"""Places of the two layouts of python-pptx's template that are kept."""


def template(width: float, height: float, left: float) -> tuple[Any, Any, Any]:
    """(presentation, layout of the first slide, layout of the others); lengths in points."""
    file = Presentation()
    file.slide_width, file.slide_height = points(width), points(height)
    opening, title_only = (file.slide_layouts[place] for place in (_OPENING, _TITLE_ONLY))
    for layout in [one for one in file.slide_layouts if one not in (opening, title_only)]:
        file.slide_layouts.remove(layout)
    _set_theme(file)
    across = width - 2 * left
    for holder in (file.slide_master, opening, title_only):
        _without_unused(holder)
    for holder in (file.slide_master, title_only):
        _place(holder, PP_PLACEHOLDER.TITLE, (left, 30, across, 70), MSO_ANCHOR.MIDDLE)
    _place(file.slide_master, PP_PLACEHOLDER.BODY, (left, 116, across, 384), MSO_ANCHOR.TOP)
    _place(opening, PP_PLACEHOLDER.CENTER_TITLE, (left + 30, 110, across - 60, 150), MSO_ANCHOR.BOTTOM)
    _place(opening, PP_PLACEHOLDER.SUBTITLE, (left + 30, 276, across - 60, 170), MSO_ANCHOR.TOP)
    for level in file.slide_master._element.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    for level in opening._element.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    file.slide_master._element.find(f".//{qn('p:titleStyle')}//{qn('a:defRPr')}").set("b", "1")
    return file, opening, title_only


def points(size: float) -> Emu:
    """A length."""
    return Emu(round(size * 12_700))


def _set_theme(file: Any) -> None:
    part = file.slide_master.part.part_related_by(_THEME)
    xml = part.blob.decode("utf-8")
    for name, code in _THEME_COLOURS.items():
        inside = f'<a:{name}><a:srgbClr val="{code.removeprefix("#")}"/></a:{name}>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", inside, xml, flags=re.DOTALL)
    xml = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{TYPEFACE}", xml)
    part._blob = xml.encode("utf-8")


def _without_unused(holder: Any) -> None:
    for one in list(holder.placeholders):
        if one.placeholder_format.type in _UNUSED:
            one._element.getparent().remove(one._element)


def _place(holder: Any, kind: Any, place: tuple[float, float, float, float], anchor: Any) -> None:
    shape = next(one for one in holder.placeholders if one.placeholder_format.type == kind)
    shape.left, shape.top, shape.width, shape.height = map(points, place)
    frame = shape.text_frame
    frame.vertical_anchor, frame.word_wrap = anchor, True
    frame.margin_left = frame.margin_right = 0
