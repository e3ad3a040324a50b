"""Tables are read in whatever shape they come: each cell has the figure that was put in, and nothing is found."""

from decimal import Decimal
from pathlib import Path

import pytest
from nianbao.report.issuer import LEVELS
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import compliant
from rendering.grids import content
from rendering.shapes import SHAPES, Shape
from sizes import sized

FORMS = ("2021", "2019")


@sized(reports=(2, 24))
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.notation}, in {shape.file}")
def test_a_table_in_any_shape_is_read_whole(tmp_path: Path, shape: Shape, reports: int) -> None:
    for seed in range(reports):
        draft = compliant(FORMS[seed % 2], LEVELS[seed % len(LEVELS)], seed)
        blocks = content(draft)
        assert blocks is not None
        path = tmp_path / f"{seed}{shape.suffix}"
        path.write_bytes(shape.write(blocks))
        verdict = linter(Settings()).check(Input(str(path))).verdict
        assert verdict is not None
        tables = verdict.report.tables.values()
        read = {cell.address: cell.value for table in tables for cell in table.cells}
        assert read == {address: Decimal(figure) for address, figure in draft.cells.items()}
        assert [d for d in verdict.diagnostics if d.severity.value != "info"] == []
