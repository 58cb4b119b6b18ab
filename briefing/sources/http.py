"""One exchange over HTTP: a GET that goes to checked addresses only and is bounded in time, redirects and bytes.

It never raises for what a server does: the answer, or the reason why there is none, is a value. No cookies are kept or
sent, and what `headers` holds goes to the host that was asked and to no other.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field, replace
from functools import cache
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefing.errors import SourceError
from briefing.sources.addresses import site_of
from briefing.sources.entries import Answer
from briefing.sources.guard import NoConnectionError, Watched, checked_url, refused_address

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

    from briefing.sources.guard import Net

    Door = Callable[[], socket.socket]

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 65_536
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "gzip,gzip")
_KEPT = (
    "age", "cache-control", "cf-mitigated", "content-type", "date", "etag", "expires", "last-modified", "link",
    "location", "retry-after", "x-robots-tag",
)  # fmt: skip
"""The headers of an answer that mean something to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What an answer may take: decoded bytes, and seconds for the whole exchange with its redirects."""

    size: int
    seconds: float


BOUNDS = {"feed": Bounds(size=10_000_000, seconds=30), "page": Bounds(size=5_000_000, seconds=20)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked, and how."""

    url: str
    agent: str
    bounds: Bounds
    headers: Mapping[str, str] = field(default_factory=dict)
    """For every host: `If-None-Match`, `Accept`."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """For the host of `url` alone."""
    proxy: str | None = None
    ca_file: str | None = None
    unverified: str = ""
    """The registrable domain whose certificates are not checked."""
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """One response, read to its end or its bound."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    reason: str | None = None


def exchange(request: Request, net: Net) -> Answer:
    """Ask, follow up to five redirects, and return the answer; never raises for what is met on the way."""
    from urllib3.exceptions import HTTPError

    began = net.monotonic()
    url, hops = request.url, list[int]()
    reply, ours = _Reply(status=0, headers={}, content=b""), False
    with Watched(net, began + request.bounds.seconds) as watched:
        try:
            url = checked_url(url)
            while (reply := _ask(url, request, watched)).status in REDIRECTS and "location" in reply.headers:
                target = checked_url(urljoin(url, reply.headers["location"]))
                hops.append(reply.status)
                _check_hop(url, target, len(hops))
                url = target
        except NoConnectionError as error:
            reply, ours = _Reply(status=0, headers={}, content=b"", reason=error.reason), error.ours
        except SourceError as error:
            reply = _Reply(status=0, headers={}, content=b"", reason=error.reason)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            reply = _Reply(status=0, headers={}, content=b"", reason=_told(error))
        if watched.is_over():
            reason = f"the answer took longer than {request.bounds.seconds:g} s"
            reply, ours = _Reply(status=0, headers={}, content=b"", reason=reason), False
    return Answer(
        asked=request.url,
        url=url,
        status=reply.status,
        headers=reply.headers,
        content=reply.content,
        reason=reply.reason,
        hops=tuple(hops),
        seconds=net.monotonic() - began,
        ours=ours,
    )


def _check_hop(url: str, target: str, hops: int) -> None:
    """Refuse a redirect too many, or one that gives up the encryption."""
    if hops > MOST_REDIRECTS:
        raise SourceError(url, f"more than {MOST_REDIRECTS} redirects")
    if url.startswith("https:") and target.startswith("http:"):
        raise SourceError(url, f"it redirects from https to http ({urlsplit(target).hostname})")


def _ask(url: str, request: Request, watched: Watched) -> _Reply:
    """Send one request and read its reply; raises what urllib3 raises."""
    parts = urlsplit(url)
    headers = {"User-Agent": request.agent, "Accept-Encoding": "gzip", "Connection": "close", **request.headers}
    if (parts.scheme, parts.netloc) == urlsplit(checked_url(request.url))[:2]:
        headers |= request.secrets
    connection = _connection(url, request, watched)
    plain_proxy = request.proxy and parts.scheme == "http"
    target = url if plain_proxy else parts._replace(scheme="", netloc="").geturl()
    try:
        connection.request("GET", target, headers=headers, preload_content=False, decode_content=True)
        response = connection.getresponse()
        return _read(response, request.bounds.size)
    finally:
        connection.close()


def _read(response: BaseHTTPResponse, most: int) -> _Reply:
    """Return the reply up to its bound, counted when decoded; one that is longer or packed otherwise is refused."""
    headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
    encoding = response.headers.get("content-encoding", "").replace(" ", "").lower()
    if encoding not in _ENCODINGS:
        told = f"the answer is packed in a way that was not asked for ({encoding[:40]})"
        return _Reply(status=response.status, headers=headers, content=b"", reason=told)
    content = bytearray()
    while piece := response.read(min(_PIECE, most + 1 - len(content))):
        content += piece
        if len(content) > most:
            told = f"the answer is larger than {most // 1_000_000} MB"
            return _Reply(status=response.status, headers=headers, content=b"", reason=told)
    return _Reply(status=response.status, headers=headers, content=bytes(content))


def _connection(url: str, request: Request, watched: Watched) -> HTTPConnection:
    """Return an unopened connection whose sockets come from `watched`, to the host or to the proxy."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme]
    kind = _kinds()[parts.scheme]
    if request.proxy is None:
        return kind(host, port, watched, request)
    if not request.allow_private and _is_numeric(host) and refused_address(host):
        raise NoConnectionError(host, f"{host} lies in a private or reserved network; `allow_private` permits it")
    proxy = urlsplit(request.proxy)  # named by config.yaml or the environment: it may lie where it pleases
    door = kind(proxy.hostname or "", proxy.port or 8080, watched, replace(request, allow_private=True))
    if parts.scheme == "https":
        door.set_tunnel(host, port, scheme="http")
    return door


def _is_numeric(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


@cache
def _kinds() -> dict[str, Callable[[str, int, Watched, Request], HTTPConnection]]:
    """Return what opens connections, by scheme; made when first asked for, since urllib3 is slow to load."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        """A connection whose socket is a guarded one."""

        def __init__(self, host: str, port: int, watched: Watched, request: Request) -> None:
            self._open: Door = lambda: watched.connect(host, port, allow_private=request.allow_private)
            super().__init__(host, port, timeout=watched.left)

        def _new_conn(self) -> socket.socket:
            return self._open()

    class Secure(HTTPSConnection):
        """The same over TLS."""

        def __init__(self, host: str, port: int, watched: Watched, request: Request) -> None:
            self._open: Door = lambda: watched.connect(host, port, allow_private=request.allow_private)
            checks = not request.unverified or site_of(f"https://{host}/") != request.unverified
            trusted = _trusted(request.ca_file) if checks else _trusting()
            needs = "CERT_REQUIRED" if checks else "CERT_NONE"
            super().__init__(host, port, timeout=watched.left, cert_reqs=needs, ssl_context=trusted)

        def _new_conn(self) -> socket.socket:
            return self._open()

    return {"http": Plain, "https": Secure}


@cache
def _trusted(ca_file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise SourceError(ca_file or "", f"the certificates in {ca_file} cannot be read: {error.strerror}") from error


@cache
def _trusting() -> ssl.SSLContext:
    """Return what takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _told(error: Exception) -> str:
    """Return in words what was met: certificates by their own reason, the rest by what it is."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted: {cause.verify_message}"
        if isinstance(cause, NoConnectionError):
            return cause.reason
        if isinstance(cause, TimeoutError):
            return "it stopped answering"
        cause = cause.__cause__ or cause.__context__
    return f"its answer is no HTTP that can be read ({type(error).__name__})"
