"""Who may read the preview: this machine's own browser, asked for by its own page. Pure.

A page of another site could reach a server on the loopback interface by a name of its own that resolves to 127.0.0.1
(DNS rebinding), or ask it in the reader's name; both show in the headers that the browser sets and no page can forge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOPBACK = "127.0.0.1"
_NAMES = (LOOPBACK, "localhost", "[::1]")
_OWN_SITES = ("same-origin", "none")
"""Sec-Fetch-Site of our own page, and of an address that the reader typed."""

_HARDENED = "base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    f"frame-ancestors 'none'; require-trusted-types-for 'script'; {_HARDENED}"
)
BRIEF_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    f"frame-ancestors 'self'; {_HARDENED}"
)
"""Nothing runs in the brief and nothing is loaded for it; its own page may look into it, to tell what was clicked."""


def refusal(hosts: Sequence[str], origin: str | None, site: str | None, *, port: int) -> str | None:
    """Return why a request is not answered, or None; from its Host headers, its Origin and its Sec-Fetch-Site."""
    own = {f"{name}:{port}" for name in _NAMES}
    if len(hosts) != 1 or hosts[0].strip().lower() not in own:
        return "the preview answers to this machine's own name only"
    if origin is not None and origin not in {f"http://{host}" for host in own}:
        return "the preview answers to its own page only"
    if site is not None and site not in _OWN_SITES:
        return "the preview answers to its own page only"
    return None


def headers_of(policy: str) -> dict[str, str]:
    """Return the headers of every answer."""
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
