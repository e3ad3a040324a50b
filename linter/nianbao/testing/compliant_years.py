"""A compliant report that follows from a compliant one of the year before."""

from collections.abc import Iterator
from random import Random

from nianbao_grammar import patterns as re

from nianbao.testing.compliant import compliant, official_forms
from nianbao.testing.compliant_figures import compliant_figures
from nianbao.testing.draft import Draft

_APPLICANTS = ("natural_person", "business", "research", "welfare", "legal_services", "other")
_TRIES = 60
_FIRST = 1000  # seeds from here on are those of second years


def next_year(last: Draft, seed: int = 0) -> Draft:
    """Return a compliant report of the organ of *last* on the year after, the same for the same arguments.

    What was carried out of *last* is carried in, documents in force and items follow from its figures, and the overview
    and the problems have as few sentences of *last* as can be.
    """
    year = last.year + 1
    form = next(form for form in official_forms() if form.tables and form.covers(year))
    rng = Random(f"{last.organ}/{year}/{seed}")
    cells = compliant_figures(form, last.level, rng, idle=False)
    _carry_over(cells, last.cells)
    if form.name == last.form.name:
        (_in_force if form.name == "2021" else _items)(cells, last.cells)
    said = frozenset(_sentences(last))
    drafts = (
        compliant(form.name, last.level, further, last.notation, year, organ=last.organ, cells=cells)
        for further in range(_FIRST + _TRIES * seed, _FIRST + _TRIES * (seed + 1))
    )
    return min(drafts, key=lambda draft: sum(map(len, said.intersection(_sentences(draft)))))


def _carry_over(cells: dict[str, str], last: dict[str, str]) -> None:
    """Let what *last* carried out be carried in; what is then too little to do is made up by what came in."""
    for applicant in _APPLICANTS:
        carried = int(last[f"applications/carried_out/{applicant}"])
        closed, pending = (int(cells[f"applications/{row}/{applicant}"]) for row in ("total", "carried_out"))
        lacking = max(0, carried - closed - pending)
        for row, value in (
            ("granted", int(cells[f"applications/granted/{applicant}"]) + lacking),
            ("total", closed + lacking),
            ("carried_in", carried),
            ("received", closed + lacking + pending - carried),
        ):
            cells[f"applications/{row}/{applicant}"] = str(value)
    for row in ("granted", "total", "carried_in", "received"):
        total = sum(int(cells[f"applications/{row}/{applicant}"]) for applicant in _APPLICANTS)
        cells[f"applications/{row}/total"] = str(total)


def _in_force(cells: dict[str, str], last: dict[str, str]) -> None:
    for row in ("rules", "normative_documents"):
        before, issued, repealed = (
            int(from_[f"regulations/{row}/{column}"])
            for from_, column in ((last, "in_force"), (cells, "issued"), (cells, "repealed"))
        )
        repealed = min(repealed, before + issued)
        cells[f"regulations/{row}/repealed"] = str(repealed)
        cells[f"regulations/{row}/in_force"] = str(before + issued - repealed)


def _items(cells: dict[str, str], last: dict[str, str]) -> None:
    for row in (
        *("permits/permits", "permits/services", "penalties/penalties"),
        *("penalties/coercion", "charges/charges"),
    ):
        items = int(last[f"{row}/previous"]) + int(last[f"{row}/change"])
        change = max(int(cells[f"{row}/change"]), -(items // 2))
        cells[f"{row}/previous"], cells[f"{row}/change"] = str(items), str(change)
        if items + change == 0 and f"{row}/decisions" in cells:
            cells[f"{row}/decisions"] = "0"


def _sentences(draft: Draft) -> Iterator[str]:
    """Yield the sentences of the overview and on problems of *draft*, without years, figures and the organ."""
    overview, problems = draft.section("overview"), draft.section("problems")
    texts = (*overview.paragraphs, *(text for _, text in overview.subsections), *problems.paragraphs)
    for text in texts:
        for sentence in re.split("[。；]", text.replace(draft.organ, "")):
            plain = re.sub(r"[\d一二三四五六七八九十]+", "", sentence)
            if plain and not re.search("未|没有|《", plain):
                yield plain
