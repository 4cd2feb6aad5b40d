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
from data.store.opening import is_damage
from kpi.language import Language
from pages._ui import session
from pages._ui.escape import markdown

log = logging.getLogger("kpi.pages")

REBUILD = "rebuild"
"""The writer's job that makes the database anew."""


@contextmanager
def boundary(language: Language) -> Iterator[None]:
    """Renders what goes wrong inside; Streamlit's own control flow (stop, rerun) passes through."""
    try:
        yield
    except UserError as error:
        show(language, error)
    except Exception as error:
        told = damaged(error) or logged(error)
        st.error(language.render(told), icon=":material/error:")


def damaged(error: BaseException) -> Message | None:
    """Begins to make a database anew that cannot be read, and says so; None for any other error."""
    if not is_damage(error):
        return None
    writer = session.store().writer
    if not any(job.label == REBUILD and job.state in ("queued", "running") for job in writer.jobs()):
        log.error("the database cannot be read: it is made anew", exc_info=error)
        writer.submit(REBUILD, session.store().rebuild)
    return say("The database file is damaged. It is being made anew from your files; try again in a minute.")


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
