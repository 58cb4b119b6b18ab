"""What WeasyPrint leaves to do until a file is PDF/UA-1 and PDF/A-3a at once, and pleasant to hear read aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def finish(pdf: Any, link_texts: Mapping[str, str]) -> None:  # noqa: ANN401 - pydyf.PDF ships no types
    """Identify the file as PDF/UA-1 and say in words where each link leads; `link_texts` is by anchor name."""
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
