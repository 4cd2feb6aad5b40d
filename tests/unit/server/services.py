"""What secrets.toml tells of sign-in services, read by Streamlit as it reads the file."""

import tomllib

import pytest
from streamlit import auth_util
from streamlit.runtime.secrets import Secrets

COMPLETE = """
[auth]
redirect_uri = "https://kpi.example.org/oauth2callback"
cookie_secret = "a secret that is long enough for anybody"
[auth.google]
client_id = "id"
client_secret = "secret"
server_metadata_url = "https://accounts.google.com/.well-known/openid-configuration"
"""


def configure(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The file holds this text, for one test."""
    made = Secrets()
    made._secrets = tomllib.loads(text)  # as it is after reading; reading a file would set a watcher on it
    monkeypatch.setattr(auth_util, "secrets_singleton", made)
