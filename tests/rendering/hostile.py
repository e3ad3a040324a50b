"""Files made to harm whoever reads them, and files that are simply broken: each the bytes and a name."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from rendering.docx import packed
from rendering.ofd import Style, root_part
from rendering.ofd import document as ofd_document
from rendering.ofd import package as ofd_package
from rendering.ofd import page as ofd_page

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MIB = 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _docx(body: str, before: str = "") -> bytes:
    return packed(before + f"<w:document {_WORD}><w:body>{body}</w:body></w:document>")


def _zip_bomb() -> bytes:
    return _docx("<w:p><w:r><w:t>" + "公" * 24 * _MIB + "</w:t></w:r></w:p>")


def _paragraph_bomb() -> bytes:
    return _docx("<w:p><w:r><w:t>公开</w:t></w:r></w:p>" * 600_000)


def _entity_bomb() -> bytes:
    """Ten entities, each ten times the one before: 10^10 characters."""
    entities = '<!ENTITY a0 "公开公开">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)
    )
    return _docx("<w:p><w:r><w:t>&a10;</w:t></w:r></w:p>", f"<!DOCTYPE d [{entities}]>")


def _wide_cell() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="20000000"/></w:tcPr><w:p/></w:tc>'
    return _docx(f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 5}</w:tbl>")


def _deep_docx() -> bytes:
    return _docx("<w:tbl><w:tr><w:tc>" * 5000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5000)


def _other_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("照片/1.txt", "不是报告")
    return file.getvalue()


def _encrypted_docx() -> bytes:
    """Return the beginning of a compound file, its directory naming the stream that a protected docx is kept in."""
    name = "EncryptedPackage\0".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    return (_OLE + bytes(1016) + entry).ljust(4096, b"\0")


def _page(body: str) -> bytes:
    return f'<!DOCTYPE html><html><meta charset="utf-8"><body>{body}</body></html>'.encode()


def _tall_cell() -> bytes:
    cell = '<td rowspan="99999999" colspan="99999999">规章</td>'
    return _page(f"<table>{f'<tr>{cell}</tr>' * 50}</table>")


def _deep_page() -> bytes:
    return _page("<table><tr><td>" * 5000 + "公开" + "</table>" * 5000)


def _many_cells() -> bytes:
    return _page("<table>" + ("<tr>" + "<td>12</td>" * 100 + "</tr>\n") * 3000 + "</table>")


def pdf(content: bytes, filters: int = 1, resources: str = "") -> bytes:
    """Return a PDF of one page that *content* draws, compressed as often as *filters* says."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    names = " ".join(["/FlateDecode"] * filters)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>".encode(),
        f"<</Filter[{names}]/Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
    ]
    data, offsets = b"%PDF-1.5\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + written + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def _flate_bomb() -> bytes:
    return pdf(b" " * 512 * _MIB, 2)


def _operators() -> bytes:
    return pdf(
        b"BT /F1 9 Tf (a) Tj ET\n" * 1_000_000,
        1,
        "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
    )


def _scan() -> bytes:
    """Return a page with nothing on it but a picture."""
    image = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    return pdf(image)


def _encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(b"BT ET"))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _workbook(cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="表" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{relations}/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return file.getvalue()


def _many_members() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for number in range(3_000):
            package.writestr(f"{number}.txt", "")
    return file.getvalue()


_LINE = '<PathObject Boundary="10 20 9 9"><AbbreviatedData>M 0 0 L 9 9</AbbreviatedData></PathObject>'
# Ten entities, each ten times the one before, in a page of an OFD.
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><Page>&j;</Page>"
)


def one_part(
    count: int, body: str, head: str = "", common: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """Return an OFD of *count* pages that are all one part."""
    uses = '<Page ID="1" BaseLoc="P.xml"/>' * count
    return ofd_package(
        {
            "OFD.xml": root_part("D/Document.xml"),
            "D/Document.xml": f"<Document><CommonData>{common}</CommonData><Pages>{uses}</Pages></Document>",
            "D/P.xml": ofd_page(Style(), head, body),
            **(more or {}),
        }
    )


def _doubling(deep: int = 22) -> bytes:
    """Return an OFD with a composite that draws the next twice, which draws the next twice …"""
    units = "".join(
        f'<CompositeGraphicUnit ID="{n}"><Content>{f"""<CompositeObject ResourceID="{n + 1}"/>""" * 2}</Content></CompositeGraphicUnit>'
        for n in range(deep)
    )
    last = f'<CompositeGraphicUnit ID="{deep}"><Content>{_LINE}</Content></CompositeGraphicUnit>'
    resources = f"<Res><CompositeGraphicUnits>{units}{last}</CompositeGraphicUnits></Res>"
    return ofd_document(
        '<CompositeObject ResourceID="0"/>',
        common="<PublicRes>R.xml</PublicRes>",
        more={"D/R.xml": resources},
    )


# By the name that each is given; the name says what a clerk takes the file for, not what it is.
HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "zip-bomb.docx": _zip_bomb,
    "paragraph-bomb.docx": _paragraph_bomb,
    "entity-bomb.docx": _entity_bomb,
    "wide-cell.docx": _wide_cell,
    "deep.docx": _deep_docx,
    "other-zip.docx": _other_zip,
    "encrypted.docx": _encrypted_docx,
    "tall-cell.html": _tall_cell,
    "deep.html": _deep_page,
    "many-cells.html": _many_cells,
    "flate-bomb.pdf": _flate_bomb,
    "operators.pdf": _operators,
    "scan.pdf": _scan,
    "encrypted.pdf": _encrypted_pdf,
    "truncated.pdf": lambda: pdf(b"BT ET")[:200],
    "sparse.xlsx": lambda: _workbook(
        '<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "cells.xlsx": lambda: _workbook("<row><c/></row>" * 120_000),
    "parts.mht": lambda: b'Content-Type: multipart/related; boundary="a"\r\n\r\n' + b"\r\n--a\r\n" * 200_000,
    "members.zip": _many_members,
    "composites.ofd": _doubling,
    "pages.ofd": lambda: one_part(500, _LINE * 2_000),
    "entities.ofd": lambda: ofd_document("", more={"D/P0.xml": ENTITIES}),
    "truncated.ofd": lambda: ofd_document(_LINE)[:300],
    "truncated.docx": lambda: _docx("<w:p/>")[:300],
    "nothing.docx": lambda: b"",
    "zeros.txt": lambda: bytes(6 * _MIB),
    "long.txt": lambda: b"a" * 3 * _MIB,
    "pages.md": lambda: ("公开" * 1024).encode() * 1024,
    "pictures.docx": lambda: b"PK\x03\x04" + bytes(51 * _MIB),
    "pictures.rtf": lambda: b"{\\rtf1 " + bytes(51 * _MIB),
    "page.doc": lambda: _page("<p>公告</p>"),
}
