"""A Word file that links to what is elsewhere, in every way that it can."""

import io
import zipfile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:pic="{_DRAWING}/picture" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPES = f"""\
<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
</Types>"""
_SIZE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
_PICTURE = (
    '<w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/><a:graphic>'
    f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:link="image"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    f"<pic:spPr>{_SIZE}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_OBJECT = (
    '<w:object><v:shape id="s" style="width:50pt;height:50pt"/><o:OLEObject Type="Link" ProgID="Word.Document.8" '
    'ShapeID="s" DrawAspect="Content" UpdateMode="Always" r:id="oleObject"/></w:object>'
)


def linked(address: str) -> bytes:
    """Return a docx with a picture, an object, a template and two fields that are at *address*, each by its own name."""
    runs = (
        "<w:t>前</w:t>",
        _PICTURE,
        _OBJECT,
        _field(f'INCLUDEPICTURE "{address}/picture-in-a-field" \\d'),
        _field(f'INCLUDETEXT "{address}/text-in-a-field"'),
        "<w:t>后</w:t>",
    )
    body = "".join(f"<w:p><w:r>{run}</w:r></w:p>" for run in runs)
    links = {name: f"{address}/{name}" for name in ("image", "oleObject", "attachedTemplate")}
    settings = '<w:attachedTemplate r:id="attachedTemplate"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}, {}))
        package.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", _relations({"settings": "settings.xml"}, links))
        package.writestr("word/settings.xml", f"<w:settings {_NAMES}>{settings}</w:settings>")
        package.writestr("word/_rels/settings.xml.rels", _relations({}, links))
    return file.getvalue()


def _relations(inside: dict[str, str], outside: dict[str, str]) -> str:
    """Return the relationships to the parts *inside* and to addresses *outside*, by their kind, which is their name."""
    said = [
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{part}"/>'
        for kind, part in inside.items()
    ]
    said += [
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{address}" TargetMode="External"/>'
        for kind, address in outside.items()
    ]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(said)}</Relationships>'


def _field(code: str) -> str:
    return (
        f'<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>中</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>'
    )
