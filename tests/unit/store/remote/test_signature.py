"""Requests are signed as Amazon's own documentation shows."""

from datetime import UTC, datetime

from data.store.remote.account import account
from data.store.remote.signature import Credentials, Request, query_of, signed

WHO = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
THEN = datetime(2013, 5, 24, tzinfo=UTC)
HOST = "examplebucket.s3.amazonaws.com"


def test_the_lifecycle_and_the_list_of_the_documentation() -> None:
    """«Examples: Signature calculations in AWS Signature Version 4», GET Bucket Lifecycle and GET Bucket."""
    lifecycle = signed(Request("GET", HOST, "/", {"lifecycle": ""}), WHO, THEN)["authorization"]
    listed = signed(Request("GET", HOST, "/", {"prefix": "J", "max-keys": "2"}), WHO, THEN)["authorization"]
    assert lifecycle == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
        "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
        "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
    )
    assert listed.endswith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")


def test_the_query_is_in_the_order_of_its_names() -> None:
    assert query_of({"a": "2", "a-b": "1 +", "B": "/"}) == "B=%2F&a=2&a-b=1%20%2B"


def test_no_secret_is_sent_or_told() -> None:
    one = Credentials("KEY", "very-secret", "a-token")
    headers = signed(Request("GET", HOST, "/"), one, THEN)
    assert "very-secret" not in f"{headers} {one} {account_of(one)}"
    assert headers["x-amz-security-token"] == "a-token"


def account_of(one: Credentials) -> object:
    return account({"AWS_ACCESS_KEY_ID": one.key, "AWS_SECRET_ACCESS_KEY": one.secret, "AWS_SESSION_TOKEN": one.token})
