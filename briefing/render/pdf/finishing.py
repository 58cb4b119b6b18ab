"""What WeasyPrint leaves to do until a file is PDF/UA-1 and PDF/A-3a at once, and can be searched and read aloud.

WeasyPrint maps a glyph to the text of the cluster in which it first appears. In a cluster of a letter and a mark, one
of the two glyphs gets both characters and the other none, so that the page can be read but not searched or copied.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIANT = "pdf/a-3a"
"""The variant that WeasyPrint makes; PDF/UA-1 (ISO 14289-1) is added to it."""

# ISO 14289-1 § 5 asks for pdfuaid:part; ISO 19005-3 § 6.6.2.3 asks that a schema it does not know be described in the
# same RDF. Readers look at the first rdf:RDF alone, so both go inside it.
_UA_IDENTIFICATION = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

SINGLE, LIGATURE, EXTENSION = 1, 4, 7
"""Types of GSUB lookups (OpenType 1.9.1, GSUB)."""


def finish(pdf: Any, link_texts: Mapping[str, str]) -> None:  # noqa: ANN401 - pydyf.PDF ships no types
    """Identify the file as PDF/UA-1, and say in words where each link leads; `link_texts` is by anchor name."""
    import pydyf  # type: ignore[import-untyped]  # ships no types

    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if extra.get("Type") == "/Metadata":
            item.stream = [_with_ua(part) for part in item.stream]
        if isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item:
            text = link_texts.get(item["Dest"].string)
            if text is not None:
                item["Contents"] = pydyf.String(text)
    # WeasyPrint names each attachment twice
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _with_ua(xmp: bytes) -> bytes:
    return re.sub(rb"(?=</rdf:RDF>)", lambda _: _UA_IDENTIFICATION, xmp, count=1)


def mend_texts(pdf: Any, fonts: Iterable[Any]) -> None:  # noqa: ANN401 - neither pydyf nor WeasyPrint ships types
    """Rewrite the ToUnicode maps (ISO 32000-1, 9.10.3) of fonts in which a glyph has no text, or several characters."""
    streams = {
        item["BaseFont"]: pdf.objects[int(item["ToUnicode"].split()[0])]
        for item in pdf.objects
        if isinstance(item, dict) and "ToUnicode" in item
    }
    for font in fonts:
        doubtful = {glyph: text for glyph, text in font.to_unicode.items() if len(text) != 1}
        known = {glyph: ligature for glyph, text in doubtful.items() if (ligature := _ligature(text))}
        if doubtful and font.name in streams:
            if len(known) < len(doubtful):
                known |= _texts(font, doubtful.keys() - known.keys())
            stream = streams[font.name]
            stream.stream = [_mended(line, known) for line in stream.stream]


def _mended(line: bytes, known: Mapping[int, str]) -> bytes:
    glyph = line[1:5]
    if not (line.startswith(b"<") and line[5:8] == b"> <"):
        return line
    text = known.get(int(glyph, 16))
    return line if text is None else b"<%s> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())


def _ligature(text: str) -> str | None:
    """Return the text of a glyph for several letters: one Arabic one, since readers turn those of a glyph around."""
    return text if text and text.isascii() else _arabic_ligatures().get(text)


@cache
def _arabic_ligatures() -> dict[str, str]:
    """Return the first presentation form (Unicode 16, blocks FB50 and FE70) of several letters, by those letters."""
    forms = [chr(code) for block in (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00)) for code in block]
    return {
        letters: form for form in reversed(forms) if (letters := normalize("NFKC", form)).isalpha() and len(letters) > 1
    }


def _texts(font: Any, doubtful: set[int]) -> dict[int, str]:  # noqa: ANN401 - a WeasyPrint font
    """Return the characters of those doubtful glyphs that the font's cmap, and what GSUB makes of it, can tell."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
    from weasyprint.text.fonts import get_hb_object_data

    with TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True) as tables:
        texts = {name: chr(code) for code, name in sorted(tables.getBestCmap().items(), reverse=True)}
        substitutions = list(_substitutions(tables)) if "GSUB" in tables else []
        for _ in range(3):  # a form of a form of a letter: deeper chains are not met
            for glyph, parts in substitutions:
                if glyph not in texts and all(part in texts for part in parts):
                    texts[glyph] = "".join(texts[part] for part in parts)
        names = {glyph: tables.getGlyphName(glyph) for glyph in doubtful if glyph < tables["maxp"].numGlyphs}
    return {glyph: texts[name] for glyph, name in names.items() if name in texts}


def _substitutions(tables: Any) -> Iterable[tuple[str, tuple[str, ...]]]:  # noqa: ANN401 - a fontTools font
    for lookup in tables["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            table = subtable.ExtSubTable if lookup.LookupType == EXTENSION else subtable
            if table.LookupType == SINGLE:
                yield from ((to, (of,)) for of, to in table.mapping.items())
            elif table.LookupType == LIGATURE:
                for first, ligatures in table.ligatures.items():
                    yield from ((ligature.LigGlyph, (first, *ligature.Component)) for ligature in ligatures)
