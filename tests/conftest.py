"""What every test may ask for: the plugins as installed, their rules and forms."""

import importlib.util
import os
import tempfile
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, settings
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.testing import official_forms
from offices import Office, opened
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# How long an example takes says how busy the machine is; that a fault finds no occasion in a report is usual.
settings.register_profile(
    "nianbao", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.load_profile("nianbao")


# Plugin files that tests write are their own; tests/cli/test_trust.py is about others.
os.environ["NIANBAO_TRUST"] = "1"
# No test finds results that others have kept: of each process, and those that it starts, there is a folder.
_CACHE = tempfile.TemporaryDirectory(prefix="nianbao-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name


# Files and tests that share what takes seconds to make, each by a name for that: they run in one worker.
TOGETHER = {
    "tests/readers/test_hostile_batch.py": "hostile files",
    "tests/readers/test_pdf.py::test_a_report_that_libreoffice_writes_reads_as_it_was_written": "printed reports",
    "tests/plugins/test_installed_plugin.py": "office",
    "tests/page/test_engine.py": "page",
    "tests/page/test_kinds_in_node.py": "page",
    "tests/test_install.py": "rooms",
    "tests/test_conformance.py": "conformance",
    "tests/page/test_page_in_chromium.py": "page in Chromium",
    "tests/test_packaging.py": "distributions",
    "tests/test_published_docx.py": "published reports",
    "tests/rules/test_rules.py::test_every_sentence_is_said_in_some_case": "sentences",
    "tests/test_reviewer_page.py": "january",
    "tests/test_site.py": "site",
    "tests/test_tutorial.py": "office",
    "tests/test_vscode.py": "extension",
}


class _Scheduling(LoadScopeScheduling):
    """Any test goes to any worker, but for those that share something.

    The mark xdist_group would say as much; pytest-xdist 3.8 does not see it under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, test = nodeid.partition("::")[0], nodeid.partition("[")[0]
        return TOGETHER.get(file) or TOGETHER.get(test, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return _Scheduling(config, log)


@pytest.fixture(scope="session")
def all_rules() -> Sequence[Rule]:
    """Every rule that an installed plugin adds, those off by default among them."""
    return load().rules


@pytest.fixture(scope="session")
def rules(all_rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rules that run by default."""
    return [rule for rule in all_rules if rule.enabled]


@pytest.fixture(scope="session")
def forms() -> Sequence[Form]:
    return official_forms()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An environment with nianbao in it, to install plugins into; built once, so tests say what they want in it."""
    for needed in ("hatchling", "pip"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed, so nothing can be built or installed here")
    return opened(tmp_path_factory.mktemp("environment"))
