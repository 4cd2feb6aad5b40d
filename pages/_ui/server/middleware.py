"""The stack that every request passes, outermost first."""

from starlette.middleware import Middleware

from pages._ui.server.compress import CompressBundle
from pages._ui.server.door.door import Door
from pages._ui.server.headers import SecurityHeaders
from pages._ui.server.html import FramePage
from pages._ui.server.upload_guard import UploadGuard


def middleware(max_upload_megabytes: int) -> list[Middleware]:
    """All of it, for `st.App(middleware=…)`; headers come first so that refusals carry them too."""
    return [
        Middleware(SecurityHeaders),
        Middleware(Door),
        Middleware(UploadGuard, max_megabytes=max_upload_megabytes),
        Middleware(CompressBundle),
        Middleware(FramePage),
    ]
