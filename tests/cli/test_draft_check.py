"""`draft --check`: what on file is not what policy and data give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]


def test_a_paper_on_file_that_is_no_longer_what_the_data_give_fails_the_check(run: Run, folder: Path) -> None:
    arguments = ("draft", "reservoir", "--out", "papers", "--format", "md", "--lang", "en")
    assert run(*arguments, "--check").exit_code == 1
    assert not (folder / "papers").exists()
    run(*arguments)
    assert run(*arguments, "--check").exit_code == 0
    data = folder / "reservoir" / "observations.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("38.5", "38.4"), encoding="utf-8")
    result = run(*arguments, "--check")
    assert result.exit_code == 1
    assert "not what policy and data give" in result.stdout


def test_a_check_says_where_a_paper_begins_to_differ(run: Run, folder: Path) -> None:
    arguments = ("draft", "reservoir", "--out", "papers", "--format", "md", "--region", "North", "--lang")
    run(*arguments, "id")
    (file,) = (folder / "papers").iterdir()
    (folder / "papers" / "NOTES.md").write_text("Read first.", encoding="utf-8")
    name = f"papers/{file.name}"
    assert run(*arguments, "en", "--check").stdout == (
        f"{name}:1: not what policy and data give: on file `# Telaahan staf: Waduk`, now `# Decision memo: Reservoir`\n"
    )
    file.write_bytes(file.read_bytes() + b"added\n")
    assert "di berkas `added`, seharusnya ``" in run(*arguments, "id", "--check").stdout
    run(*arguments, "id")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert "hanya akhir barisnya berbeda" in run(*arguments, "id", "--check").stdout
    file.unlink()
    assert run(*arguments, "id", "--check").stdout == f"{name}: belum ada di folder\n"
    file.mkdir()
    assert run(*arguments, "id", "--check").exit_code == 1


def drafted(project: Path) -> tuple[str, ...]:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    return ("draft", str(policy), *data, "--out", "papers", "--format", "md")


def test_a_paper_on_file_that_is_no_longer_given_fails_the_check(run: Run, project: Path) -> None:
    written = [Path(line) for line in run(*drafted(project)).stdout.splitlines()]
    names = {one.name.partition("-")[0] for one in written}
    assert names == {"study", "instrument", "calendar"}
    assert run(*drafted(project), "--check").exit_code == 0
    moved = ("--stage", "perda", "--since", "2021-W40", "--check")
    result = run(*drafted(project), *moved)
    assert result.exit_code == 1
    gone = [line for line in result.stdout.splitlines() if "tidak menghasilkan naskah ini" in line]
    assert [Path(line.partition(":")[0]).name.partition("-")[0] for line in gone] == [
        "instrument",
        "calendar",
        "calendar",
    ]
    assert run(*drafted(project), "--paper", "instrument", *moved).exit_code == 1
