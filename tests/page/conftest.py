"""The page as it is built, and its engine in Node.

NIANBAO_PAGE is the path of the built page, whose parts are beside it: `npm --prefix linter/page run build`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from needs import left_out, program
from page.engine import Engine


@pytest.fixture(scope="session")
def built() -> Path:
    """The built page."""
    path = os.environ.get("NIANBAO_PAGE", "")
    if not os.path.isfile(path):
        left_out("NIANBAO_PAGE names no built page")
    return Path(path)


@pytest.fixture(scope="session")
def _engine(built: Path) -> Iterator[Engine]:
    with Engine(program("node"), built.parent) as engine:
        yield engine


@pytest.fixture
def engine(_engine: Engine) -> Engine:
    """The engine of the page, with nothing open."""
    _engine.close_all()
    return _engine
