from __future__ import annotations

import contextlib
import hmac
import http.server
import json
import re
import threading
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

import pytest

from briefing.config import Notify, Webhook
from briefing.delivery.channels.notify import notify_channel
from briefing.delivery.channels.webhook import key_of, shown_url, webhook_channel
from briefing.delivery.ledger import open_ledger
from briefing.delivery.records import DeliveryState, hand_over
from briefing.delivery.runs import record_edition
from briefing.errors import DeliveryError
from tests.delivery.desk import MORNING, Clock, around, payload, webhook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.delivery.channels import Channel
    from briefing.delivery.records import DeliveryRecord


HANG, DRIP, BABBLE = range(3)


@dataclass
class Listener:
    port: int
    statuses: list[int] = field(default_factory=list)
    """Answered in turn; 200 when there is none left, and `HANG`, `DRIP` or `BABBLE`."""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


class _Handler(http.server.BaseHTTPRequestHandler):
    listener: ClassVar[Listener]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.listener.requests.append((self.path, dict(self.headers), body))
        status = self.listener.statuses.pop(0) if self.listener.statuses else 200
        if status in {HANG, DRIP, BABBLE}:
            self.misbehave(status)
            return
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"{self.listener.url}/elsewhere")
        self.end_headers()
        if status == 404:
            self.wfile.write(f"nothing at {self.path}".encode())

    def misbehave(self, how: int) -> None:
        if how == BABBLE:
            self.wfile.write(b"\x00\x1b[31m no\r\n\r\n")
            return
        with contextlib.suppress(OSError):
            while not self.listener.closing.wait(0.01):
                self.wfile.write(b"H" * how)  # nothing at all where it hangs

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - http.server's name
        """Keep quiet."""


@contextlib.contextmanager
def listener(*statuses: int) -> Iterator[Listener]:
    state = Listener(port=0, statuses=list(statuses))
    handler = type("Handler", (_Handler,), {"listener": state})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def round_of(folder: Path, channel: Channel, clock: Clock) -> DeliveryRecord:
    edition = payload()
    with open_ledger(folder) as ledger:
        if ledger.edition(edition.id) is None:
            record_edition(edition.files, edition.id, ledger, MORNING)
        (row,) = hand_over(edition, [channel], ledger, clock)
    return row


def test_an_edition_is_posted_with_a_signature_that_holds(tmp_path: Path) -> None:
    with listener() as hook:
        settings = webhook(hook.url, link="https://desk.example/{edition}")
        row = round_of(tmp_path, webhook_channel(settings, around()), Clock())
    assert (row.state, row.recipient) == (DeliveryState.SENT, shown_url(hook.url))
    ((path, headers, body),) = hook.requests
    assert path == "/hook"
    assert headers["webhook-timestamp"] == str(int(MORNING.timestamp()))
    assert headers["Idempotency-Key"] == headers["webhook-id"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(b"secret", signed, sha256).digest()
    assert headers["webhook-signature"] == f"v1,{b64encode(digest).decode()}"
    data = json.loads(body)["data"]
    assert (data["edition"], data["link"]) == ("2019-03-21", "https://desk.example/2019-03-21")
    assert data["files"]["brief.pdf"] == sha256(b"%PDF-1.7\n.\n").hexdigest()


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (204, DeliveryState.SENT),
        (301, DeliveryState.PENDING),
        (302, DeliveryState.PENDING),
        (404, DeliveryState.REFUSED),
        (410, DeliveryState.REFUSED),
        (429, DeliveryState.PENDING),
        (500, DeliveryState.PENDING),
        (503, DeliveryState.PENDING),
    ],
)
def test_each_answer_leads_to_its_state(tmp_path: Path, status: int, state: DeliveryState) -> None:
    clock = Clock()
    with listener(status) as hook:
        channel = webhook_channel(webhook(hook.url), around())
        assert round_of(tmp_path, channel, clock).state is state
        clock.move(minutes=1)
        last = round_of(tmp_path, channel, clock)
    assert last.state is (DeliveryState.SENT if state is DeliveryState.PENDING else state)
    assert {path for path, _, _ in hook.requests} == {"/hook"}
    assert len({headers["Idempotency-Key"] for _, headers, _ in hook.requests}) == 1


@pytest.mark.parametrize(
    ("how", "reason"), [(HANG, "timed out|no whole"), (DRIP, "no whole answer within 0.2 s"), (BABBLE, r"\[31m no$")]
)
def test_a_listener_that_misbehaves_is_left_in_time_and_tried_again(tmp_path: Path, how: int, reason: str) -> None:
    clock = Clock()
    with listener(how) as hook:
        channel = webhook_channel(webhook(hook.url, seconds=0.2), around())
        row = round_of(tmp_path, channel, clock)
        assert row.state is DeliveryState.PENDING
        assert re.search(reason, row.detail)
        assert row.detail.isprintable()
        clock.move(minutes=1)
        assert round_of(tmp_path, channel, clock).state is DeliveryState.SENT


def test_a_listener_out_of_reach_is_tried_again(tmp_path: Path) -> None:
    with listener() as hook:
        pass
    row = round_of(tmp_path, webhook_channel(webhook(hook.url), around()), Clock())
    assert row.state is DeliveryState.PENDING
    assert "Connection refused" in row.detail


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    bare = Webhook.model_validate({"url": "http://127.0.0.1:1/", "secret": "${HOOK}"})
    row = round_of(tmp_path, webhook_channel(bare, around()), Clock())
    assert "HOOK is not set" in row.detail


def test_a_notice_is_posted(tmp_path: Path) -> None:
    with listener(200, 500) as hook:
        channel = webhook_channel(webhook(hook.url), around())
        channel.send_notice("late", "the press is broken")
        with pytest.raises(DeliveryError, match="answers 500"):
            channel.send_notice("late", "the press is broken")
    assert json.loads(hook.requests[0][2]) == {
        "type": "briefing.failed",
        "data": {"subject": "late", "text": "the press is broken"},
    }
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://hooks.example/services/s3cret", "https://hooks.example/…"),
        ("https://hooks.example/", "https://hooks.example"),
        ("https://hooks.example:8443/a?token=s3cret", "https://hooks.example:8443/…"),
        ("https://me:s3cret@hooks.example/a", "https://hooks.example/…"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert shown_url(url).startswith(shown)
    assert "s3cret" not in shown_url(url)


def test_keys_are_taken_as_the_standard_says() -> None:
    assert key_of("whsec_c2VjcmV0") == b"secret"
    assert key_of("plain") == b"plain"
    with pytest.raises(DeliveryError, match="not base64"):
        key_of("whsec_???")


# ── Apprise ──────────────────────────────────────────────────────────────────────────────────────────────────────


def chat(url: str | None) -> Notify:
    environ = {} if url is None else {"CHAT": url}
    return Notify.model_validate({"name": "desk chat", "url": "${CHAT}"}, context={"environ": environ})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_service_of_apprise_gets_title_key_points_and_link(tmp_path: Path) -> None:
    pytest.importorskip("apprise", reason="the extra briefing[notify] is not installed")
    clock = Clock()
    with listener(500) as hook:
        channel = notify_channel(chat(f"json://127.0.0.1:{hook.port}/hook"), around())
        assert round_of(tmp_path, channel, clock).state is DeliveryState.PENDING
        clock.move(minutes=1)
        row = round_of(tmp_path, channel, clock)
    assert (row.state, row.recipient) == (DeliveryState.SENT, "desk chat")
    message = json.loads(hook.requests[-1][2])
    assert message["title"] == "[TLP:GREEN] Daily brief, 2019-03-21"
    assert message["message"] == "• The bridge at the quay is open again."


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("url", "reason"), [(None, "CHAT is not set"), ("nonsense", "CHAT holds no Apprise address")])
def test_a_service_that_is_not_set_up_is_told(tmp_path: Path, url: str | None, reason: str) -> None:
    pytest.importorskip("apprise", reason="the extra briefing[notify] is not installed")
    assert reason in round_of(tmp_path, notify_channel(chat(url), around()), Clock()).detail


def test_a_path_that_the_listener_repeats_is_not_written_down(tmp_path: Path) -> None:
    with listener(404) as hook:
        row = round_of(tmp_path, webhook_channel(webhook(hook.url), around()), Clock())
    assert row.detail == "404 nothing at …"
    assert "hook" not in row.recipient


def test_an_address_from_the_environment_is_named_by_its_variable(tmp_path: Path) -> None:
    with listener(503, 200) as hook:
        context = {"environ": {"HOOK": "k", "PLACE": hook.url}}
        settings = Webhook.model_validate({"url": "${PLACE}", "secret": "${HOOK}", "seconds": 5}, context=context)
        clock = Clock()
        row = round_of(tmp_path, webhook_channel(settings, around()), clock)
        clock.move(hours=1)
        row = round_of(tmp_path, webhook_channel(settings, around()), clock)
    assert (row.state, row.recipient) == (DeliveryState.SENT, "${PLACE}")
    assert hook.url not in repr(settings)


@pytest.mark.parametrize(("environ", "said"), [({}, "PLACE is not set"), ({"PLACE": "ftp://x"}, "no web address")])
def test_an_address_that_the_environment_lacks_costs_itself(tmp_path: Path, environ: dict[str, str], said: str) -> None:
    settings = Webhook.model_validate({"url": "${PLACE}", "secret": "${PLACE}"}, context={"environ": environ})
    row = round_of(tmp_path, webhook_channel(settings, around()), Clock())
    assert row.state is DeliveryState.PENDING
    assert said in row.detail


def test_an_address_prints_itself_masked() -> None:
    assert "s3cret" not in repr(webhook("https://hooks.example/services/s3cret"))
