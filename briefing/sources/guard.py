"""Which addresses may be asked, and a connection that goes to a checked one and ends in time.

A name is resolved here, every address that it stands for is checked, and the connection goes to one of those checked: a
name that stands for another address the next time (DNS rebinding) gains nothing. A timer holds a duplicate of the
socket and shuts it down when its time is over, which ends every read and write, those of TLS among them; a timeout of
the socket alone starts anew with each byte.
"""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import threading
import time
import unicodedata
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit, urlunsplit

from briefing.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CONNECT_SECONDS = 5.0
"""For one address."""
SILENT_SECONDS = 10.0
"""How long a server may say nothing."""
_NEVER = tuple(
    map(ipaddress.ip_network, ("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "fe80::/10", "ff00::/8"))
)
"""Unspecified, link-local with the metadata services of clouds, multicast, reserved: refused to everybody."""
_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        (
            "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "fc00::/7", "fec0::/10",
        ),
    )
)  # fmt: skip
"""IANA's special-purpose registries, and what embeds an IPv4 address (NAT64, 6to4, Teredo): `is_global` of Python is
true for several of them, `is_private` false for 100.64.0.0/10."""
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?|\[[0-9a-f:.]+\]")
_UNWANTED = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_SAFE = "%/:=&?~+!$,;'@()*[]"
_OUR_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}


class NoConnectionError(SourceError):
    """Nobody was reached; `ours` tells that it is this machine's network, as far as can be told."""

    def __init__(self, host: str, reason: str, *, ours: bool = False) -> None:
        self.ours = ours
        super().__init__(host, reason)


def refused_address(address: str, *, allow_private: bool = False) -> bool:
    """Tell whether nothing may be asked of an IP address; what is no IP address is refused too."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    networks = _NEVER if allow_private else (*_NEVER, *_PRIVATE)
    unspecified = found == ipaddress.ip_address("::")
    return unspecified or any(found in network for network in networks if network.version == found.version)


def checked_url(url: str) -> str:
    """Return an http or https address in plain ASCII, without its fragment; SourceError where it may not be asked.

    What one program takes for the host and another for a name and a password is refused.
    """
    if _UNWANTED.search(url):
        raise SourceError(url, "the address has a blank, a backslash or a control character in it")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SourceError(url, "the address has no valid host and port") from error
    if parts.scheme not in {"http", "https"}:
        raise SourceError(url, "the address is not of the web (http or https)")
    if "@" in parts.netloc:
        raise SourceError(url, "the address has a name or a password in it: give it under `headers`")
    if not host.isascii():
        if unicodedata.normalize("NFKC", host) != host:
            raise SourceError(url, "the host's name is written in characters that stand for others")
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise SourceError(url, "the host's name is none") from error
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host) or port == 0:
        raise SourceError(url, "the address has no valid host and port")
    place = host if port in {None, {"http": 80, "https": 443}[parts.scheme]} else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE), ""))


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name as the system has them; raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address; raises OSError."""
    return socket.create_connection((address, port), seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """The network: how names are resolved, how connections are opened, what the clock says."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    dial: Callable[[str, int, float], socket.socket] = dial
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


class Watched:
    """Connections that all end at a deadline."""

    def __init__(self, net: Net, until: float) -> None:
        self._over = threading.Event()
        self._net, self._until = net, until
        self._held: list[socket.socket] = []
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for held in self._held:
            held.close()

    def is_over(self) -> bool:
        """Tell whether the deadline came, and cut what was open."""
        return self._over.is_set() or self._net.monotonic() >= self._until

    @property
    def left(self) -> float:
        """Seconds until the deadline; never below a hundredth, since 0 means "for ever" to a socket."""
        return max(0.01, self._until - self._net.monotonic())

    def connect(self, host: str, port: int, *, allow_private: bool = False) -> socket.socket:
        """Connect to the first address of a host that answers, once all were checked; raises NoConnectionError."""
        addresses = self._addresses(host, port)
        if any(refused_address(address, allow_private=allow_private) for address in addresses):
            raise NoConnectionError(host, f"{host} lies in a private or reserved network; `allow_private` permits it")
        failure: OSError = TimeoutError("timed out")
        for address in addresses:
            if self.is_over():
                break
            try:
                found = self._net.dial(address, port, min(CONNECT_SECONDS, self.left))
            except OSError as error:
                failure = error
                continue
            found.settimeout(min(SILENT_SECONDS, self.left))
            self._hold(found)
            return found
        raise NoConnectionError(host, f"no connection: {_said(failure)}", ours=failure.errno in _OUR_NETWORK)

    def _addresses(self, host: str, port: int) -> list[str]:
        """Return what a name stands for, the families in turn, each address once; it is not waited for without end."""
        found: list[str] = []
        failure: list[OSError] = []

        def look() -> None:
            try:
                found.extend(self._net.resolve(host.strip("[]"), port))
            except UnicodeError as error:
                failure.append(OSError(str(error)))
            except OSError as error:
                failure.append(error)

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        looking.join(min(SILENT_SECONDS, self.left))
        if not found:
            reason = _said(failure[0]) if failure else "no answer from the name server"
            raise NoConnectionError(host, f"its name was not resolved: {reason}", ours=True)
        six, four = ([one for one in dict.fromkeys(found) if (":" in one) is wanted] for wanted in (True, False))
        return [one for one in chain.from_iterable(zip_longest(six, four)) if one]

    def _hold(self, found: socket.socket) -> None:
        """Put a connection under the timer."""
        self._held.append(found.dup())
        if self._timer is None:
            self._timer = threading.Timer(self.left, self._cut)
            self._timer.daemon = True
            self._timer.start()
        elif self.is_over():  # between the look before and this moment
            self._cut()

    def _cut(self) -> None:
        self._over.set()
        for held in self._held:
            try:
                held.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed already
                continue


def _said(error: OSError) -> str:
    """Return what the system said of a failure, in small letters."""
    text = error.strerror or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]
