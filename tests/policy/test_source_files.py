"""Policy files that are found, or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.errors import Refused, RequestError
from escalation.policy.source import (
    read,
    read_file,
)


def test_a_file_is_named_as_the_caller_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy.yaml").write_bytes(b"language: 1\n")
    monkeypatch.chdir(tmp_path)
    assert read_file("policy.yaml") == read("policy.yaml", b"language: 1\n")
    assert read_file(tmp_path / "policy.yaml").file == str(tmp_path / "policy.yaml")


def test_no_more_than_the_limit_is_read_of_a_file_without_end() -> None:
    with pytest.raises(Refused, match="file-too-large"):
        read_file("/dev/zero")


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere.yaml", "there is no file"), ("", "is a folder"), ("a\0b", "cannot be read"), ("a/b", "cannot be read")],
)
def test_a_file_that_cannot_be_read_is_no_traceback(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(RequestError, match=message) as caught:
        read_file(f"{tmp_path}/{name}")
    assert caught.value.help
