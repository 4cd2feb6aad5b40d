"""Results of a survey as HTML: the value and how sure it is, how answers are spread, groups, questions, words.

Invariant: every share is written beside its bar; nothing is told by a colour alone.
"""

from collections.abc import Sequence

from kpi.surveys import Band, Group, Measure, OneQuestion, Results
from kpi.surveys.questions import ITEMS
from pages._ui.markup import Html, joined, section, tag
from pages._ui.session import View

FEW = 20
"""Answers below which it is said that they are few."""
_TONES = {3: ("low", "middle", "high"), 4: ("high", "middle", "acceptable-fill", "low")}
"""Bands → their tone from the first to the last: of an audit a high answer is a bad one."""


def all_of(view: View, found: Results) -> Html:
    """Everything that is told."""
    parts = [_whole(view, found)] if found.measure is not None else []
    if found.groups:
        parts += [section(view.language.t("By link")), _groups(view, found)]
    if len(found.questions) > 1:
        is_audit = found.told.survey.kind == "pain"
        parts += [_title(view, is_audit=is_audit), _questions(view, found)]
    if found.told.remarks:
        note = view.language.t("in an order made by chance")
        parts += [section(view.language.t("In their words"), note), _words(found.told.remarks)]
    return tag("div", *parts, css="outcome")


def _whole(view: View, found: Results) -> Html:
    measure, t = found.measure, view.language.t
    assert measure is not None
    lines = [
        tag("p", view.language.value(measure.value, found.unit), css="value"),
        tag("p", _sure(view, found, measure)),
    ]
    if measure.people < FEW:
        lines.append(tag("p", t("Few answers: take it as a hint."), css="quiet"))
    spread = (
        [_bar(found.questions[0].bands), _named(view, found.questions[0].bands)] if len(found.questions) == 1 else []
    )
    return tag("div", tag("div", *lines), tag("div", *spread, css="spread"), css="whole")


def _sure(view: View, found: Results, measure: Measure) -> str:
    t, tn = view.language.t, view.language.tn
    came = tn("{n} answer", "{n} answers", measure.people)
    if measure.low is None or measure.high is None:
        return came
    low, high = (view.language.value(end, found.unit) for end in (measure.low, measure.high))
    return t("{came}; with 95% certainty between {low} and {high}", came=came, low=low, high=high)


def _bar(bands: Sequence[Band]) -> Html:
    tones = _TONES[len(bands)]
    parts = [
        tag("i", css=tone, style=f"width:{band.share:.2f}%")
        for band, tone in zip(bands, tones, strict=True)
        if band.share
    ]
    return tag("div", *parts, css="bands", aria_hidden="true")


def _named(view: View, bands: Sequence[Band], *, shares: bool = True) -> Html:
    """What the parts of a bar are, with their shares where the bar is the only one."""
    toned = zip(bands, _TONES[len(bands)], strict=True)
    told = [(tone, view.language.render(band.name), _share(view, band.share) if shares else "") for band, tone in toned]
    names = [tag("span", tag("i", css=tone), f"{name} {share}".strip()) for tone, name, share in told]
    return tag("p", *names, css="bands-named")


def _share(view: View, share: float) -> str:
    return view.language.value(float(round(share)), "percent")


def _groups(view: View, found: Results) -> Html:
    return tag("div", *(_group(view, found, one) for one in found.groups), css="asked-rows")


def _group(view: View, found: Results, one: Group) -> Html:
    name = one.group[1] if one.group else view.language.t("all others")
    value = tag("b", view.language.value(one.measure.value, found.unit))
    return tag("div", tag("span", name), value, tag("small", _sure(view, found, one.measure)), css="asked-row")


def _title(view: View, *, is_audit: bool) -> Html:
    """What the rows below are, and what their figures mean."""
    t = view.language.t
    if is_audit:
        return section(t("From the worst to the least"), t("percent of people whom it hinders noticeably or a lot"))
    return section(t("By statement"), t("how far up the scale, 100 % is the top"))


def _questions(view: View, found: Results) -> Html:
    rows = [_question(view, found, one) for one in found.questions]
    return joined([tag("div", *rows, css="asked-rows"), _named(view, found.questions[0].bands, shares=False)])


def _question(view: View, found: Results, one: OneQuestion) -> Html:
    item = ITEMS.get(one.question.code or "")
    theme = [tag("small", view.language.render(item.theme))] if item and item.theme else []
    name = tag("span", view.language.render(one.text), *theme)
    value = tag("b", view.language.value(float(round(one.measure.value)), found.unit))
    spread = tag("div", _bar(one.bands), tag("small", _between(view, found, one.measure), css="note"), css="spread")
    return tag("div", name, value, spread, css="asked-row")


def _between(view: View, found: Results, measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return ""
    low, high = (view.language.value(float(round(end)), found.unit) for end in (measure.low, measure.high))
    return view.language.t("with 95% certainty between {low} and {high}", low=low, high=high)


def _words(remarks: Sequence[str]) -> Html:
    return tag("div", *(tag("blockquote", remark) for remark in remarks), css="remarks")
