"""Which addresses become links, and the host that is shown for them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS = 2_000
LONGEST_HOST = 60

# Browsers read a backslash as a slash and drop tabs and line ends (WHATWG URL, 4.4), so that the host which they open
# is not the host that urlsplit shows; such addresses never become links.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff<>\"`]")


def safe_link(url: str | None) -> dict[str, str] | None:
    """Return `href` and the `host` to show, or None where the address must not become a link."""
    if url is None or len(url) > LONGEST_ADDRESS or _AMBIGUOUS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname or ""
        shown = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not shown:
        return None
    # RFC 3987 § 3.1: what is not ASCII goes percent-encoded, what is encoded already stays.
    href = quote(url, safe=":/?#[]@!$&'()*+,;=~%")
    return {"href": href, "host": shown[:LONGEST_HOST].removeprefix("www.")}
