"""Small Word files, written from XML, for the tests that read them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def part(root: str, content: str, namespace: str = TRANSITIONAL) -> str:
    """Return a part of a docx whose root element is w:*root*."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root} xmlns:w="{namespace}" {_MORE}>{content}</w:{root}>'


def relationships(targets: Mapping[str, str], base: str = RELATIONSHIPS) -> str:
    """Return a .rels part: the part that is in each kind of relation."""
    lines = [
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    ]
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{namespace}">{"".join(lines)}</Relationships>'


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of *members*."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def members(
    body: str, styles: str = "", numbering: str = "", namespace: str = TRANSITIONAL
) -> dict[str, str | bytes]:
    """Return the members of a docx with *body*, by their usual names."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types/>',
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>", namespace),
    }
    if styles:
        found["word/styles.xml"] = part("styles", styles, namespace)
    if numbering:
        found["word/numbering.xml"] = part("numbering", numbering, namespace)
    return found


def docx(body: str, styles: str = "", numbering: str = "", namespace: str = TRANSITIONAL) -> bytes:
    """Return a docx with *body* between the tags of w:body."""
    return zipped(members(body, styles, numbering, namespace))


def r(text: str, properties: str = "") -> str:
    """Return a run of *text*."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """Return a paragraph: of a run where *content* is bare text, else of that XML."""
    inner = content if content.startswith("<") or not content else r(content)
    before = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{before}{inner}</w:p>"


def tc(content: str = "", properties: str = "", span: int = 1, down: str = "") -> str:
    """Return a cell, *down* `restart` or `continue` where it is merged with others above or below."""
    inner = content if content.startswith(("<w:p>", "<w:sdt>", "<w:tbl>")) else p(content)
    if span != 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if down:
        properties += f'<w:vMerge w:val="{down}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row; a cell that is bare text is one column wide."""
    written = (cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def tbl(*rows: str, widths: tuple[int | str, ...] = ()) -> str:
    """Return a table whose w:tblGrid has *widths*, none where there are none."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    grid = f"<w:tblGrid>{columns}</w:tblGrid>" if widths else ""
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"
