"""Strings that break programs, five hundred and more, made by rule: controls, markup, encodings, headers, scripts."""

from __future__ import annotations

from itertools import product

_CONTROLS = [chr(code) for code in (*range(32), 127, *range(0x80, 0xA0))]
_UNICODE = [
    *(
        chr(code)
        for code in (0xA0, 0xAD, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069)
    ),
    *(
        chr(code)
        for code in (0xFEFF, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F6F6, 0x10FFFF, 0xD800, 0xDFFF, 0x0301, 0x0489)
    ),
]
_HEADERS = [
    "Bcc: x@y.example",
    "Reply-To: x@y.example",
    "Content-Type: text/html",
    "X: 1",
    "\tfolded",
    " folded",
    "",
    ".",
]
_BREAKS = ["\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\u2028", "\x85", "\x0b", "\x00", "%0a", "%0d%0a", "\\r\\n"]
_WORDS = ["=0A", "=0D=0A", "=0A=0A", "=00", "=E9", "_", "=", "=3D?=", "?=", "=?="]
_MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "{% raw %}", "${HOME}", "$(id)", "`id`",
    "'; DROP TABLE slots;--", "\" OR 1=1", "]]>", "<!--", "-->", "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "&lt;&amp;", "%s%n",
    "../../etc/passwd", "C:\\CON", "file:///etc/passwd", "javascript:alert(1)", "--boundary", "From me", ">From",
    "\\", "'", '"',
]  # fmt: skip
_SCRIPTS = [
    "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "قوات سوريا", "שלום עולם", "Здравствуй", "ด้้้้้็็็็็", "Z͑ͫA̴L̵G̶O", "ﷺ", "İı", "ß", "ﬁ",
    "👩‍👩‍👧‍👦", "🇫🇷🇸🇾", "1/2½", "NaN", "null", "undefined", "None", "true", "0", "-0", "1e309", "0x7f", "٠١٢٣",
]  # fmt: skip

NAUGHTY: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(f"a{mark}b" for mark in (*_CONTROLS, *_UNICODE)),
            *(f"{mark}{mark}" for mark in (*_CONTROLS, *_UNICODE)),
            *(f"x{gap}{header}" for gap, header in product(_BREAKS, _HEADERS)),
            *(
                f"=?{charset}?{kind}?x{word}y?="
                for charset, kind, word in product(["utf-8", "us-ascii", "x"], "qQbB", _WORDS)
            ),
            *(f"=?utf-8?q?x{word}{header}?=" for word, header in product(_WORDS, _HEADERS)),
            *_MARKUP,
            *_SCRIPTS,
            *(text * 400 for text in ("a", "é", "🛶", "=?", " ", "\t", "a ", "\u0301")),
        ]
    )
)
