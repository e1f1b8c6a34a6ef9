"""Writing a file or a folder whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from escalation.errors import RequestError
from escalation.writing import whole_folder, write_file


def test_an_interrupted_write_leaves_the_file_as_it_was_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = tmp_path / "memo.md"
    goal.write_text("before", encoding="utf-8")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(goal, "after")
    assert [path.name for path in tmp_path.iterdir()] == ["memo.md"]
    assert goal.read_text(encoding="utf-8") == "before"


def test_a_file_that_cannot_be_written_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written"):
        write_file(tmp_path / "absent" / "memo.md", "text")


def test_a_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_file(tmp_path / "new.md", "text")
        (tmp_path / "old.md").touch()
        (tmp_path / "old.md").chmod(0o664)
        write_file(tmp_path / "old.md", "text")
    finally:
        os.umask(before)
    assert [oct((tmp_path / name).stat().st_mode & 0o777) for name in ("new.md", "old.md")] == ["0o600", "0o664"]


def test_a_place_that_is_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for goal in (".", "/", tmp_path):
        with pytest.raises(RequestError, match="cannot be written"):
            write_file(goal, "text")
    assert [*tmp_path.iterdir()] == []


def test_a_folder_is_there_when_all_in_it_is_written(tmp_path: Path) -> None:
    goal = tmp_path / "report"
    for text in ("first", "second"):
        with whole_folder(goal) as beside:
            assert [*beside.iterdir()] == []
            (beside / "page").write_text(text, encoding="utf-8")
        assert (goal / "page").read_text(encoding="utf-8") == text
    assert [*tmp_path.iterdir()] == [goal]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("wrong")])
def test_an_interrupted_folder_leaves_the_earlier_one_and_nothing_beside_it(
    error: BaseException, tmp_path: Path
) -> None:
    goal = tmp_path / "report"
    goal.mkdir()
    (goal / "page").touch()

    def interrupted() -> None:
        with whole_folder(goal) as beside:
            (beside / "other").touch()
            raise error

    with pytest.raises(type(error)):
        interrupted()
    assert [*tmp_path.rglob("*")] == [goal, goal / "page"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_earlier_folder_comes_back_where_the_new_one_cannot_take_its_place(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal, rename = tmp_path / "report", Path.rename
    goal.mkdir()
    (goal / "page").touch()
    moves = iter((None, error))

    def renamed(path: Path, target: Path) -> Path:
        if failure := next(moves, None):
            raise failure
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", renamed)
    expected = RequestError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected), whole_folder(goal):
        pass
    assert [*tmp_path.rglob("*")] == [goal, goal / "page"]


def test_a_folder_that_cannot_be_written_is_told_with_its_name(tmp_path: Path) -> None:
    goal = tmp_path / "absent" / "report"
    with pytest.raises(RequestError, match=r"absent/report` cannot be written: no such file"), whole_folder(goal):
        pass
