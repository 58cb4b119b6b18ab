"""Secrets come from the environment, and are shown nowhere."""

from __future__ import annotations

import pytest

from briefing.config import Config, Secret, Surroundings, WebhookDelivery, load
from briefing.config.messages import strike_out_secrets
from briefing.errors import DeliveryError

TEXT = """\
sources: [{folder: articles}]
sections: [{id: water, title: Water, terms: {en: [water]}}]
deliver:
  - webhook: {url: https://example.org, secret: "${HOOK_SECRET}"}
"""


def secret_of(config: Config) -> Secret:
    (delivery,) = config.deliver
    assert isinstance(delivery, WebhookDelivery)
    return delivery.webhook.secret


def test_a_secret_is_taken_from_the_environment_and_not_shown() -> None:
    config = load(TEXT, name="config.yaml", around=Surroundings(environ={"HOOK_SECRET": "swordfish"}))
    assert secret_of(config).reveal() == "swordfish"
    assert "swordfish" not in f"{config!r} {config} {config.model_dump()}"


def test_a_secret_that_is_not_set_fails_where_it_is_needed_and_not_before() -> None:
    secret = secret_of(load(TEXT, name="config.yaml"))
    with pytest.raises(DeliveryError, match="HOOK_SECRET is not set"):
        secret.reveal()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("password: swordfish", "password: *********"),
        ("{password: swordfish, port: 25}", "{password: *********, port: 25}"),
        ('"smtp_password" : "sword fish"', '"smtp_password" : ************'),
        ("api_token: abc", "api_token: ***"),
        ("password: ${SMTP_PASSWORD}", "password: ${SMTP_PASSWORD}"),
        ("smtp://brief:swordfish@mail.example.org:587", "smtp://brief:*********@mail.example.org:587"),
        ("smtp://mail.example.org:587", "smtp://mail.example.org:587"),
        ('{url: "https://a.example/x?id=7&k=abc"}', '{url: "https://a.example/x?id=*&k=***"}'),
        ("to: [desk@example.org]", "to: [desk@example.org]"),
    ],
)
def test_what_looks_like_a_password_is_struck_out(line: str, shown: str) -> None:
    assert strike_out_secrets(line) == shown
