"""Whether the brief could be handed over, as the settings say; with `--online`, whether the servers let us in.

Nothing is ever sent; without `--online` nothing is asked of the network.
"""

from __future__ import annotations

import stat
from collections import Counter
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from briefing.delivery.channels import canonical
from briefing.errors import DeliveryError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from briefing.config import Config, Email, Folder, Secret, Webhook

LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was found about one way of handing over: `state` is ok, note or wrong."""

    place: str
    """The setting's place in config.yaml: `deliver.0.email`."""
    state: str
    message: str


def delivery_notes(config: Config, home: Path) -> Iterator[Note]:
    """Yield what the settings tell by themselves; `wrong` is what would keep the brief from being handed over."""
    if not config.deliver:
        yield Note(place="deliver", state="note", message="nobody is named; the brief stays in its folder")
    elif not config.on_failure:
        yield Note(place="on_failure", state="note", message="nobody is named who would hear of a failure")
    for place, settings in _channels(config):
        yield from _notes_of(place, settings, home)


def online_notes(config: Config, home: Path) -> Iterator[Note]:
    """Yield whether each server can be reached and lets us in."""
    for place, settings in _channels(config):
        yield from _tried(place, settings, home)


def _channels(config: Config) -> Iterator[tuple[str, BaseModel]]:
    lists: Iterable[tuple[str, Iterable[BaseModel]]] = (("deliver", config.deliver), ("on_failure", config.on_failure))
    for key, entries in lists:
        for number, entry in enumerate(entries):
            for kind, settings in entry:
                yield f"{key}.{number}.{kind}", settings


def _notes_of(place: str, settings: BaseModel, home: Path) -> Iterator[Note]:
    from briefing.config import Email, Folder, Notify, Webhook

    match settings:
        case Email():
            yield from _email(place, settings, home)
        case Folder():
            yield from _folder(place, settings, home)
        case Webhook():
            yield from _webhook(place, settings)
        case Notify():
            yield from _secret(place, settings.url, told=settings.name)


def _email(place: str, settings: Email, home: Path) -> Iterator[Note]:
    count = len(set(map(canonical, settings.to)))
    security = "TLS from the start" if settings.smtp.startswith("smtps") else f"STARTTLS {settings.tls}"
    yield Note(
        place=place, state="ok", message=f"{settings.smtp}, {security}; {count} recipient{'s' if count > 1 else ''}"
    )
    yield from _logging_in(place, settings)
    for key, file in (("password_file", settings.password_file), ("ca_file", settings.ca_file)):
        if file is not None:
            yield from _file(f"{place}.{key}", file, home, private=key == "password_file")
    if settings.smtp.startswith("smtp:") and settings.tls != "required":
        yield Note(place=f"{place}.tls", state="note", message="the brief may travel in the clear; `required` insists")
    for address in (*settings.to, *([settings.reply_to] if settings.reply_to else [])):
        if not address.rpartition("@")[0].isascii():
            reason = "letters before the @ that are not ASCII need a server with SMTPUTF8 (RFC 6531)"
            yield Note(place=f"{place}.to", state="note", message=f"{address}: {reason}")
    for address, times in Counter(map(canonical, settings.to)).items():
        if times > 1:
            yield Note(place=f"{place}.to", state="note", message=f"{address} stands there {times} times; mailed once")


def _file(place: str, file: str, home: Path, *, private: bool) -> Iterator[Note]:
    try:
        content = read_regular(home / file, most_bytes=1_000_000)
        mode = (home / file).stat().st_mode
    except OSError as error:
        yield Note(place=place, state="wrong", message=f"{file} cannot be read: {error.strerror or error}")
        return
    if not content.strip():
        yield Note(place=place, state="wrong", message=f"{file} is empty")
    if private and mode & (stat.S_IRGRP | stat.S_IROTH):
        reader = "everybody on this machine" if mode & stat.S_IROTH else "its group"
        yield Note(place=place, state="note", message=f"{file} can be read by {reader}; chmod 600 keeps it to you")


def _logging_in(place: str, settings: Email) -> Iterator[Note]:
    if settings.password is not None:
        yield from _secret(f"{place}.password", settings.password)
    has_password = settings.password is not None or settings.password_file is not None
    if has_password and settings.user is None:
        yield Note(place=place, state="wrong", message="a password without `user` is never used")
    if settings.user is not None and not has_password:
        yield Note(place=place, state="wrong", message="`user` without `password` or `password_file` cannot log in")


def _folder(place: str, settings: Folder, home: Path) -> Iterator[Note]:
    folder = home / settings.path
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if _can_be_written_to(there):
        made = "" if there == folder else " (will be made)"
        yield Note(place=place, state="ok", message=f"{settings.path}{made}")
    else:
        yield Note(place=place, state="wrong", message=f"{settings.path} is no folder that can be written to")


def _can_be_written_to(folder: Path) -> bool:
    """Try it, for permissions do not tell of /proc or of a disk that only reads; what was tried is removed."""
    try:
        with TemporaryDirectory(prefix=".briefing-", dir=folder):
            return True
    except OSError:
        return False


def _webhook(place: str, settings: Webhook) -> Iterator[Note]:
    from briefing.delivery.channels.webhook import shown_address

    url = settings.url.value or ""
    yield from _secret(place, settings.url, told=shown_address(settings.url))
    yield from _secret(f"{place}.secret", settings.secret)
    if url.startswith("http:") and not url.startswith(LOOPBACK):
        yield Note(place=f"{place}.url", state="note", message="the brief travels in the clear; https:// protects it")


def _secret(place: str, secret: Secret, *, told: str | None = None) -> Iterator[Note]:
    if secret.value:
        if told is not None:
            yield Note(place=place, state="ok", message=told)
        return
    yield Note(place=place, state="wrong", message=f"the environment variable {secret.name} is not set")


def _tried(place: str, settings: BaseModel, home: Path) -> Iterator[Note]:
    from briefing.config import Email, Webhook
    from briefing.delivery.channels.email import try_server
    from briefing.delivery.channels.webhook import try_address

    try:
        match settings:
            case Email():
                try_server(settings, home)
                yield Note(place=place, state="ok", message="the server lets us in")
            case Webhook():
                try_address(settings)
                yield Note(place=place, state="ok", message="the address can be reached")
    except DeliveryError as error:
        yield Note(place=place, state="wrong", message=str(error))
