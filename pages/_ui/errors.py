"""The one boundary where a mistake becomes words.

Invariant: a person never sees a traceback: a `UserError` says what happened and what to do, anything else is logged
whole under an id that the person can quote.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.errors import UserError
from data.message import Message, say
from kpi.language import Language
from pages._ui.escape import markdown

log = logging.getLogger("kpi.pages")


@contextmanager
def boundary(language: Language) -> Iterator[None]:
    """Renders what goes wrong inside; Streamlit's own control flow (stop, rerun) passes through."""
    try:
        yield
    except UserError as error:
        show(language, error)
    except Exception as error:
        st.error(language.render(logged(error)), icon=":material/error:")


def logged(error: BaseException | None) -> Message:
    """Logs a bug whole; the sentence that tells its number."""
    number = secrets.token_hex(4)
    log.error("error %s", number, exc_info=error)
    return say(
        "Something went wrong here. Nothing was lost. If it happens again, tell us this number: {id}.", id=number
    )


def as_told(error: BaseException | None) -> UserError:
    """A mistake as it is; a bug is logged whole and told under its number."""
    return error if isinstance(error, UserError) else UserError(logged(error))


def show(language: Language, error: UserError) -> None:
    """A mistake that a person can mend: what happened, where, what to do."""
    st.error(words(language, error), icon=":material/error:")


def words(language: Language, error: UserError) -> str:
    """The sentences of a `UserError` as markdown, the person's own text in them escaped."""
    title, *rest = [
        markdown(language.render(part)) for part in (error.title, error.detail, error.hint) if part is not None
    ]
    return "  \n".join([f"**{title}**", *rest])
