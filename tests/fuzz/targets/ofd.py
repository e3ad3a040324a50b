"""An OFD: any bytes are laid out as a report or refused with a reason, and nothing is drawn beyond the limits."""

from collections.abc import Iterator
from random import Random

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, elements, listed, pieces, zipped
from tests.fuzz.target import Target

_NAMES = (
    *listed("ofd:Layer ofd:PageBlock ofd:Content ofd:Area ofd:CGTransform ofd:CommonData ofd:DocBody ofd:TextObject ofd:Attachments"),
    'ofd:TextObject Size="4" Boundary="20 30 9 9" HScale="0.5"', 'ofd:TextObject Size="4" CTM="0 1 -1 0 0 0"', 'ofd:TextCode X="0" Y="4" DeltaX="g 3 4"',
    'ofd:PathObject Boundary="0 0 9 9" Fill="true" Stroke="false"', 'ofd:ImageObject Boundary="0 0 210 297"', 'ofd:CompositeObject ResourceID="7" CTM="1 0 0 1 9 9"',
    'ofd:Template TemplateID="1" ZOrder="Foreground"', 'ofd:Page ID="1" BaseLoc="P1.xml"', 'ofd:TemplatePage ID="1" BaseLoc="/D/P0.xml"', 'ofd:CompositeGraphicUnit ID="7"',
    'ofd:PageBlock Visible="false"', 'ofd:PageBlock Alpha="0"', 'ofd:Attachment Name="a.docx"', 'ofd:Signature ID="1"',
)  # fmt: skip
_VALUES = (
    *listed("M L S Q B A C g nan inf -0.0 1e999 1e300 0.0001 -3 0 595 842 true false 0.3528 Background Foreground ../ / \\ ofd:"),
    "M 0 0 L 50 0 L 50 0.35 L 0 0.35 C", "0 1 -1 0 0 0", "0.7 0.7 -0.7 0.7 0 0", "g 1000000000 5", "0 0 210 297", "<![CDATA[公]]>", "&b;", "UTF-16",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "</ofd:Layer>",
)  # fmt: skip
_BLOCKS = 12


def run(data: bytes) -> object:
    """Return the text of *data*, or the reason that it was refused with."""
    from nianbao.readers.ofd import read_ofd

    return held.reading(read_ofd, data, "报告.ofd")


def _seeds() -> Iterator[bytes]:
    from nianbao.testing import compliant
    from rendering import content
    from rendering.ofd import document, ofd

    blocks = content(compliant("2021", "township", 3))
    assert blocks is not None
    yield from (ofd(blocks[:_BLOCKS], Random(seed)) for seed in (1, 2, 3))
    unit = '<CompositeGraphicUnit ID="7"><Content><PathObject Boundary="0 0 9 9"><AbbreviatedData>M 0 0 B 1 1 2 2 50 0 Q 1 1 0 0 A 5 5 0 0 1 50 0 C</AbbreviatedData></PathObject></Content></CompositeGraphicUnit>'
    yield document(
        '<PageBlock><CompositeObject ResourceID="7" Boundary="9 9 9 9"/></PageBlock><TextObject Size="5" Boundary="20 30 90 9"><TextCode X="0" Y="9" DeltaX="g 2 5 -10" DeltaY="0 0 9">公开办理</TextCode></TextObject>',
        '<ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/><TextObject Size="5" Alpha="0"><TextCode X="0" Y="9">公开</TextCode></TextObject>',
        common='<PublicRes>R.xml</PublicRes><TemplatePage ID="1" BaseLoc="P1.xml"/>',
        beside="<Attachments>A.xml</Attachments>",
        body="<Signatures>D/S.xml</Signatures>",
        more={
            "D/R.xml": f"<Res><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></Res>",
            "D/A.xml": '<Attachments><Attachment Name="年报.docx"><FileLoc>a</FileLoc></Attachment></Attachments>',
            "D/S.xml": '<Signatures><Signature ID="1"/></Signatures>',
        },
    )


_TEXT = pieces(r"<[^>]*>|[-\d.]+|[^<\s]+|\s+|<", (*_VALUES, *seeds.labels()))
_XML = elements(_NAMES, _TEXT)
TARGET = Target(run, _seeds, zipped(either(_XML, _XML, _XML, _TEXT)))
