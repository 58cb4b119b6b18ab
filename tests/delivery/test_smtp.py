"""The mail channel against a server that does what a script says, with the ledger behind it."""

from __future__ import annotations

import os
import smtplib
import socketserver
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from briefing.delivery.ledger import open_ledger
from briefing.delivery.records import DeliveryRecord, DeliveryState, hand_over
from briefing.delivery.runs import record_edition
from tests.delivery.desk import MORNING, Clock, by_mail, payload
from tests.delivery.smtp_server import BODY, DOT, DROP, HANG, Server, smtp_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

A, B, C = "a@example.org", "b@example.org", "c@example.org"
SENT, PENDING, REFUSED, UNKNOWN = (
    DeliveryState.SENT,
    DeliveryState.PENDING,
    DeliveryState.REFUSED,
    DeliveryState.UNKNOWN,
)


def once(step: str, answer: str, *, times: int = 1, skip: int = 0) -> Callable[[str], str | None]:
    """Give an answer to a step the first `times` times after `skip`."""
    seen = []

    def script(asked: str) -> str | None:
        if not asked.startswith(step):
            return None
        seen.append(asked)
        return answer if skip < len(seen) <= skip + times else None

    return script


class Desk:
    """One edition, one mail server, one ledger."""

    def __init__(self, folder: Path, server: Server, **settings: object) -> None:
        self.folder, self.clock = folder, Clock()
        to = settings.pop("to", (A, B, C))
        assert isinstance(to, tuple)
        self.channel = by_mail(server.port, *to, home=folder, **settings)
        self.edition = payload()

    def round(self) -> dict[str, DeliveryRecord]:
        with open_ledger(self.folder) as ledger:
            if ledger.edition(self.edition.id) is None:
                record_edition(self.edition.files, self.edition.id, ledger, MORNING)
            rows = hand_over(self.edition, [self.channel], ledger, self.clock)
        return {row.recipient: row for row in rows}

    def states(self) -> list[DeliveryState]:
        return [row.state for row in self.round().values()]


@pytest.mark.parametrize("mode", ["each", "bcc"])
@pytest.mark.parametrize(
    ("step", "answer", "states"),
    [
        ("CONNECT", "421 too busy", [PENDING] * 3),
        ("CONNECT", DROP, [PENDING] * 3),
        ("EHLO", DROP, [PENDING] * 3),
        ("MAIL", "550 who are you", None),
        (f"RCPT TO:<{B}>", "421 closing", None),
        (f"RCPT TO:<{B}>", "450 try later", [SENT, PENDING, SENT]),
        (f"RCPT TO:<{B}>", "550 no such user", [SENT, REFUSED, SENT]),
        ("DATA", "451 not now", None),
        ("DATA", "554 no", None),
        (DOT, "452 full", None),
        (DOT, "554 spam", None),
        (BODY, DROP, None),
        (DOT, DROP, None),
    ],
)
def test_each_answer_leads_to_its_state_and_nobody_is_lost(
    tmp_path: Path, mode: str, step: str, answer: str, states: list[DeliveryState] | None
) -> None:
    with smtp_server(once(step, answer)) as server:
        desk = Desk(tmp_path, server, mode=mode)
        first = desk.states()
        if states is not None:
            assert first == states
        for _ in range(3):
            desk.clock.move(hours=1)
            last = desk.round()
    refused = [name for name, row in last.items() if row.state is REFUSED]
    assert all(row.state in {SENT, REFUSED} for row in last.values())
    assert bool(refused) == (answer[0] == "5" and not answer.startswith("550 who"))
    assert all(answer in last[name].detail for name in refused)
    unique = set(server.delivered)
    assert unique == {A, B, C} - set(refused)
    twice = [name for name in unique if server.delivered.count(name) > 1]
    assert bool(twice) == (step == DOT and answer == DROP)
    for name in twice:
        assert server.delivered.count(name) == 2
        ids = {mail.parsed["Message-ID"] for mail in server.mails if name in mail.recipients}
        assert len(ids) == 1


def test_a_link_that_died_after_the_dot_is_unknown_and_a_person_is_asked(tmp_path: Path) -> None:
    with smtp_server(once(DOT, DROP)) as server:
        desk = Desk(tmp_path, server, on_unknown="ask")
        assert desk.states() == [UNKNOWN, SENT, SENT]
        desk.clock.move(hours=3)
        rows = desk.round()
    assert rows[A].state is UNKNOWN
    assert "after the message was handed over" in rows[A].detail
    assert server.delivered == [A, B, C]


@pytest.mark.parametrize("mode", ["each", "bcc"])
@pytest.mark.parametrize("step", ["MAIL", "DATA", DOT])
def test_what_is_too_large_is_sent_without_its_pdf(tmp_path: Path, mode: str, step: str) -> None:
    with smtp_server(once(step, "552 too much")) as server:
        assert Desk(tmp_path, server, mode=mode).states() == [SENT] * 3
    assert sorted(server.delivered) == [A, B, C]
    without = [mail for mail in server.mails if not list(mail.parsed.iter_attachments())]
    assert len(without) == 1


def test_what_is_too_large_without_its_pdf_is_refused(tmp_path: Path) -> None:
    with smtp_server(once(DOT, "552 too much", times=99)) as server:
        desk = Desk(tmp_path, server)
        assert desk.states() == [REFUSED] * 3
        desk.clock.move(hours=1)
        assert desk.states() == [REFUSED] * 3
    assert server.delivered == []
    assert server.steps.count(DOT) == 6


@pytest.mark.parametrize("answer", ["199 hm", "354 go on", "600 what", "000 none", "hello"])
def test_a_mail_that_is_answered_with_nonsense_comes_twice_at_most(tmp_path: Path, answer: str) -> None:
    with smtp_server(once(DOT, answer, times=99)) as server:
        desk = Desk(tmp_path, server, to=(A,))
        for _ in range(20):
            row = desk.round()[A]
            desk.clock.move(hours=1)
    assert row.state is UNKNOWN
    assert "makes no sense" in row.detail
    assert server.delivered == [A, A]


def test_an_address_is_one_however_its_domain_is_spelt(tmp_path: Path) -> None:
    with smtp_server() as server:
        desk = Desk(tmp_path, server, to=("a@b.example", "a@B.EXAMPLE", "A@b.example"))
        assert desk.states() == [SENT, SENT]
    assert sorted(server.delivered) == ["A@b.example", "a@b.example"]


@pytest.mark.parametrize(("extensions", "state"), [(("SMTPUTF8", "8BITMIME"), SENT), ((), REFUSED)])
@pytest.mark.parametrize("mode", ["each", "bcc"])
def test_letters_of_any_script_go_where_the_server_takes_them(
    tmp_path: Path, extensions: tuple[str, ...], state: DeliveryState, mode: str
) -> None:
    foreign = "größe@example.org"
    with smtp_server(extensions=extensions) as server:
        rows = Desk(tmp_path, server, to=(A, foreign), mode=mode).round()
    assert (rows[A].state, rows[foreign].state) == (SENT, state)
    assert server.delivered == ([A, foreign] if state is SENT else [A])


def test_no_mail_comes_a_third_time(tmp_path: Path) -> None:
    with smtp_server(once(DOT, DROP, times=99)) as server:
        desk = Desk(tmp_path, server, to=(A,))
        for _ in range(5):
            states = desk.states()
            desk.clock.move(hours=1)
    assert states == [UNKNOWN]
    assert server.delivered == [A, A]


def test_a_message_dropped_in_its_middle_comes_once(tmp_path: Path) -> None:
    with smtp_server(once(BODY, DROP)) as server:
        desk = Desk(tmp_path, server)
        first = desk.states()
        assert first[0] in {PENDING, UNKNOWN}  # whether the drop is seen before the dot is a matter of time
        assert first[1:] == [SENT, SENT]
        desk.clock.move(minutes=1)
        assert desk.states() == [SENT, SENT, SENT]
    assert sorted(server.delivered) == [A, B, C]


def test_a_server_that_hangs_is_left_and_tried_again(tmp_path: Path) -> None:
    with smtp_server(once("RCPT", HANG)) as server:
        desk = Desk(tmp_path, server, seconds=0.2)
        assert desk.states() == [PENDING, SENT, SENT]
        desk.clock.move(minutes=1)
        assert desk.states() == [SENT, SENT, SENT]


def test_passing_errors_are_tried_with_doubling_pauses_until_they_expire(tmp_path: Path) -> None:
    with smtp_server(once("RCPT", "450 later", times=999)) as server:
        desk = Desk(tmp_path, server, to=(A,), expire_hours=4)
        waits = []
        for _ in range(30):
            row = desk.round()[A]
            if row.state is not PENDING or row.retry_at is None:
                break
            waits.append(int((row.retry_at - desk.clock.now).total_seconds() / 60))
            desk.clock.now = row.retry_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert row.state is DeliveryState.EXPIRED
    assert row.detail == "450 later"
    assert server.delivered == []


def test_nobody_is_tried_before_the_pause_is_over(tmp_path: Path) -> None:
    with smtp_server(once("RCPT", "450 later", times=3)) as server:
        desk = Desk(tmp_path, server)
        assert desk.states() == [PENDING] * 3
        before = len(server.steps)
        assert desk.states() == [PENDING] * 3
        assert len(server.steps) == before


def test_a_server_out_of_reach_keeps_everybody_waiting(tmp_path: Path) -> None:
    with smtp_server() as server:
        desk = Desk(tmp_path, server)
    rows = desk.round()
    assert {row.state for row in rows.values()} == {PENDING}
    assert "cannot be reached: [Errno 111] Connection refused" in rows[A].detail


def test_bcc_names_nobody_and_sends_one_message(tmp_path: Path) -> None:
    with smtp_server() as server:
        assert Desk(tmp_path, server, mode="bcc").states() == [SENT] * 3
    (mail,) = server.mails
    assert mail.recipients == [A, B, C]
    assert mail.parsed["To"] == "undisclosed-recipients:;"
    assert b"b@example.org" not in mail.content


def test_a_message_over_the_limit_goes_without_its_pdf_and_with_a_link(tmp_path: Path) -> None:
    for limits, extensions in (({"max_megabytes": 0.02}, ()), ({}, ("SIZE 30000",))):
        with smtp_server(extensions=extensions) as server:
            desk = Desk(
                tmp_path / str(len(extensions)),
                server,
                to=(A,),
                link="https://desk.example/{edition}/brief.pdf",
                **limits,
            )
            desk.edition = payload(pdf=bytes(100_000))
            assert desk.states() == [SENT]
        message = server.mails[0].parsed
        assert not list(message.iter_attachments())
        body = message.get_body(("plain",))
        assert body is not None
        assert "The PDF is too large for mail.\nOpen the whole brief: https://desk.example/2019-03-21/brief.pdf" in (
            body.get_content().replace("\r\n", "\n")
        )


def test_dots_at_the_start_of_lines_arrive_as_they_are(tmp_path: Path) -> None:
    with smtp_server() as server:
        desk = Desk(tmp_path, server, to=(A,))
        desk.edition = payload(headline="...and a dot.")
        assert desk.states() == [SENT]
    body = server.mails[0].parsed.get_body(("plain",))
    assert body is not None
    assert "...and a dot." in body.get_content().splitlines()


def test_a_recipient_who_cannot_be_written_to_is_refused_and_the_others_served(tmp_path: Path) -> None:
    with smtp_server() as server:
        rows = Desk(tmp_path, server, to=("dési@example.org", "b@exämple.org", C)).round()
    assert rows["dési@example.org"].state is REFUSED
    assert rows["b@exämple.org"].state is SENT
    assert sorted(server.delivered) == ["b@xn--exmple-cua.org", C]


# ── TLS and passwords ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    done = subprocess.run([*command.split(), *names], cwd=folder, check=False, capture_output=True)
    if done.returncode != 0:
        pytest.skip("openssl is not installed")
    return folder


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@pytest.mark.parametrize("immediate", [False, True])
def test_tls_carries_the_password(tmp_path: Path, certificate: Path, tls: ssl.SSLContext, immediate: bool) -> None:  # noqa: FBT001
    (tmp_path / "secret").write_text("s3cret\n")
    with smtp_server(tls=tls, immediate=immediate) as server:
        desk = Desk(
            tmp_path,
            server,
            smtp=f"{'smtps' if immediate else 'smtp'}://localhost:{server.port}",
            tls="required",
            ca_file=str(certificate / "cert.pem"),
            user="brief",
            password_file="secret",  # noqa: S106 - the name of the file
        )
        assert desk.states() == [SENT] * 3
    assert "AUTH PLAIN AGJyaWVmAHMzY3JldA==" in server.steps
    assert ("STARTTLS" in server.steps) is not immediate


@pytest.mark.parametrize(
    ("settings", "script", "reason"),
    [
        ({"tls": "required"}, once("STARTTLS", "454 not now", times=9), "454 not now"),
        ({"tls": "required"}, once("NOTHING", ""), "CERTIFICATE_VERIFY_FAILED"),
        ({"tls": "none", "user": "x", "password_file": "secret"}, once("AUTH", "535 wrong", times=9), "535 wrong"),
        (
            {"tls": "none", "user": "x", "password_file": "absent"},
            once("NOTHING", ""),
            "password_file absent cannot be read",
        ),
        ({"tls": "none", "user": "x", "password": "${ABSENT}"}, once("NOTHING", ""), "ABSENT is not set"),
    ],
)
def test_refused_tls_and_wrong_passwords_are_tried_again_and_told(
    tmp_path: Path, tls: ssl.SSLContext, settings: dict[str, object], script: Callable[[str], str | None], reason: str
) -> None:
    (tmp_path / "secret").write_text("s3cret")
    with smtp_server(script, tls=tls) as server:
        rows = Desk(tmp_path, server, **settings).round()
    assert {row.state for row in rows.values()} == {PENDING}
    assert reason in rows[A].detail
    assert "s3cret" not in rows[A].detail
    assert server.mails == []


def test_without_tls_on_offer_nothing_is_sent(tmp_path: Path) -> None:
    with smtp_server() as server:
        rows = Desk(tmp_path, server, tls="required").round()
    assert "it offers no STARTTLS, which `tls: required` insists on" in rows[A].detail
    assert server.mails == []


# ── servers that drip ────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def dripping(step: bytes, drop: bytes) -> Iterator[int]:
    """Yield the port of a server that from one step on says a piece again and again, and never comes to an end."""
    done = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.talk()

        def talk(self) -> None:
            self.say(b"CONNECT", b"220 ready")
            handed = False
            for line in map(bytes.strip, self.rfile):
                if line == b"DATA":
                    self.say(line, b"354 go on")
                    handed = True
                elif not handed or line == b".":
                    self.say(line, b"250 ok")

        def say(self, asked: bytes, answer: bytes) -> None:
            while asked.upper().startswith(step) and not done.wait(0.01):
                self.wfile.write(drop)
            self.wfile.write(answer + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listener:
        listener.daemon_threads = True
        threading.Thread(target=lambda: listener.serve_forever(poll_interval=0.01), daemon=True).start()
        try:
            yield int(listener.server_address[1])
        finally:
            done.set()
            listener.shutdown()


@pytest.mark.parametrize("drop", [b"2", b"250-and more\r\n"])
@pytest.mark.parametrize(
    ("step", "state"), [(b"CONNECT", PENDING), (b"EHLO", PENDING), (b"RCPT", PENDING), (b".", UNKNOWN)]
)
def test_a_server_that_drips_is_left_in_time(tmp_path: Path, step: bytes, drop: bytes, state: DeliveryState) -> None:
    with dripping(step, drop) as port:
        desk = Desk(tmp_path, Server(port=port), to=(A,), seconds=0.15)
        row = desk.round()[A]
    assert row.state is state
    assert "no whole answer within 0.15 s" in row.detail


@pytest.mark.parametrize("step", ["DATA", f"RCPT TO:<{A}>"])
def test_a_yes_to_another_question_is_no_receipt(tmp_path: Path, step: str) -> None:
    with smtp_server(once(step, "220 yes")) as server:
        desk = Desk(tmp_path, server, to=(A,))
        assert desk.states() == [PENDING]
        assert server.delivered == []
        desk.clock.move(minutes=1)
        assert desk.states() == [SENT]


def test_a_message_is_sent_piece_by_piece_so_that_slow_links_have_time(tmp_path: Path) -> None:
    with smtp_server() as server:
        desk = Desk(tmp_path, server, to=(A,))
        desk.edition = payload(pdf=bytes(range(256)) * 2_000)
        sent: list[int] = []
        with pytest.MonkeyPatch.context() as patch:
            send = smtplib.SMTP.send

            def counted(self: smtplib.SMTP, data: bytes | str) -> None:
                sent.append(len(data))
                send(self, data)

            patch.setattr(smtplib.SMTP, "send", counted)
            assert desk.states() == [SENT]
        (attached,) = server.mails[0].parsed.iter_attachments()
        assert attached.get_content() == bytes(range(256)) * 2_000
    assert max(sent) == 65_536


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text(" \n"), "password_file key is empty; write the password into it, alone"),
        (os.mkfifo, "password_file key cannot be read: it is no regular file (a pipe, a socket or a device)"),
        (lambda path: path.symlink_to("/dev/zero"), "password_file key cannot be read: it is no regular file"),
        (
            lambda path: path.write_bytes(b"x" * 20_000),
            "password_file key cannot be read: it has 20,000 bytes, too many",
        ),
    ],
)
def test_a_file_that_holds_no_password_is_told_and_nobody_is_lost(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    make(tmp_path / "key")
    with smtp_server() as server:
        desk = Desk(tmp_path, server, to=(A,), user="me", password_file="key")  # noqa: S106 - the name of a file
        row = desk.round()[A]
    assert row.state is PENDING
    assert said in row.detail
