"""Mail as a source, from real Maildirs and a real IMAP server on loopback."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from briefing.config import MailboxSource, MaildirSource
from briefing.errors import SourceError
from briefing.sources.entries import Collected, Reach
from briefing.sources.mail import MOST_MESSAGES, collect_maildir, header_in, key_of
from briefing.sources.mailbox import collect_mailbox
from tests.sources.imap_server import PASSWORD, USER, Folder, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2019, 3, 21, 5, 40, tzinfo=UTC)


def message(number: int, *, subject: str = "", to: str = "desk@news.example", **fields: str) -> str:
    told = {
        "Message-ID": f"<{number}@list.example>",
        "Date": f"Thu, 21 Mar 2019 0{number % 5}:00:00 +0000",
        "From": "Tamm Daily <daily@tamm.example>",
        "To": to,
        "Subject": subject or f"Ferries, part {number}",
        "List-Id": "Tamm Daily <daily.tamm.example>",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    header = "".join(f"{name}: {value}\n" for name, value in told.items() if value)
    return f"{header}\nThe ferries went back to work on Monday, said the union of part {number}.\n"


def never(*_: object) -> Any:  # noqa: ANN401 - stands for several functions
    raise AssertionError("a mail needs nothing of the web")


def reach(home: Path, **changes: Any) -> Reach:  # noqa: ANN401 - fields of different types
    def connect(host: str, port: int) -> socket.socket:
        return socket.create_connection((host, port), 5)

    usual = Reach(
        now=NOW,
        deadline=time.monotonic() + 20,
        monotonic=time.monotonic,
        home=home,
        memory={},
        is_first=True,
        since=NOW - timedelta(hours=96),
        mark_of=lambda _: None,
        get=never,
        read=never,
        pages_of=never,
        connect=connect,
    )
    return replace(usual, **changes)


def again(first: Collected, home: Path, **changes: Any) -> Reach:  # noqa: ANN401 - fields of different types
    """Return what the next pass is given: the memory of the first, and its entries as known."""
    marks = {entry.key: "x" for entry in first.entries}
    return reach(home, memory=first.memory, is_first=False, **{"mark_of": marks.get, **changes})


def mailbox(port: int, **settings: Any) -> MailboxSource:  # noqa: ANN401 - as YAML has them
    told = {"mailbox": f"imap://127.0.0.1:{port}/Newsletters", "user": USER, "password": "${MAIL}", **settings}
    return MailboxSource.model_validate(told, context={"environ": {"MAIL": PASSWORD}})


def titles(collected: Collected) -> list[str | None]:
    return [entry.title for entry in collected.entries]


# -- IMAP --------------------------------------------------------------------------------------------------------------


def test_a_mailbox_is_read_once_and_never_touched(tmp_path: Path) -> None:
    folder = Folder(name="Newsletters")
    for uid in (3, 4, 9):
        folder.add(uid, message(uid))
    folder.flags[4] = {"\\Seen"}
    with serving(folder) as port:
        first = collect_mailbox(mailbox(port), reach(tmp_path))
        assert titles(first) == ["Ferries, part 3", "Ferries, part 4", "Ferries, part 9"]
        assert [entry.content for entry in first.entries] == list(folder.messages.values())
        assert first.entries[0].published == datetime(2019, 3, 21, 3, tzinfo=UTC)
        assert {entry.media_type for entry in first.entries} == {"message/rfc822"}
        assert [entry.url for entry in first.entries] == [None, None, None]
        folder.add(12, message(12))
        second = collect_mailbox(mailbox(port), again(first, tmp_path))
    assert titles(second) == ["Ferries, part 12"]
    assert folder.flags == {4: {"\\Seen"}}
    verbs = {" ".join(command.split()[: 2 if command.startswith("UID") else 1]) for command in folder.commands}
    assert verbs <= {"CAPABILITY", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "LOGOUT"}


def test_where_the_server_counts_anew_no_message_comes_twice_and_none_is_lost(tmp_path: Path) -> None:
    folder = Folder()
    for uid in (30, 31, 32):
        folder.add(uid, message(uid))
    with serving(folder) as port:
        first = collect_mailbox(mailbox(port), reach(tmp_path))
        old = dict(folder.messages)
        folder.messages.clear()
        folder.uidvalidity = 8
        folder.messages.update({1: old[31], 2: old[32], 3: old[30]})
        folder.add(4, message(4))
        folder.commands.clear()
        second = collect_mailbox(mailbox(port), again(first, tmp_path))
    assert titles(second) == ["Ferries, part 4"]
    assert sum("BODY.PEEK[]" in command for command in folder.commands) == 1
    assert (first.memory["uidvalidity"], second.memory["uidvalidity"]) == ("7", "8")


@pytest.mark.parametrize("drip", [False, True], ids=["silent", "dripping"])
def test_a_server_that_hangs_in_a_literal_is_left_in_time_and_what_was_read_is_kept(
    tmp_path: Path, *, drip: bool
) -> None:
    folder = Folder(hang_in_body=2, drip=drip)
    for uid in (1, 2, 3):
        folder.add(uid, message(uid))
    with serving(folder) as port:
        started = time.monotonic()
        first = collect_mailbox(mailbox(port), reach(tmp_path, deadline=started + 0.5))
        assert time.monotonic() - started < 1.5
        assert titles(first) == ["Ferries, part 1"]
        assert first.remarks == ("not all was read: the server fell silent, or broke off, in the middle of an answer",)
        folder.hang_in_body = None
        second = collect_mailbox(mailbox(port), again(first, tmp_path))
        assert titles(second) == ["Ferries, part 2", "Ferries, part 3"]
    folder = Folder(hang_in_body=1, drip=drip)
    folder.add(1, message(1))
    with serving(folder) as port, pytest.raises(SourceError, match="fell silent"):
        collect_mailbox(mailbox(port), reach(tmp_path, deadline=time.monotonic() + 0.3))


def test_a_literal_of_a_terabyte_is_not_waited_for(tmp_path: Path) -> None:
    folder = Folder(announce=1 << 40)
    folder.add(1, message(1))
    with serving(folder) as port, pytest.raises(SourceError, match="announces 1,099,511,627,776 bytes"):
        collect_mailbox(mailbox(port), reach(tmp_path))


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"user": "stranger"}, "the server refuses the user or the password"),
        ({"mailbox": "imap://127.0.0.1:{port}/Nowhere"}, "the server has no folder Nowhere"),
        ({"mailbox": "imaps://127.0.0.1:{port}/Newsletters"}, ""),
    ],
)
def test_what_is_wrong_with_a_mailbox_is_told_without_the_password(
    tmp_path: Path, settings: dict[str, str], reason: str
) -> None:
    with serving(Folder()) as port:
        told = {name: value.format(port=port) for name, value in settings.items()}
        with pytest.raises(SourceError) as caught:
            collect_mailbox(mailbox(port, **told), reach(tmp_path))
    assert reason in caught.value.reason
    assert PASSWORD not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_password_is_not_sent_in_clear_to_another_machine(tmp_path: Path) -> None:
    class Elsewhere(socket.socket):
        def getpeername(self) -> tuple[str, int]:
            return "192.0.2.1", 143

    def connect(host: str, port: int) -> socket.socket:
        near = socket.create_connection((host, port), 5)
        return Elsewhere(near.family, near.type, fileno=near.detach())

    folder = Folder()
    with serving(folder) as port, pytest.raises(SourceError, match="imaps://"):
        collect_mailbox(mailbox(port), reach(tmp_path, connect=connect))
    assert folder.commands == []


def test_of_a_full_mailbox_each_pass_reads_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sources.mailbox.MOST_MESSAGES", 2)
    folder = Folder()
    for uid in range(1, 6):
        folder.add(uid, message(uid))
    found: list[str | None] = []
    with serving(folder) as port:
        collected = collect_mailbox(mailbox(port), reach(tmp_path))
        assert collected.remarks == ("more messages are read at the next pass",)
        found += titles(collected)
        for _ in range(2):
            collected = collect_mailbox(mailbox(port), again(collected, tmp_path))
            found += titles(collected)
    assert found == [f"Ferries, part {number}" for number in range(1, 6)]


# -- what both have in common ------------------------------------------------------------------------------------------


def in_mailbox(tmp_path: Path, messages: list[str], only: dict[str, str]) -> Collected:
    folder = Folder()
    for uid, text in enumerate(messages, start=1):
        folder.add(uid, text)
    with serving(folder) as port:
        return collect_mailbox(mailbox(port, only=only), reach(tmp_path))


def in_maildir(tmp_path: Path, messages: list[str], only: dict[str, str]) -> Collected:
    for number, text in enumerate(messages, start=1):
        put(tmp_path / "news", f"new/{number}.host", text)
    return collect_maildir(maildir(tmp_path, only=only), reach(tmp_path))


def put(folder: Path, name: str, text: str) -> None:
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode())


def maildir(home: Path, **settings: Any) -> MaildirSource:  # noqa: ANN401 - as YAML has them
    return MaildirSource.model_validate({"maildir": str(home / "news"), **settings})


Collect = "Callable[[Path, list[str], dict[str, str]], Collected]"
both = pytest.mark.parametrize("collect", [in_mailbox, in_maildir], ids=["mailbox", "maildir"])


@both
@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ({}, ["A", "B", "C", "D"]),
        ({"list_id": "<daily.tamm.example>"}, ["A", "C"]),
        ({"list_id": "DAILY.tamm.example"}, ["A", "C"]),
        ({"to": "Desk+Tamm@news.example"}, ["C", "D"]),
        ({"list_id": "daily.tamm.example", "to": "desk+tamm@news.example"}, ["C"]),
    ],
)
def test_messages_are_chosen_by_list_and_recipient(
    tmp_path: Path, collect: Callable[..., Collected], only: dict[str, str], expected: list[str]
) -> None:
    alias = "A desk <desk+tamm@news.example>, other@news.example"
    messages = [
        message(1, subject="A"),
        message(2, subject="B", List_Id="<weekly.tamm.example>"),
        message(3, subject="C", to=alias),
        message(4, subject="D", List_Id="", Delivered_To="desk+tamm@news.example"),
    ]
    assert titles(collect(tmp_path, messages, only)) == expected


@both
def test_what_waits_for_a_confirmation_is_told_and_is_no_entry(
    tmp_path: Path, collect: Callable[..., Collected]
) -> None:
    asked = message(3, subject="=?utf-8?q?Bitte_best=C3=A4tigen_Sie_Ihre_Anmeldung?=", List_Id="")
    collected = collect(tmp_path, [message(1), asked], {"list_id": "daily.tamm.example"})
    assert titles(collected) == ["Ferries, part 1"]
    assert collected.remarks == (
        (
            "a mail waits for you: “Bitte bestätigen Sie Ihre Anmeldung” from Tamm Daily <daily@tamm.example>, "
            "2019-03-21 03:00 UTC"
        ),
    )


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Please confirm your subscription", True),
        ("Confirmez votre inscription à la lettre", True),
        ("Confirma tu suscripción", True),
        ("Подтвердите подписку", True),
        ("تأكيد الاشتراك في النشرة", True),
        ("Senate to confirm new judge", False),
        ("Wahl bestätigt: Rat bleibt", False),
        ("Le ministre confirme son départ", False),
    ],
)
def test_requests_for_confirmation(tmp_path: Path, subject: str, *, expected: bool) -> None:
    collected = in_maildir(tmp_path, [message(1, subject=subject)], {})
    assert (bool(collected.remarks), bool(collected.entries)) == (expected, not expected)


@both
def test_a_request_is_told_for_a_week(tmp_path: Path, collect: Callable[..., Collected]) -> None:
    first = collect(tmp_path, [message(1, subject="Please confirm your subscription")], {})
    (tmp_path / "news/new").mkdir(parents=True, exist_ok=True)
    for days, told in ((6, 1), (8, 0)):
        later = again(first, tmp_path, now=NOW + timedelta(days=days))
        assert len(collect_maildir(maildir(tmp_path), later).remarks) == told


@both
def test_messages_without_an_id_or_with_the_same_are_told_apart(
    tmp_path: Path, collect: Callable[..., Collected]
) -> None:
    messages = [
        message(1, Message_ID=""),
        message(2, Message_ID=""),
        message(2, Message_ID=""),
        message(3, Message_ID="<same@x>"),
        message(4, Message_ID="<same@x>"),
    ]
    collected = collect(tmp_path, messages, {})
    assert titles(collected) == [f"Ferries, part {number}" for number in (1, 2, 3, 4)]
    assert len({entry.key for entry in collected.entries}) == 4


@both
def test_odd_messages_raise_nothing(tmp_path: Path, collect: Callable[..., Collected]) -> None:
    messages = [
        "\n\n",
        "no header at all",
        message(1, Date="yesterday", Subject="=?utf-8?q?x=0AReply-To:_evil?="),
        message(2, Subject="=?no-such-charset?b?////?=", From="(" * 500),
    ]
    collected = collect(tmp_path, messages, {})
    assert len(collected.entries) == 4
    assert all(entry.title is None or "\n" not in entry.title for entry in collected.entries)


@both
def test_what_is_a_month_old_is_no_news(tmp_path: Path, collect: Callable[..., Collected]) -> None:
    collected = collect(tmp_path, [message(1, Date="Mon, 18 Feb 2019 05:00:00 +0000"), message(2)], {})
    assert titles(collected) == ["Ferries, part 2"]


# -- Maildir -----------------------------------------------------------------------------------------------------------


def test_a_maildir_is_read_once_wherever_its_messages_are_moved_and_never_touched(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    put(folder, "new/1.host", message(1))
    put(folder, "cur/2.host:2,S", message(2))
    put(folder, "tmp/3.host", message(3))
    put(folder, "new/.hidden", message(4))
    first = collect_maildir(maildir(tmp_path), reach(tmp_path))
    assert sorted(filter(None, titles(first))) == ["Ferries, part 1", "Ferries, part 2"]
    (folder / "new/1.host").rename(folder / "cur/1.host:2,S")
    put(folder, "new/5.host", message(5))
    second = collect_maildir(maildir(tmp_path), again(first, tmp_path))
    assert titles(second) == ["Ferries, part 5"]
    assert {path.name for path in folder.glob("*/*")} == {"1.host:2,S", "2.host:2,S", "3.host", ".hidden", "5.host"}


def test_what_is_no_maildir_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no Maildir"):
        collect_maildir(maildir(tmp_path), reach(tmp_path))


def test_links_pipes_and_large_files_in_a_maildir_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    put(folder, "new/1.host", message(1))
    (tmp_path / "secret").write_text(message(2))
    (folder / "new/2.host").symlink_to(tmp_path / "secret")
    with (folder / "new/3.host").open("wb") as file:
        file.truncate(10_000_001)
    collected = collect_maildir(maildir(tmp_path), reach(tmp_path))
    assert titles(collected) == ["Ferries, part 1"]
    assert len(collected.remarks) == 2
    assert "a message of more than 10 MB is not read" in collected.remarks


def test_a_key_is_not_changed_by_what_a_relay_adds() -> None:
    plain, relayed = message(1), message(1, Received="from a by b", X_Spam="no")
    keys = {key_of(header_in(text.encode()), None) for text in (plain, relayed)}
    assert len(keys) == 1
    assert MOST_MESSAGES > 0
