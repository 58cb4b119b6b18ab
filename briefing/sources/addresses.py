"""Addresses of the web: what makes two of them the same article, and whose they are. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult

TRACKING = frozenset(
    """
    utm_source utm_medium utm_campaign utm_term utm_content utm_id utm_name utm_cid utm_reader utm_referrer
    utm_social utm_social-type utm_brand utm_viz_id utm_pubreferrer utm_swu utm_place utm_userid utm_email
    utm_source_platform utm_creative_format utm_marketing_tactic
    fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid li_fat_id igshid igsh yclid ysclid _openstat
    mc_cid mc_eid mkt_tok mtm_campaign mtm_keyword mtm_source mtm_medium mtm_content mtm_cid mtm_group mtm_placement
    pk_campaign pk_kwd pk_source pk_medium pk_content pk_cid piwik_campaign piwik_kwd
    at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_format at_link_id at_ptr_name at_bbc_team
    hsctatracking _hsenc _hsmi __hssc __hstc __hsfp hsa_cam hsa_grp hsa_mt hsa_src hsa_ad hsa_acc hsa_net hsa_ver
    oly_anon_id oly_enc_id vero_id vero_conv wickedid rb_clickid s_cid ns_source ns_mchannel ns_campaign ns_linkname
    wt_zmc xtor ftag cmpid ncid soc_src soc_trk smid sr_share __twitter_impression guccounter guce_referrer
    guce_referrer_sig maca
    """.split()  # noqa: SIM905 - read more easily so
)
"""Parameters that say how a reader came; the whole name, since `utm_` or `ref` begin others that name the page."""
AGGREGATORS = frozenset({"news.google.com"})
"""Hosts whose addresses lead a browser on by a script: no page of an outlet is behind them for a program."""
_PORTS = {"http": 80, "https": 443}


def identity_url(url: str) -> str:
    """Return the address by which an article is known, and which is printed: host in small letters, no tracking.

    What is no address of the web is returned as it is.
    """
    parts = _parts(url)
    if parts is None or not parts.hostname:
        return url
    host = parts.hostname.lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = _port(parts)
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    items = [item.strip() for item in parts.query.split("&")]
    kept = [item for item in items if item.partition("=")[0].lower() not in TRACKING]
    return urlunsplit((parts.scheme, place, parts.path.strip() or "/", "&".join(kept), ""))


def canonical_url(url: str, canonical: str | None) -> str:
    """Return the identity of a page: that of the address that it gives itself, where that may be believed.

    It is where it lies on the same registrable domain and its path is not much shorter: some sites name their front
    page on every page. Only for a page that calls itself by another address is this of any use: AMP, print, mobile.
    """
    own = identity_url(url)
    if not canonical or site_of(canonical) != site_of(url) or not site_of(url):
        return own
    given = identity_url(canonical)
    lengths = [len((_parts(address) or urlsplit("")).path.rstrip("/")) for address in (given, own)]
    return given if 2 * lengths[0] >= lengths[1] else own


def site_of(url: str) -> str:
    """Return the registrable domain of an address (`news.example.co.uk` → `example.co.uk`); "" where there is none.

    The list of public suffixes comes with `tld` and is never fetched; below a suffix that it does not know, the domain
    has two labels. A number is its own.
    """
    from tld import get_fld

    host = host_of(url)
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return host
    return get_fld(f"https://{host}/", fail_silently=True) or ".".join(labels[-2:]) if host else ""


def host_of(url: str) -> str:
    """Return the host of an address in small letters; "" where there is none."""
    parts = _parts(url)
    return (parts.hostname or "").rstrip(".").lower() if parts else ""


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in _PORTS else None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None
