"""A small IMAP server on loopback: one folder, every command noted, and faults as a script asks for them."""

from __future__ import annotations

import re
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

USER, PASSWORD = "desk", 'p"ss\\word'


@dataclass
class Folder:
    """What the server holds, and how it misbehaves."""

    messages: dict[int, bytes] = field(default_factory=dict)
    """By UID."""
    flags: dict[int, set[str]] = field(default_factory=dict)
    uidvalidity: int = 7
    name: str = "Newsletters"
    commands: list[str] = field(default_factory=list)
    hang_in_body: int | None = None
    """The UID of a message whose literal is broken off in the middle: then nothing more is said."""
    drip: bool = False
    """Whether a byte comes now and then, for ever, in place of that silence."""
    announce: int | None = None
    """How long a literal is said to be."""
    over: threading.Event = field(default_factory=threading.Event)

    def add(self, uid: int, message: str) -> None:
        self.messages[uid] = message.replace("\n", "\r\n").encode()


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        folder: Folder = self.server.folder  # type: ignore[attr-defined]
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            verb, _, told = rest.partition(" ")
            folder.commands.append(rest if verb.upper() != "LOGIN" else "LOGIN")
            if not self._answer(folder, tag, verb.upper(), told):
                return

    def _answer(self, folder: Folder, tag: str, verb: str, told: str) -> bool:
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1", f"{tag} OK done")
        elif verb == "LOGIN":
            wanted = f'"{USER}" "{PASSWORD.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"'
            self._say(f"{tag} OK in" if told in {wanted, wanted.replace('"desk"', "desk")} else f"{tag} NO {told}")
        elif verb in {"EXAMINE", "SELECT"}:
            if told.strip('"') != folder.name:
                self._say(f"{tag} NO no such folder")
            else:
                told = f"* OK [UIDVALIDITY {folder.uidvalidity}]"
                self._say(f"* {len(folder.messages)} EXISTS", told, f"{tag} OK [READ-ONLY]")
        elif verb == "UID" and told.upper().startswith("SEARCH "):
            found = [str(uid) for uid in sorted(folder.messages) if self._matches(folder, uid, told[7:])]
            self._say(f"* SEARCH {' '.join(found)}".rstrip(), f"{tag} OK done")
        elif verb == "UID" and told.upper().startswith("FETCH "):
            return self._fetch(folder, tag, told[6:])
        elif verb == "LOGOUT":
            self._say("* BYE", f"{tag} OK bye")
            return False
        else:
            self._say(f"{tag} BAD {verb}")
        return True

    def _matches(self, folder: Folder, uid: int, criteria: str) -> bool:
        if behind := re.match(r"UID (\d+):\*", criteria):
            return uid >= int(behind[1]) or uid == max(folder.messages)
        if since := re.match(r"SINCE (\S+)", criteria):
            try:
                sent = parsedate_to_datetime(message_from_bytes(folder.messages[uid])["Date"])
            except (TypeError, ValueError):
                return True
            return sent >= datetime.strptime(since[1], "%d-%b-%Y").replace(tzinfo=UTC)
        return criteria == "ALL"

    def _fetch(self, folder: Folder, tag: str, told: str) -> bool:
        numbers, _, parts = told.partition(" ")
        for number, uid in enumerate(map(int, numbers.split(",")), start=1):
            if uid not in folder.messages:
                continue
            whole = folder.messages[uid]
            if "PEEK" not in parts:
                folder.flags.setdefault(uid, set()).add("\\Seen")
            header = "[HEADER]" in parts
            content = whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if header else whole
            name = "BODY[HEADER]" if header else "BODY[]"
            size = folder.announce if folder.announce and not header else len(content)
            self.wfile.write(f"* {number} FETCH (RFC822.SIZE {len(whole)} {name} {{{size}}}\r\n".encode())
            if uid == folder.hang_in_body and not header:
                self.wfile.write(content[: len(content) // 2])
                while not folder.over.wait(0.05 if folder.drip else None):
                    self.wfile.write(b"x")
                return False
            self.wfile.write(content)
            self._say(f" UID {uid})", f"* {number} FETCH (FLAGS (\\Recent) UID {uid})")
        self._say(f"{tag} OK done")
        return True

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that hung up."""


@contextmanager
def serving(folder: Folder, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve a folder and yield the port."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.folder = folder  # type: ignore[attr-defined]
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            folder.over.set()
            server.shutdown()
