"""The documents of an OFD and their pages, each with the templates it is drawn on."""

from collections.abc import Iterable, Iterator

from nianbao_grammar import patterns as re

from nianbao.readers import limits
from nianbao.readers.drawn.page import Page
from nianbao.readers.drawn.reading import PAGES
from nianbao.readers.ofd.content import Budget, Drawing
from nianbao.readers.ofd.elements import DAMAGED, Element
from nianbao.readers.ofd.package import ROOT, Package
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

_SIGNED = Text(
    "OFD 带有电子签章，没有核验签章是否有效；改动原稿后要重新导出、重新签章",
    "the OFD is signed; whether the signature holds was not checked, and what is exported again must be signed again",
)
_ATTACHED = Text(
    "OFD 带有附件（{names}），没有读；要检查附件，先把它另存出来",
    "the OFD has attachments ({names}) that were not read; save them as files to check them",
)
_REPORT = re.compile(
    r"\b(?:docx?|wps|rtf|pdf|ofd|html?|txt)\b", re.IGNORECASE
)  # kinds that a report comes in
_MOST_NAMED, _LONGEST = 5, 30  # attachments, and characters of their names
_A4 = (210.0, 297.0)  # millimetres
_RESOURCES = (("CommonData", "PublicRes"), ("CommonData", "DocumentRes"))
_UNIT = ("CompositeGraphicUnits", "CompositeGraphicUnit")


def pages(package: Package) -> Iterator[Page]:
    """Yield the pages of an OFD, those of its documents one after the other. Raises UnreadableError."""
    bodies = package.part(ROOT).every("DocBody", "DocRoot")
    documents = [_Document(package, package.find(ROOT, body.text)) for body in bodies]
    if not documents:
        raise UnreadableError(DAMAGED.fill(part=ROOT))
    count = sum(len(document.pages) for document in documents)
    if count > limits.OFD_PAGES:
        raise UnreadableError(PAGES.fill(kind="OFD", count=count, most=limits.OFD_PAGES))
    budget, number = Budget(), 0
    for document in documents:
        for page in document.pages:
            number += 1
            yield document.drawn(page, number, budget)


def remarks(package: Package) -> Iterator[Text]:
    """Yield what a reader of the pages of an OFD should know of it. Raises UnreadableError if they cannot be read."""
    root = package.part(ROOT)
    if any(_listed(package, each, "Signature") for each in root.every("DocBody", "Signatures")):
        yield _SIGNED
    for body in root.every("DocBody", "DocRoot"):
        document = package.part(package.find(ROOT, body.text))
        attached = [
            (each.get("Name") or each.get("ID"))[:_LONGEST]
            for list_ in document.every("Attachments")
            for each in _listed(package, list_, "Attachment")
            if _REPORT.search(f"{each.get('Name')} {each.get('Format')} {_location(each)}")
        ]
        if attached:
            yield _ATTACHED.fill(names="、".join(attached[:_MOST_NAMED]))


def _location(attachment: Element) -> str:
    place = attachment.first("FileLoc")
    return place.text if place is not None else ""


def _listed(package: Package, element: Element, name: str) -> list[Element]:
    """Return the elements *name* of the list that *element* is the location of; none of one that cannot be read."""
    try:
        return list(package.part(package.find(element.part, element.text)).every(name))
    except UnreadableError:
        return []


class _Document:
    """One document of an OFD."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._root = package.part(name)
        self._templates = {each.get("ID"): each for each in self._root.every("CommonData", "TemplatePage")}
        self._read: dict[str, Element] = {}  # templates by the names of their parts
        self._shared: dict[str, Element] | None = None  # composites of the document
        self._own: dict[str, dict[str, Element]] = {}  # those of the last page that has any
        self.pages = [self._named(page, page.get("BaseLoc")) for page in self._root.every("Pages", "Page")]

    def drawn(self, name: str, number: int, budget: Budget) -> Page:
        """Return the page in the part *name* with what is drawn on it and on its templates."""
        page = self._package.part(name)
        behind: list[Element] = []
        before: list[Element] = []
        for use in page.every("Template"):
            template = self._templates.get(use.get("TemplateID"))
            if template is not None:
                order = use.get("ZOrder") or template.get("ZOrder")
                (before if order == "Foreground" else behind).append(self._template(template))
        layers = (*behind, page, *before)
        drawing = Drawing(budget, lambda unit: self._unit(unit, page))
        for layer in layers:
            for content in layer.every("Content"):
                drawing.draw(content)
        return drawing.page(number, *self._size((page, *behind, *before)))

    def _template(self, template: Element) -> Element:
        name = self._named(template, template.get("BaseLoc"))
        if name not in self._read:
            self._read[name] = self._package.part(name)
        return self._read[name]

    def _unit(self, identifier: str, page: Element) -> Element | None:
        """Return the composite of that *identifier*, of the document or of *page* alone; None for none.

        Resources are read when a composite asks for them: most have fonts and pictures only.
        """
        if self._shared is None:
            self._shared = self._units(each for path in _RESOURCES for each in self._root.every(*path))
        if identifier in self._shared:
            return self._shared[identifier]
        own = page.part
        if own not in self._own:
            self._own = {own: self._units(page.every("PageRes"))}
        return self._own[own].get(identifier)

    def _units(self, resources: Iterable[Element]) -> dict[str, Element]:
        parts = (self._package.part(self._named(each, each.text)) for each in resources)
        return {unit.get("ID"): unit for part in parts for unit in part.every(*_UNIT)}

    def _size(self, layers: Iterable[Element]) -> tuple[float, float]:
        """Return width and height of a page in millimetres: as it, a template or the document says."""
        boxes = [layer.first("Area", "PhysicalBox") for layer in layers]
        for box in (*boxes, self._root.first("CommonData", "PageArea", "PhysicalBox")):
            sides = box.numbers(box.text.split()) if box is not None else []
            if len(sides) == 4 and min(sides[2:]) > 0:
                return sides[2], sides[3]
        return _A4

    def _named(self, element: Element, location: str) -> str:
        return self._package.find(element.part, location)
