"""The extension for VS Code is built from a clean copy: what is in it, what is not, and what it says in two languages."""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from needs import program
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.server import SECTION
from nianbao.lsp.types import FIX_ALL, SHOW

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "linter" / "vscode"
MADE = shutil.ignore_patterns("node_modules", "dist", "*.vsix", "LICENSE")
NAMES = ("package.nls.json", "package.nls.zh-cn.json")
MOST = 200_000  # bytes
# What a client of a language server uses of node. Nothing that could call a host by its name is among it:
# `net` is for pipes on this machine.
NODE = ("child_process", "crypto", "fs", "net", "os", "path", "url", "util")


def _read(name: str) -> Any:
    return json.loads((EXTENSION / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """Return the extension as `npm run package` makes it of a copy of its sources."""
    npm = program("npm")
    root = tmp_path_factory.mktemp("extension")
    folder = root / "linter" / "vscode"
    shutil.copytree(EXTENSION, folder, ignore=MADE)
    shutil.copy(ROOT / "LICENSE", root)
    for command in (("ci", "--no-audit", "--no-fund"), ("run", "package")):
        done = subprocess.run([npm, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.vsix")
    assert made.stat().st_size < MOST
    with zipfile.ZipFile(made) as opened:
        yield opened


@pytest.mark.slow
def test_it_holds_the_bundle_what_is_shown_of_it_and_nothing_else(package: zipfile.ZipFile) -> None:
    assert sorted(package.namelist()) == [
        "[Content_Types].xml",
        "extension.vsixmanifest",
        "extension/LICENSE.txt",
        "extension/dist/extension.js",
        "extension/package.json",
        "extension/package.nls.json",
        "extension/package.nls.zh-cn.json",
        "extension/readme.md",
    ]


@pytest.mark.slow
def test_the_bundle_asks_for_nothing_but_the_editor_and_node(package: zipfile.ZipFile) -> None:
    bundle = package.read("extension/dist/extension.js").decode("utf-8")
    asked = set(re.findall(r"""\brequire\((?:"|')(.+?)(?:"|')\)""", bundle))
    assert "vscode" in asked
    assert "child_process" in {name.removeprefix("node:") for name in asked}
    assert asked <= {"vscode"} | {f"{node}{name}" for node in ("", "node:") for name in NODE}


@pytest.mark.slow
def test_no_address_of_the_network_is_in_the_bundle(package: zipfile.ZipFile) -> None:
    bundle = package.read("extension/dist/extension.js").decode("utf-8")
    assert re.findall(r"\b(?:https?|wss?)://[\w.-]+", bundle) == []
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|appInsights", bundle)


# -- what is in package.json ---------------------------------------------------------------------


def test_the_locked_packages_name_no_registry() -> None:
    lock = (EXTENSION / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_every_word_for_a_person_is_in_both_languages() -> None:
    used = set(re.findall(r'"%([\w.]+)%"', (EXTENSION / "package.json").read_text(encoding="utf-8")))
    english, chinese = (_read(name) for name in NAMES)
    assert used == set(english) == set(chinese)
    assert all(re.search("[一-鿿]", words) for words in chinese.values())


def test_its_settings_are_what_the_server_takes() -> None:
    settings = _read("package.json")["contributes"]["configuration"]["properties"]
    assert all(name.startswith(f"{SECTION}.") for name in settings)
    own = {"command", "language", "trace.server"}  # read when the server starts, or by the client
    defaults = {name.removeprefix(f"{SECTION}."): setting["default"] for name, setting in settings.items()}
    assert Preferences().updated(defaults) == Preferences()
    assert set(defaults) - own <= set(Preferences._fields)
    for word in settings[f"{SECTION}.check"]["enum"]:
        assert Preferences().updated({"check": word}).check == word


@pytest.mark.parametrize("page", ["editor.md", "editor.zh-CN.md"])
def test_the_page_on_editors_lists_its_settings_and_commands(page: str) -> None:
    contributed = _read("package.json")["contributes"]
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert re.findall(r"^\| `(nianbao\.[\w.]+)` \|", text, re.MULTILINE) == [
        *contributed["configuration"]["properties"]
    ]
    words = _read(NAMES[page.endswith("zh-CN.md")])
    assert all(words[one["title"].strip("%")] in text for one in contributed["commands"])


def _sources() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((EXTENSION / "src").glob("*.ts")))


@pytest.mark.parametrize("name", [FIX_ALL, SHOW])
def test_it_calls_what_the_server_offers_by_its_name(name: str) -> None:
    assert f'"{name}"' in _sources()


def test_every_command_on_the_palette_is_there() -> None:
    commands = [one["command"] for one in _read("package.json")["contributes"]["commands"]]
    assert commands == ["nianbao.fixAll", "nianbao.restart", "nianbao.showOutput"]
    assert all(f'registerCommand("{name}"' in _sources() for name in commands)


def test_the_version_is_that_of_the_program() -> None:
    import nianbao

    lock = _read("package-lock.json")
    for said in (_read("package.json"), lock, lock["packages"][""]):
        assert said["version"] == nianbao.__version__


@pytest.mark.parametrize("page", ["editor.md", "editor.zh-CN.md"])
def test_the_page_on_editors_installs_the_version_that_is_built(page: str) -> None:
    import nianbao

    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert re.findall(r"nianbao-([\d.]+)\.vsix", text) == [nianbao.__version__]
