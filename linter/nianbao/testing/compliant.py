"""Compliant reports by form, level and seed."""

from collections.abc import Mapping
from functools import cache
from random import Random

from nianbao.report.form import Form, load_forms
from nianbao.report.issuer import Level
from nianbao.testing import compliant_prose as prose
from nianbao.testing.compliant_figures import compliant_figures
from nianbao.testing.draft import Draft, DraftSection, Notation

_LAST_YEARS = {"2019": 2, "2021": 5}  # the number of years of each form to draw from
_STYLES = 10
_PLAIN = 30  # seeds below it have no layout but the plain one
_IDLE = {"township": 3, "bureau": 4}  # of so many seeds one has no application and no case


@cache
def official_forms() -> tuple[Form, ...]:
    """Return the official forms."""
    from nianbao_grammar import official_forms

    return load_forms(official_forms())


def compliant(
    form: str = "2021",
    level: Level = "county",
    seed: int = 0,
    notation: Notation = "tabs",
    year: int | None = None,
    organ: str = "",
    cells: Mapping[str, str] | None = None,
) -> Draft:
    """Return a report that breaks no rule, the same for the same arguments.

    The *seed* picks the words and figures. The report is on *year*, by default on 2021 + seed % 5 (2019 +
    seed % 2 on the older form); with an odd seed the preamble lists the sections; seeds 0 to 9 head the five
    aspects “主动公开方面”, the next ten “主动公开”, the next “主动公开情况”; and every third township (fourth
    bureau) had no application at all. From seed 30 on the layout varies too: a preamble under the first
    heading, a contact, a date under the title, a signature. *notation* changes the way the tables are written,
    nothing else. *organ* is the name of the organ, if not one of those there are for the level, and *cells* are the
    figures, if not drawn: the prose says what they say. Raises ValueError for a form other than 2019 and 2021.
    """
    official = next((known for known in official_forms() if known.name == form), None)
    if official is None or form not in _LAST_YEARS:
        raise ValueError(f"no compliant report is written on form {form}, only on {', '.join(_LAST_YEARS)}")
    year = year or official.first_year + seed % _LAST_YEARS[form]

    def rng(part: str) -> Random:  # one for each part, so that a word more in one leaves the others alone
        return Random(f"{form}/{level}/{seed}/{part}")

    organ = organ or rng("organ").choice(prose.ORGANS[level])
    every = _IDLE.get(level)
    idle = every is not None and seed % every == every - 1
    cells = compliant_figures(official, level, rng("figures"), idle=idle) if cells is None else dict(cells)
    facts = prose.Facts(official, level, organ, organ.endswith("人民政府"), year, cells)
    paragraphs, aspects = prose.overview(facts, rng("overview"), seed // _STYLES)
    texts = {
        "overview": paragraphs,
        "problems": prose.problems(facts, rng("problems")),
        "other": prose.other(facts, rng("other")),
    }
    sections = [
        DraftSection(
            section.key,
            section.title,
            texts.get(section.key) or prose.introduction(facts, rng(section.key), section.key),
            aspects if section.key == "overview" else [],
            [table.key for table in official.tables if table.section == section.key],
        )
        for section in official.sections
    ]
    draft = Draft(
        form=official,
        level=level,
        organ=organ,
        year=year,
        title=prose.title(facts, rng("title")),
        preamble=prose.preamble(facts, rng("preamble"), contents=seed % 2 == 1),
        sections=sections,
        cells=cells,
        notation=notation,
    )
    if seed >= _PLAIN:
        _lay_out(draft, rng("layout"))
    return draft


def _lay_out(draft: Draft, rng: Random) -> None:
    draft.inside = rng.random() < 0.3
    published = f"{draft.year + 1}年1月{rng.randint(8, 28)}日"
    if rng.random() < 0.2:
        draft.dateline = f"（{published}）"
    elif rng.random() < 0.3:
        draft.closing = [draft.organ, published]
    if rng.random() < 0.3:
        draft.preamble["contact"] = rng.choice(prose.CONTACTS)
