"""The house rules that no linter holds: sizes, names, layers, what may not be in a file, what `--help` loads."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
PACKAGE = sorted(ROOT.glob("escalation/**/*.py"))
SOURCES = [*PACKAGE, *sorted(ROOT.glob("tests/**/*.py"))]

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NOTHING_SAID = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "service", "misc"}

# One letter of each is in brackets, so that this file does not hold what it looks for.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X])\b")
MACHINES = re.compile(
    r"/wor[k]/|/roo[t]/|/far[m]/|/home/[a-z]+[/]|bash_job[s]"
    r"|files\.pythonhoste[d]|https?://[^\s\"']*/simpl[e]\b|registry\.npmj[s]|index-ur[l]|find-link[s]"
)
LOADED_LATE = ("numpy", "transitions", "pydantic", "starlette", "uvicorn", "rich")
LIST_LOADED = "\n".join(
    (
        "import sys, atexit",
        f"atexit.register(lambda: print('LOADED', *(name for name in {LOADED_LATE} if name in sys.modules)))",
    )
)
HELP = "sys.argv = ['escalation', '--help']\nfrom escalation.cli import main\nmain()"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_lines(source: str) -> set[int]:
    """Number the lines that hold code: no blank lines, comments or docstrings."""
    nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    held = {number for token in tokens if token.type not in nothing for number in _lines(token.start[0], token.end[0])}
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Module(body=[ast.Expr(value=ast.Constant(value=str())) as words, *_])
                | ast.ClassDef(body=[ast.Expr(value=ast.Constant(value=str())) as words, *_])
                | ast.FunctionDef(body=[ast.Expr(value=ast.Constant(value=str())) as words, *_])
                | ast.AsyncFunctionDef(body=[ast.Expr(value=ast.Constant(value=str())) as words, *_])
            ):
                held -= set(_lines(words.lineno, words.end_lineno))
    return held


def _lines(first: int, last: int | None) -> range:
    return range(first, (last or first) + 1)


def long_functions(source: str) -> list[str]:
    """Name the functions with more lines of code than is allowed, their signature included."""
    held = code_lines(source)
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    sizes = {node.name: len(held.intersection(_lines(node.lineno, node.end_lineno))) for node in functions}
    return [f"{name}: {size} lines" for name, size in sizes.items() if size > LONGEST_FUNCTION]


def tracked() -> dict[str, str]:
    """Give the text of every file that is, or would be, committed."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    assert "pyproject.toml" in names
    return {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in names}


def test_lines_of_code_leave_out_blank_lines_comments_and_docstrings() -> None:
    source = '"""Words,\nmore."""\n\n# why\ndef one(\n    a: int,\n) -> str:\n    """Words."""\n'
    source += '    return """two\nlines"""\n'
    assert code_lines(source) == {5, 6, 7, 9, 10}


def test_a_function_that_is_too_long_is_found() -> None:
    lines = "".join(f"    a{number} = {number}\n" for number in range(LONGEST_FUNCTION))
    assert long_functions(f"def short():\n    pass\n\nasync def long():\n    '''Words.'''\n{lines}") == [
        "long: 41 lines"
    ]


def test_files_can_be_read_at_a_sitting() -> None:
    sizes = {named(path): len(code_lines(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_functions_can_be_read_at_a_glance() -> None:
    found = {named(path): long_functions(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_modules_are_named_after_what_they_hold() -> None:
    names = {path: {path.stem.strip("_"), path.parent.name} for path in SOURCES}
    assert [named(path) for path, words in names.items() if words & NOTHING_SAID] == []


def test_nothing_in_the_package_is_marked_as_unfinished() -> None:
    assert [named(path) for path in PACKAGE if UNFINISHED.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = {name: MACHINES.findall(text) for name, text in tracked().items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("text", ["cd /w~ork/main", "https://pypi.org/sim~ple/click", "--index-u~rl", "/ro~ot/.cache"])
def test_machines_and_registries_are_recognised(text: str) -> None:
    assert MACHINES.search(text.replace("~", ""))


def cycle(package: str) -> list[str]:
    """Give modules that import each other in a circle; none is what is wanted."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert cycle("escalation") == []


def test_a_circle_of_imports_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roundabout").mkdir()
    for name, text in {"__init__": "", "one": "import roundabout.two", "two": "from roundabout import one"}.items():
        (tmp_path / "roundabout" / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert set(cycle("roundabout")) == {"roundabout.one", "roundabout.two"}


def lint_imports(folder: Path, planted: dict[str, str]) -> tuple[int, str]:
    """Run import-linter on a copy of the package into which modules are planted."""
    shutil.copytree(ROOT / "escalation", folder / "escalation", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for module, text in planted.items():
        path = folder / f"{module.replace('.', '/')}.py"
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(f"{text}\n", encoding="utf-8")
    done = subprocess.run(
        (TOOLS / "lint-imports", "--no-logo", "--no-cache"),
        cwd=folder,
        env={"PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


LAWFUL = {
    "escalation.cli.planted": "import click, rich\nfrom escalation import errors, whatif",
    "escalation.documents.planted": "import docx, jinja2, matplotlib, typst",
    "escalation.instruments.planted": "import pydantic",
    "escalation.register.planted": "import sqlite3, sqlalchemy",
    "escalation.web.planted": "import starlette.routing, uvicorn\nfrom escalation.reports import planted",
    "escalation.whatif.planted": "import numpy as np\nfrom escalation import evaluation",
    "escalation.reports.planted": "import rich.table\nfrom escalation import documents",
}
UNLAWFUL = {
    "escalation.unlisted": "",
    "escalation.observations.planted": "import escalation.evaluation, pydantic, duckdb, sqlite3",
    "escalation.policy.planted": "def late() -> None:\n    import click, rich.table, epiweeks, openpyxl, yaml",
    "escalation.evaluation.planted": "import numpy as np\nfrom transitions import Machine",
    "escalation.reports.planted": "from jinja2 import Template\nfrom defusedxml import ElementTree",
    "escalation.web.planted": "import sqlite3\nimport escalation.cli",
    "escalation.cli.planted": "import starlette.routing",
}


def test_lawful_imports_keep_every_contract(tmp_path: Path) -> None:
    status, output = lint_imports(tmp_path, LAWFUL)
    assert status == 0, output


@pytest.fixture(scope="module")
def breaches(tmp_path_factory: pytest.TempPathFactory) -> str:
    status, output = lint_imports(tmp_path_factory.mktemp("unlawful"), UNLAWFUL)
    assert status == 1
    return output


@pytest.mark.parametrize(
    "breach",
    [
        "- escalation.unlisted",
        "escalation.observations is not allowed to import escalation.evaluation:",
        "escalation.web is not allowed to import escalation.cli:",
        "escalation.policy.planted -> click (l.2)",
        "escalation.policy.planted -> rich (l.2)",
        "escalation.policy.planted -> epiweeks (l.2)",
        "escalation.policy.planted -> openpyxl (l.2)",
        "escalation.policy.planted -> yaml (l.2)",
        "escalation.observations.planted -> pydantic (l.1)",
        "escalation.observations.planted -> duckdb (l.1)",
        "escalation.observations.planted -> sqlite3 (l.1)",
        "escalation.evaluation.planted -> numpy (l.1)",
        "escalation.evaluation.planted -> transitions (l.2)",
        "escalation.reports.planted -> jinja2 (l.1)",
        "escalation.reports.planted -> defusedxml (l.2)",
        "escalation.web.planted -> sqlite3 (l.1)",
        "escalation.cli.planted -> starlette (l.1)",
    ],
)
def test_an_unlawful_import_breaks_its_contract(breach: str, breaches: str) -> None:
    assert breach in breaches


def loaded(program: str) -> list[str]:
    """Run a program and list which of the libraries that `--help` must not wait for it has loaded."""
    command = (sys.executable, "-c", f"{LIST_LOADED}\n{program}")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()[1:]


def test_help_does_not_wait_for_the_libraries_it_does_not_need() -> None:
    assert loaded(HELP) == []


def test_a_library_that_is_loaded_is_seen() -> None:
    assert loaded("import numpy") == ["numpy"]


def test_the_readme_and_ci_run_the_gate_by_the_same_line() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    lines = [line for line in script if line and not line.startswith(("#", "set ", "cd "))]
    shown = re.findall(
        r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(lines) == 1
    assert lines[0] in [line for block in shown for line in block.splitlines()]
