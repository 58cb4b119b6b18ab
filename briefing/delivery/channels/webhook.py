"""To a web address: JSON by POST, signed as standardwebhooks.com describes (version 1, HMAC-SHA256).

The Idempotency-Key is the same in every try, so that a listener can drop what it has already. Redirects are answers
like any other error, and the whole exchange is bounded in time and size.
"""

from __future__ import annotations

import hmac
import http.client
import json
import re
import ssl
from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefing.delivery.channels import Channel, link_to
from briefing.delivery.channels.smtp import cut_off
from briefing.edition import checksums, gap_lines, headlines, key_lines, one_line
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.config import Secret, Webhook
    from briefing.delivery.channels import Journal, Payload, Surroundings

MOST_ANSWER = 2_000
"""Bytes read of an answer."""

_LASTING = frozenset({400, 401, 403, 404, 405, 406, 410, 411, 413, 414, 415, 422, 501})
"""Answers that another try will not change (RFC 9110, 15.5)."""

_PREFIX = "whsec_"


def webhook_channel(settings: Webhook, surroundings: Surroundings) -> Channel:
    """Return the channel that `webhook:` describes."""

    def hand_over(payload: Payload, recipients: Sequence[str], journal: Journal) -> None:
        """Post the edition; DeliveryError where the key is missing or the address cannot be reached."""
        event = edition_event(payload, link=link_to(settings.link, payload.id))
        key = f"edition-{payload.id}-{payload.sha256[:16]}"
        journal.handing(recipients)
        try:
            status, answer = _post(settings, event, key=key, timestamp=surroundings.timestamp())
        except DeliveryError as error:
            journal.later(recipients, str(error))  # the key makes another try harmless, whatever has arrived
            return
        told = one_line(f"{status} {answer}")
        if 200 <= status < 300:
            journal.sent(recipients, told)
        elif status in _LASTING:
            journal.refused(recipients, told)
        else:
            journal.later(recipients, told)

    def send_notice(subject: str, text: str) -> None:
        """Post a notice; DeliveryError where it is not taken."""
        event = {"type": "briefing.failed", "data": {"subject": subject, "text": text}}
        at = surroundings.timestamp()
        key = "notice-" + sha256(f"{at}\n{subject}\n{text}".encode()).hexdigest()[:32]
        status, answer = _post(settings, event, key=key, timestamp=at)
        if not 200 <= status < 300:
            raise DeliveryError(f"{shown_address(settings.url)} answers {one_line(f'{status} {answer}')}")

    return Channel(
        kind="webhook",
        recipients=(shown_address(settings.url),),
        hand_over=hand_over,
        send_notice=send_notice,
        expire=timedelta(hours=settings.expire_hours),
    )


def try_address(settings: Webhook) -> None:
    """Connect to the address, with TLS where it asks for it, and send nothing; DeliveryError where that fails."""
    try:
        with _connection(_address(settings.url), settings.seconds):
            return
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _unreachable(shown_address(settings.url), error) from error


def edition_event(payload: Payload, *, link: str | None) -> dict[str, Any]:
    """Return what a listener is told of an edition."""
    brief, edition = payload.brief, payload.brief.edition
    return {
        "type": "briefing.edition",
        "data": {
            "edition": edition.id,
            "title": one_line(edition.title),
            "date": edition.date.isoformat(),
            "marking": edition.marking,
            "language": edition.language,
            "built_at": payload.built_at.isoformat(),
            "link": link,
            "key_points": [line.text for line in key_lines(brief)],
            "sections": [
                {"title": title, "headlines": [line.text for line in lines]} for title, lines in headlines(brief)
            ],
            "left_out": list(gap_lines(brief)),
            "files": checksums(payload.files),
        },
    }


def signature(key: bytes, *, identifier: str, timestamp: int, body: bytes) -> str:
    """Return `v1,<base64>` over `identifier.timestamp.body`."""
    digest = hmac.new(key, f"{identifier}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def key_of(secret: str) -> bytes:
    """Return the key behind a secret: what follows `whsec_` is base64, anything else is taken as it stands."""
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return b64decode(secret.removeprefix(_PREFIX), validate=True)
    except ValueError as error:
        raise DeliveryError("the webhook's secret starts with whsec_, but what follows is not base64") from error


def shown_address(address: Secret) -> str:
    """Return how an address is named in the ledger and in messages: by its variable, or without what may be secret."""
    return f"${{{address.name}}}" if address.name else shown_url(address.reveal())


def _address(address: Secret) -> str:
    url = address.reveal()
    if not re.fullmatch(r"https?://[^\s/]\S*", url):
        raise DeliveryError(f"the environment variable {address.name} holds no web address")
    return url


def shown_url(url: str) -> str:
    """Return an address without what may be secret in it (name, password, path, query), and a mark that tells it."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    hidden = parts.path not in {"", "/"} or parts.query or parts.username
    mark = "/…" + sha256(url.encode()).hexdigest()[:8] if hidden else ""
    return f"{parts.scheme}://{parts.hostname}{port}{mark}"


# ── HTTP ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _post(settings: Webhook, event: Mapping[str, Any], *, key: str, timestamp: int) -> tuple[int, str]:
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "briefing",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(
            key_of(settings.secret.reveal()), identifier=key, timestamp=timestamp, body=body
        ),
    }
    url = _address(settings.url)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connection(url, settings.seconds) as connection:
            connection.request("POST", target, body=body, headers=headers)
            answer = connection.getresponse()
            told = answer.read(MOST_ANSWER).decode("utf-8", "replace")
            for secret in {parts.path, parts.query} - {"", "/"}:
                told = told.replace(secret, "…")  # many servers name in their error what was asked for
            return answer.status, told
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _unreachable(shown_address(settings.url), error) from error


def _unreachable(shown: str, error: Exception) -> DeliveryError:
    """Return what is told of it; the other side may have put its own words into the error."""
    return DeliveryError(f"{shown} cannot be reached: {one_line(str(error) or type(error).__name__)}")


@contextmanager
def _connection(url: str, seconds: float) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection that is cut when its time is up, however slowly the other side drips."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    connection = (
        http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(host, parts.port, timeout=seconds)
    )
    connection.connect()
    try:
        with cut_off(connection.sock, seconds):
            yield connection
    finally:
        connection.close()
