"""Forty-seven Word files and forty mails, written for the check of conserved words: one way of losing words in each.

`word_files()` and `mails()` yield name, bytes, and what a person sees: the lines that must be in the article or among
what was removed, and nothing else. Places and outlets are invented.
"""

# ruff: noqa: E501 - a document stands on one line: it is data

from __future__ import annotations

import base64
import io
import quopri
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Written = tuple[str, bytes, tuple[str, ...]]

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_BY = 'w:id="7" w:author="Reader" w:date="2021-05-04T10:00:00Z"'
_KINDS = {
    "document": "officeDocument", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
    "header1": "header", "footer1": "footer", "comments": "comments",
}  # fmt: skip
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OPENING = "The ferry from Marrel to Odda was tied up on Monday because of ice, the harbour office said."
CLOSING = "Crews broke the ice by hand near the outer pier, and the first boat left before noon on Thursday."


def word_file(body: str, *, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file of a body, and of further parts (`footnotes`, `header1`, `styles`, …) by their names."""
    held = {"document": f"<w:body>{body}</w:body>", **(parts or {})}
    roots = {"document": "document", "header1": "hdr", "footer1": "ftr"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(name, (2021, 5, 4, 8, 0, 0)), text)

        types = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_WORDML}.'
            f'{"document.main" if name == "document" else name.rstrip("1")}+xml"/>'
            for name in held
        )
        put(
            "[Content_Types].xml",
            '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
            'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        head = (
            '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
            '2006/relationships">'
        )
        put(
            "_rels/.rels",
            f'{head}<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        links = "".join(
            f'<Relationship Id="r{number}" Type="{office}/{_KINDS[name]}" Target="{name}.xml"/>'
            for number, name in enumerate(held)
            if name != "document"
        )
        put("word/_rels/document.xml.rels", f"{head}{links}</Relationships>")
        for name, inner in held.items():
            root = roots.get(name, name)
            put(f"word/{name}.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>')
    return packed.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", mark: str = "") -> str:
    """Return a paragraph; bare texts become runs."""
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def inserted(text: str) -> str:
    """Return text that a reviewer has put in."""
    return f"<w:ins {_BY}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    """Return text that a reviewer has struck."""
    return f'<w:del {_BY}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of cells, each one paragraph or markup of its own."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<w:') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _box(text: str) -> str:
    return f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"


def _sdt(inner: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="field"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def _field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _sentences() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield a name, the body between opening and closing, and the lines that Word shows of it."""
    said = "The council of Odda did not close the lower road on Monday, the clerk said."
    yield (
        "inserted",
        paragraph("The council of Odda did ", inserted("not "), "close the lower road on Monday, the clerk said."),
        (said,),
    )
    yield (
        "deleted",
        paragraph("The council of Odda did not ", deleted("ever "), "close the lower road on Monday, the clerk said."),
        (said,),
    )
    yield (
        "replaced",
        paragraph(
            "The council of ",
            deleted("Marrel"),
            inserted("Odda"),
            " did not close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "moved",
        (
            paragraph(
                "The council of Odda did not close the lower road on Monday, ",
                f"<w:moveTo {_BY}>{run('the clerk said')}</w:moveTo>",
                f"<w:moveFrom {_BY}>{run('the mayor')}</w:moveFrom>",
                ".",
            )
        ),
        (said,),
    )
    yield (
        "moved-paragraph",
        (
            f'<w:moveFromRangeStart w:id="3" w:name="m"/>{paragraph(f"<w:moveFrom {_BY}>{run(said)}</w:moveFrom>", mark=f"<w:moveFrom {_BY}/>")}<w:moveFromRangeEnd w:id="3"/>'
            + paragraph("A pilot boat was sent to Lunde on Tuesday with bread and fuel.")
            + f'<w:moveToRangeStart w:id="4" w:name="m"/>{paragraph(f"<w:moveTo {_BY}>{run(said)}</w:moveTo>", mark=f"<w:moveTo {_BY}/>")}<w:moveToRangeEnd w:id="4"/>'
        ),
        ("A pilot boat was sent to Lunde on Tuesday with bread and fuel.", said),
    )
    yield (
        "deleted-paragraph-mark",
        (
            paragraph("The council of Odda did not close ", mark=f"<w:del {_BY}/>")
            + paragraph("the lower road on Monday, the clerk said.")
        ),
        (said,),
    )
    yield (
        "inserted-in-inserted",
        paragraph(
            "The council of Odda did ",
            f"<w:ins {_BY}><w:ins {_BY}>{run('not ')}</w:ins>{deleted('gladly ')}</w:ins>",
            "close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "inserted-row",
        table(("Odda", "The quay is shut."), ("Lunde", "The quay is open.")).replace(
            "<w:tr>", f"<w:tr><w:trPr><w:ins {_BY}/></w:trPr>", 1
        ),
        ("Odda", "The quay is shut.", "Lunde", "The quay is open."),
    )
    yield (
        "deleted-row",
        table(("Odda", "The quay is shut."), ("Lunde", "The quay is open.")).replace(
            "<w:tr>", f"<w:tr><w:trPr><w:del {_BY}/></w:trPr>", 1
        ),
        ("Lunde", "The quay is open."),
    )
    yield (
        "content-control",
        paragraph(
            "The council of ",
            _sdt(run("Odda")),
            " did ",
            _sdt(run("not")),
            " close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield "block-control", _sdt(paragraph(said)), (said,)
    yield (
        "smart-tag",
        paragraph(
            "The council of ",
            f'<w:smartTag w:uri="u" w:element="place">{run("Odda")}</w:smartTag>',
            " did not close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "simple-field",
        paragraph(
            "The council of Odda did not close the lower road on ",
            f'<w:fldSimple w:instr=" DATE ">{run("Monday")}</w:fldSimple>',
            ", the clerk said.",
        ),
        (said,),
    )
    yield (
        "complex-field",
        paragraph(
            "The council of Odda did not close the lower road on ", _field("DATE", "Monday"), ", the clerk said."
        ),
        (said,),
    )
    yield (
        "link-field",
        paragraph(
            "The council of Odda did not close ",
            _field('HYPERLINK "https://odda.example/r"', "the lower road"),
            " on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "hyperlink",
        paragraph(
            "The council of Odda did not close ",
            f'<w:hyperlink w:anchor="x">{run("the lower road")}</w:hyperlink>',
            " on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "inserted-hyperlink",
        paragraph(
            "The council of Odda did not close ",
            f'<w:ins {_BY}><w:hyperlink w:anchor="x">{run("the lower road")}</w:hyperlink></w:ins>',
            " on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "formula",
        paragraph(
            "The level rose by ", "<m:oMath><m:r><m:t>3.5</m:t></m:r></m:oMath>", " metres at Odda, the clerk said."
        ),
        ("The level rose by 3.5 metres at Odda, the clerk said.",),
    )
    yield (
        "bidi",
        paragraph(
            "The council of ",
            f'<w:bdo w:val="ltr">{run("Odda")}</w:bdo>',
            " did ",
            f'<w:dir w:val="ltr">{run("not")}</w:dir>',
            " close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "custom-xml",
        paragraph(
            "The council of ",
            f'<w:customXml w:element="place">{run("Odda")}</w:customXml>',
            " did not close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "soft-line-end",
        paragraph(
            "The council of Odda did not close", "<w:r><w:br/></w:r>", "the lower road on Monday, the clerk said."
        ),
        (said,),
    )
    yield (
        "tab",
        paragraph(
            "The council of Odda", "<w:r><w:tab/></w:r>", "did not close the lower road on Monday, the clerk said."
        ),
        (said,),
    )
    yield (
        "hard-hyphen",
        paragraph("The harbour", "<w:r><w:noBreakHyphen/></w:r>", "master of Odda went home on Monday."),
        ("The harbour-master of Odda went home on Monday.",),
    )
    yield (
        "soft-hyphen",
        paragraph("The har", "<w:r><w:softHyphen/></w:r>", "bour of Odda was shut on Monday."),
        ("The harbour of Odda was shut on Monday.",),
    )
    yield (
        "hidden-text",
        paragraph(
            "The council of Odda did not ",
            run("perhaps ", "<w:vanish/>"),
            "close the lower road on Monday, the clerk said.",
        ),
        (said,),
    )
    yield (
        "struck-text",
        paragraph(
            "The council of Odda did not ",
            run("gladly ", "<w:strike/>"),
            "close the lower road on Monday, the clerk said.",
        ),
        (said, "gladly"),
    )
    yield (
        "capitals",
        paragraph(run("The council of Odda", "<w:caps/>"), " did not close the lower road on Monday, the clerk said."),
        (said,),
    )
    yield (
        "split-runs",
        paragraph("The coun", "cil of Od", "da did not close the lower road on Monday, the clerk said."),
        (said,),
    )


def _laid_out() -> Iterator[tuple[str, str, tuple[str, ...], dict[str, str]]]:
    said = "Sixty lorries wait at the gate of Odda, and the last of them came on Sunday, a driver said."
    yield "table", table(("Place", "State"), ("Odda", said)), ("Place", "State", "Odda", said), {}
    yield (
        "table-in-table",
        table(("Odda", table((said,)) + paragraph("Seen from the road."))),
        ("Odda", said, "Seen from the road."),
        {},
    )
    yield "old-text-box", paragraph(f"<w:r><w:pict><v:textbox>{_box(said)}</v:textbox></w:pict></w:r>"), (said,), {}
    yield (
        "text-box",
        paragraph(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{_box(said)}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{_box(said)}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        (said,),
        {},
    )
    yield (
        "text-box-in-sentence",
        paragraph(
            "Sixty lorries wait at the gate of Odda, ",
            f"<w:r><w:pict><v:textbox>{_box('Two of them carry fuel for the clinic.')}</v:textbox></w:pict></w:r>",
            "and the last of them came on Sunday, a driver said.",
        ),
        (said, "Two of them carry fuel for the clinic."),
        {},
    )
    yield (
        "footnote",
        paragraph(
            "Sixty lorries wait at the gate of Odda,",
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            " and the last of them came on Sunday, a driver said.",
        ),
        (said, "Counted at noon by the customs house."),
        {
            "footnotes": f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", "Counted at noon by the customs house.")}</w:footnote>'
        },
    )
    yield (
        "endnote",
        paragraph(said, '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        (said, "Counted at noon by the customs house."),
        {
            "endnotes": f'<w:endnote w:id="2">{paragraph("<w:r><w:endnoteRef/></w:r>", "Counted at noon by the customs house.")}</w:endnote>'
        },
    )
    yield (
        "head-and-foot",
        paragraph(said),
        (said, "Odda Harbour Office", "Page 1 of the weekly report"),
        {"header1": paragraph("Odda Harbour Office"), "footer1": paragraph("Page 1 of the weekly report")},
    )
    yield (
        "comment",
        paragraph(
            '<w:commentRangeStart w:id="2"/>',
            said,
            '<w:commentRangeEnd w:id="2"/><w:r><w:commentReference w:id="2"/></w:r>',
        ),
        (said, "Ask the customs house first."),
        {"comments": f'<w:comment w:id="2" w:author="Reader">{paragraph("Ask the customs house first.")}</w:comment>'},
    )
    yield "hidden-style", paragraph(run("Not for print.", "<w:vanish/>")) + paragraph(said), (said,), {}
    yield (
        "heading-in-between",
        paragraph("What the drivers say", style="Heading2") + paragraph(said),
        ("What the drivers say", said),
        {},
    )
    yield (
        "list",
        paragraph("The office named two reasons:")
        + paragraph("Ice in the outer harbour stops the pilot boats.", style="ListBullet")
        + paragraph("The crane at the quay is broken since Friday.", style="ListBullet"),
        (
            "The office named two reasons:",
            "Ice in the outer harbour stops the pilot boats.",
            "The crane at the quay is broken since Friday.",
        ),
        {},
    )


def _of_other_programs() -> Iterator[tuple[str, str, tuple[str, ...], dict[str, str]]]:
    """Yield what styles, fields in fields and frames hide, show or divide."""
    said = "The council of Odda did not close the lower road on Monday, the clerk said."
    first, rest = "The council of Odda did not ", "close the lower road on Monday, the clerk said."
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'
        for name, inner in (
            ("Hidden", "<w:rPr><w:vanish/></w:rPr>"),
            ("Unseen", '<w:basedOn w:val="Hidden"/>'),
            ("Gone", "<w:rPr><w:strike/></w:rPr>"),
        )
    )
    unseen = run("perhaps ", '<w:rStyle w:val="Unseen"/>')
    yield "hidden-by-style", paragraph(first, unseen, rest), (said,), {"styles": styles}
    struck = run("ever ", '<w:rStyle w:val="Gone"/>')
    yield "struck-by-style", paragraph(first, struck, rest), (said, "ever"), {"styles": styles}
    frame = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
    yield "drop-cap", f"<w:p>{frame}{run('T')}</w:p>{paragraph(said[1:])}", (said,), {}
    code = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    nested = (
        f"{code.format('begin')}{_field('MERGEFIELD state', 'SHUT')}{code.format('separate')}"
        f"{run('not close')}{code.format('end')}"
    )
    yield "field-in-field", paragraph("The council of Odda did ", nested, " ", rest[6:]), (said,), {}
    ruby = f"<w:r><w:ruby><w:rt>{run('aside')}</w:rt><w:rubyBase>{run('Odda')}</w:rubyBase></w:ruby></w:r>"
    yield "ruby", paragraph("The council of ", ruby, " did not ", rest), (said,), {}
    cells = table(("The quay is open.", "The quay is shut."))
    cells = cells.replace("<w:tc>", f"<w:tc><w:tcPr><w:cellDel {_BY}/></w:tcPr>", 1)
    yield "deleted-cell", cells, ("The quay is shut.",), {}


def word_files() -> Iterator[Written]:
    """Yield forty-six Word files, and one of them once more as "Strict Open XML" has it."""
    title = paragraph("Ice closes the harbour of Odda", style="Title")
    known: list[tuple[str, str, tuple[str, ...], dict[str, str]]] = [
        (name, body, shown, {}) for name, body, shown in _sentences()
    ]
    for name, body, shown, parts in (*known, *_laid_out(), *_of_other_programs()):
        content = word_file(title + paragraph(OPENING) + body + paragraph(CLOSING), parts=parts)
        yield f"word-{name}.docx", content, ("Ice closes the harbour of Odda", OPENING, *shown, CLOSING)
    yield "word-strict.docx", _strict(content), ("Ice closes the harbour of Odda", OPENING, *shown, CLOSING)


def _strict(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w") as out:
        for name in archive.namelist():
            old, new = rb"http://schemas\.openxmlformats\.org/(\w+)/2006/", rb"http://purl.oclc.org/ooxml/\1/"
            inner = archive.read(name)
            out.writestr(name, re.sub(old, new, inner) if name.startswith("word/") else inner)
    return packed.getvalue()


_HEAD = "From: {sender}\nTo: desk@desk.example\nSubject: {subject}\nDate: Tue, 4 May 2021 07:30:00 +0200\nMIME-Version: 1.0\n"
_TEXT = (
    "The mill at Tessin caught fire on Monday night, and forty people left their homes, the fire brigade said.",
    "The wind drove sparks over the roofs of Lower Tessin until the rain began shortly before dawn.",
    "Nobody was hurt, and the owner said that the grain in the upper store had been saved.",
)
_NEXT = "The bridge at Hollen is closed to lorries until Friday, the road office said."
PLAIN = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"


def mail(
    body: str,
    *,
    kind: str = PLAIN,
    sender: str = "Tessin Courier <news@tessin.example>",
    subject: str = "Mill burns at Tessin",
) -> bytes:
    """Return a mail of one part."""
    return f"{_HEAD.format(sender=sender, subject=subject)}{kind}\n\n{body}\n".encode()


def parted(subtype: str, *parts: str) -> bytes:
    """Return a mail of several parts, each with its headers."""
    inner = "".join(f"--edge\n{part}\n" for part in parts)
    head = _HEAD.format(sender="Tessin Courier <news@tessin.example>", subject="Mill burns at Tessin")
    return f'{head}Content-Type: multipart/{subtype}; boundary="edge"\n\n{inner}--edge--\n'.encode()


def _wrapped(text: str, width: int, end: str = "\n") -> str:
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines, line = [*lines, line], word
        else:
            line = f"{line} {word}".strip()
    return end.join((*lines, line))


def _paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in _TEXT)


def _page(inner: str) -> str:
    return f"<html><head><style>p {{ margin: 0 }}</style></head><body>{inner}</body></html>"


def _plain_mails() -> Iterator[Written]:
    whole = "\n\n".join(_TEXT)
    yield "plain", mail(whole), _TEXT
    for width in (38, 50, 66, 76):
        yield f"wrapped-{width}", mail("\n\n".join(_wrapped(text, width) for text in _TEXT)), _TEXT
    yield (
        "flowed",
        mail("\n\n".join(_wrapped(text, 60, " \n") for text in _TEXT), kind=f"{PLAIN}; format=flowed"),
        _TEXT,
    )
    yield (
        "flowed-delsp",
        mail("\n\n".join(_wrapped(text, 60, "  \n") for text in _TEXT), kind=f"{PLAIN}; format=flowed; delsp=yes"),
        _TEXT,
    )
    yield (
        "signature",
        mail(f"{whole}\n\n-- \nNews room, Tessin Courier\nHollen Street 4"),
        (*_TEXT, "News room, Tessin Courier", "Hollen Street 4"),
    )
    yield (
        "regards",
        mail(f"{whole}\n\nBest regards,\nOda Brandt\nDuty editor"),
        (*_TEXT, "Best regards,", "Oda Brandt", "Duty editor"),
    )
    yield "greeting", mail(f"Dear colleagues,\n\n{whole}"), ("Dear colleagues,", *_TEXT)
    notice = "This message is confidential and intended only for the addressee. If you received it in error, please delete it."
    yield "disclaimer", mail(f"{whole}\n\n{notice}"), (*_TEXT, notice)
    yield (
        "reply-quoted",
        mail(f"{whole}\n\nOn Mon, 3 May 2021, Oda Brandt wrote:\n> Is the mill still burning?\n> Please call."),
        (*_TEXT, "On Mon, 3 May 2021, Oda Brandt wrote:", "Is the mill still burning?", "Please call."),
    )
    bullets = "* The road to Hollen is closed until the weekend for all\n  lorries.\n* Water must be boiled for ten minutes before anyone drinks\n  it."
    yield (
        "bullets",
        mail(f"{_TEXT[0]}\n\n{bullets}"),
        (
            _TEXT[0],
            "The road to Hollen is closed until the weekend for all lorries.",
            "Water must be boiled for ten minutes before anyone drinks it.",
        ),
    )
    yield (
        "quoted-printable",
        mail(
            quopri.encodestring(whole.encode()).decode(), kind=f"{PLAIN}\nContent-Transfer-Encoding: quoted-printable"
        ),
        _TEXT,
    )
    yield (
        "base64",
        mail(base64.encodebytes(whole.encode()).decode(), kind=f"{PLAIN}\nContent-Transfer-Encoding: base64"),
        _TEXT,
    )
    header = "From: Hollen Post <post@hollen.example>\nDate: Mon, 3 May 2021 at 18:00\nSubject: Mill burns\nTo: <desk@desk.example>"
    marker = "---------- Forwarded message ---------"
    yield (
        "forwarded",
        mail(f"For the brief.\n\n{marker}\n{header}\n\n{whole}", subject="Fwd: Mill burns"),
        ("For the brief.", marker, *header.split("\n"), *_TEXT),
    )
    quoted = "\n".join(f"> {line}".rstrip() for line in f"{header}\n\n{whole}".split("\n"))
    yield (
        "forwarded-quoted",
        mail(f"Have a look\n\nBegin forwarded message:\n\n{quoted}", subject="Fwd: Mill burns"),
        ("Have a look", "Begin forwarded message:", *header.split("\n"), *_TEXT),
    )
    yield (
        "forwarded-twice",
        mail(f"{marker}\n{header}\n\nSee below.\n\n{marker}\n{header}\n\n{whole}", subject="Fwd: Fwd: Mill burns"),
        (marker, *header.split("\n"), "See below.", marker, *header.split("\n"), *_TEXT),
    )
    yield (
        "addresses",
        mail(f"{_TEXT[0]} <https://tessin.example/a>\n\n{_TEXT[1]}\n\nhttps://tessin.example/b"),
        (f"{_TEXT[0]} <https://tessin.example/a>", _TEXT[1], "https://tessin.example/b"),
    )


def _html_mails() -> Iterator[Written]:
    yield "page", mail(_page(_paragraphs()), kind=HTML), _TEXT
    yield (
        "soft-breaks",
        mail(_page("".join(f"<p>{_wrapped(text, 60, '<br>')}</p>" for text in _TEXT)), kind=HTML),
        _TEXT,
    )
    yield "hard-breaks", mail(_page("<br><br>".join(_TEXT)), kind=HTML), _TEXT
    yield "divs", mail(_page(_paragraphs("div")), kind=HTML), _TEXT
    yield "bare-text", mail(_page(f"{_TEXT[0]}<p>{_TEXT[1]}</p>{_TEXT[2]}"), kind=HTML), _TEXT
    yield (
        "layout-table",
        mail(_page("<table>" + "".join(f"<tr><td>{text}</td></tr>" for text in _TEXT) + "</table>"), kind=HTML),
        _TEXT,
    )
    heads = ("Mill burns at Tessin", "Bridge at Hollen closed")
    yield (
        "linked-headings",
        mail(
            _page(
                f'<h2><a href="https://t.example/1">{heads[0]}</a></h2><p>{_TEXT[0]}</p><h2><a href="https://t.example/2">{heads[1]}</a></h2><p>{_NEXT}</p>'
            ),
            kind=HTML,
        ),
        (heads[0], _TEXT[0], heads[1], _NEXT),
    )
    yield (
        "cards",
        mail(
            _page(
                "".join(
                    f'<table><tr><td><a href="https://t.example/{n}"><b>{head}</b></a><br><span>Hollen Post</span><div>{text}</div></td></tr></table>'
                    for n, (head, text) in enumerate(zip(heads, (_TEXT[0], _NEXT), strict=True))
                )
            ),
            kind=HTML,
        ),
        (heads[0], "Hollen Post", _TEXT[0], heads[1], "Hollen Post", _NEXT),
    )
    yield (
        "linked-paragraph",
        mail(
            _page(f'<p>{_TEXT[0]}</p><p><a href="https://t.example/1">{_TEXT[1]}</a></p><p>{_TEXT[2]}</p>'), kind=HTML
        ),
        _TEXT,
    )
    yield (
        "preview-line",
        mail(_page(f'<div style="display:none;max-height:0">Mill burns, and more</div>{_paragraphs()}'), kind=HTML),
        _TEXT,
    )
    yield (
        "inline-time",
        mail(
            _page(
                "<p>The mill at Tessin caught fire on <time>Monday night</time>, and <output>forty</output> people left their homes, the <label>fire brigade</label> said.</p>"
                f"<p>{_TEXT[1]}</p>"
            ),
            kind=HTML,
        ),
        _TEXT[:2],
    )
    yield (
        "unsubscribe",
        mail(
            _page(
                f'{_paragraphs()}<p>You are receiving this letter because you subscribed. <a href="https://t.example/u?id=9">Unsubscribe</a></p>'
            ),
            kind=HTML,
        ),
        (*_TEXT, "You are receiving this letter because you subscribed. Unsubscribe"),
    )
    gmail = '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Hollen Post</strong> &lt;post@hollen.example&gt;<br>Date: Mon, May 3, 2021 at 6:00 PM<br>Subject: Mill burns<br>To: desk@desk.example<br></div>'
    lines = (
        "---------- Forwarded message ---------",
        "From: Hollen Post <post@hollen.example>",
        "Date: Mon, May 3, 2021 at 6:00 PM",
        "Subject: Mill burns",
        "To: desk@desk.example",
    )
    yield (
        "forwarded-page",
        mail(_page(f"<div>For the brief.</div>{gmail}{_paragraphs()}</div>"), kind=HTML, subject="Fwd: Mill burns"),
        ("For the brief.", *lines, *_TEXT),
    )
    yield (
        "picture-caption",
        mail(
            _page(
                f"<p>{_TEXT[0]}</p><figure><img src='cid:1'><figcaption>The mill on Monday night</figcaption></figure><p>{_TEXT[1]}</p>"
            ),
            kind=HTML,
        ),
        (_TEXT[0], "The mill on Monday night", _TEXT[1]),
    )


def _parted_mails() -> Iterator[Written]:
    whole = "\n\n".join(_TEXT)
    yield "alternative", parted("alternative", f"{PLAIN}\n\n{whole}\n", f"{HTML}\n\n{_page(_paragraphs())}\n"), _TEXT
    yield (
        "alternative-stub",
        parted("alternative", f"{PLAIN}\n\nSee the web version.\n", f"{HTML}\n\n{_page(_paragraphs())}\n"),
        _TEXT,
    )
    nested = f"From: Hollen Post <post@hollen.example>\nSubject: Bridge closed\nDate: Mon, 3 May 2021 18:00:00 +0200\n{PLAIN}\n\n{_NEXT}\n"
    yield (
        "attached-mail",
        parted(
            "mixed",
            f"{PLAIN}\n\nSee below.\n",
            f"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n{nested}",
        ),
        ("See below.", _NEXT),
    )
    word = base64.encodebytes(word_file(paragraph("Bridge closed", style="Title") + paragraph(_NEXT))).decode()
    yield (
        "attached-word",
        parted(
            "mixed",
            f"{PLAIN}\n\n{whole}\n",
            f'Content-Type: {_WORDML}.document; name="bridge.docx"\nContent-Disposition: attachment; filename="bridge.docx"\nContent-Transfer-Encoding: base64\n\n{word}',
        ),
        (*_TEXT, "Bridge closed", _NEXT),
    )
    yield (
        "related",
        parted(
            "related",
            f"{HTML}\n\n{_page(_paragraphs())}\n",
            "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n",
        ),
        _TEXT,
    )
    yield (
        "attached-text",
        parted(
            "mixed",
            f"{PLAIN}\n\n{whole}\n",
            f'{PLAIN}\nContent-Disposition: attachment; filename="bridge.txt"\n\nBridge closed\n\n{_NEXT}\n',
        ),
        (*_TEXT, "Bridge closed", _NEXT),
    )
    folded = _HEAD.format(sender="Tessin Courier <news@tessin.example>", subject="Mill burns at Tessin")
    yield (
        "folded-boundary",
        f'{folded}Content-Type: multipart/alternative; boundary="=_a\n 7"\n\n--=_a 7\n{PLAIN}\n\n{whole}\n--=_a 7--\n'.encode(),
        _TEXT,
    )


def mails() -> Iterator[Written]:
    """Yield forty mails."""
    for name, content, shown in (*_plain_mails(), *_html_mails(), *_parted_mails()):
        yield f"mail-{name}.eml", content, shown
