"""The form's pages as HTML.

Invariant: every word of a person is escaped; no address but the form's own is in them.
"""

from collections.abc import Sequence
from itertools import groupby

from data.message import Message
from data.store.entries.surveys import Question, Survey
from data.store.entries.surveys.answers import LONGEST_COMMENT
from kpi.language import Language
from kpi.surveys import Template, asked, template, words_of
from kpi.surveys.questions import ITEMS
from pages._ui.markup import Html, joined, tag
from pages._ui.server.plain import page as plain


def questions(survey: Survey, sheet_id: str, words: Language, said: Sequence[int | None], comment: str) -> str:
    """The form. `said`: what was chosen before, where something was missing."""
    of = template(survey.kind, survey.audience)
    several = len(survey.questions) > 1
    heading = of.lead if several and of.lead is not None else asked(survey.questions[0])
    lacks = any(score is not None for score in said) or bool(comment)
    parts = [
        tag("h1", words.render(heading)),
        tag("p", _promise(survey, words), css="lead"),
        *([tag("p", words.t("Please answer every question."), css="missing", role="alert")] if lacks else []),
        tag(
            "form", Html(f'<input type="hidden" name="sheet" value="{sheet_id}">'),
            *_fields(survey, of, words, said, several=several),
            *([_comment(of, words, comment)] if survey.asks_comment else []),
            tag("button", words.t("Send"), type="submit"), method="post",
        ),
    ]  # fmt: skip
    return _page(joined(parts), words)


def thanks(survey: Survey, words: Language) -> str:
    """After an answer was taken."""
    more = words.t("It will be seen only together with the others.") if survey.is_private else ""
    return _end(words.t("Thank you!"), words.t("Your answer has been received.") + (" " + more if more else ""), words)


def used(words: Language) -> str:
    """The invitation was answered before."""
    return _end(words.t("Thank you!"), words.t("This invitation has been answered already."), words)


def over(words: Language) -> str:
    """Too late."""
    return _end(
        words.t("This survey is over"), words.t("Answers are not taken any more. Thank you!"), words, done=False
    )


def unknown(words: Language) -> str:
    """A wrong token: the same whatever is wrong with it."""
    told = words.t("Ask for a new one where you got it from, or read the code again.")
    return _end(words.t("This link does not work"), told, words, done=False)


def busy(words: Language) -> str:
    """Too many at once."""
    told = words.t("Nothing was lost: wait a moment and send it again.")
    return _end(words.t("Too many answers at once"), told, words, done=False)


def _promise(survey: Survey, words: Language) -> str:
    if not survey.is_private:
        return words.t("No name, no phone number. It takes a minute.")
    return words.t(
        "Anonymous: it is not recorded who answered, when, or on which phone. "
        "Only the common result is shown, and only if five or more people answer."
    )


def _fields(survey: Survey, of: Template, words: Language, said: Sequence[int | None], *, several: bool) -> list[Html]:
    fields: list[Html] = []
    places = range(len(survey.questions))
    for theme, members in groupby(places, key=lambda place: _theme(survey.questions[place])):
        if theme is not None:
            fields.append(tag("p", words.render(theme), css="theme"))
        for place in members:
            chosen = said[place] if place < len(said) else None
            fields.append(_field(survey.questions[place], place, of, words, chosen, named=several))
    return fields


def _field(question: Question, place: int, of: Template, words: Language, chosen: int | None, *, named: bool) -> Html:
    meanings = [words.render(word) for word in words_of(of)]
    choices = [
        tag("label", _radio(place, score, is_chosen=score == chosen), _face(score, question, meanings))
        for score in range(question.low, question.high + 1)
    ]
    text, low, high = words.render(asked(question)), *(words.render(end) for end in of.ends)
    named_ends = [] if meanings else [tag("div", tag("span", low), tag("span", high), css="ends")]
    legend = tag("legend", text) if named else Html()
    label = {} if named else {"aria_label": text}
    return tag("fieldset", legend, tag("div", *choices, css=f"scale of{len(choices)}"), *named_ends, **label)


def _face(score: int, question: Question, meanings: Sequence[str]) -> str:
    return tag("span", meanings[score - question.low], css="words") if meanings else str(score)


def _radio(place: int, score: int, *, is_chosen: bool) -> Html:
    return Html(f'<input type="radio" name="q{place}" value="{score}" required{" checked" if is_chosen else ""}>')


def _comment(of: Template, words: Language, comment: str) -> Html:
    name = words.render(of.comment)
    field = tag("textarea", comment, name_="comment", maxlength=str(LONGEST_COMMENT), aria_label=name)
    return tag("fieldset", tag("legend", name, tag("small", words.t("if you like"))), field)


def _theme(question: Question) -> Message | None:
    item = ITEMS.get(question.code or "")
    return item.theme if item else None


def _end(title: str, text: str, words: Language, *, done: bool = True) -> str:
    return plain.end(title, text, words.t("Survey"), words, done=done)


def _page(body: Html, words: Language) -> str:
    return plain.whole(body, words.t("Survey"), words)
