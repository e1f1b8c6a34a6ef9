"""The machinery that runs the manual notices what is wrong with a page."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.manual.pages import Kind, blocks
from tests.manual.sessions import carry_out, recorded

if TYPE_CHECKING:
    from pathlib import Path


def differences(page: str, folder: Path) -> str:
    return "".join(outcome.difference for outcome in carry_out(dedent(page), folder))


def test_a_right_page_has_no_differences(tmp_path: Path) -> None:
    page = """
        ```yaml title="lists/one.txt"
        a
        b
        ```
        <!-- file: two.txt -->
        ```
        c
        ```
        ```console
        $ cat lists/one.txt \\
        >   two.txt
        a
        ...
        c
        $ ls nowhere 2>/dev/null   # exit 2
        $ echo kept > three.txt
        ```
        ```console
        $ cat three.txt; echo "$COLUMNS $NO_COLOR"
        kept
        100 1
        ```
        ```python
        >>> from pathlib import Path
        >>> print(Path("three.txt").read_text())
        kept
        <BLANKLINE>
        ```
        """
    assert differences(page, tmp_path) == ""


@pytest.mark.parametrize(
    ("page", "noticed"),
    [
        ("```console\n$ echo right\nwrong\n```\n", "+right"),
        ("```console\n$ echo one; echo two\none\n```\n", "+two"),
        ("```console\n$ true\nnothing\n```\n", "-nothing"),
        ("```console\n$ echo one; echo two\n...\none\n```\n", "+two"),
        ("```console\n$ false\n```\n", "line 2: exit 1, not 0"),
        ("```console\n$ true  # exit 3\n```\n", "line 2: exit 0, not 3"),
        ("```console\n$ echo complaint >&2\n```\n", "+complaint"),
        ("```python\n>>> 1 + 1\n3\n```\n", "+2"),
        ("```python\n>>> int('x')\n3\n```\n", "+ValueError: invalid literal"),
    ],
)
def test_a_wrong_page_is_noticed(page: str, noticed: str, tmp_path: Path) -> None:
    assert noticed in differences(page, tmp_path)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("```console\necho no prompt\n```\n", "line 2: a console block begins with"),
        ("```console\n$ true\n", "line 1: the block is not closed"),
        ('```yaml title="../out.yaml"\na: 1\n```\n', "line 1: `../out.yaml` lies outside"),
    ],
)
def test_a_page_that_cannot_be_run_is_refused(page: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        carry_out(page, tmp_path)


def test_blocks_that_set_up_environments_are_not_run() -> None:
    page = "```sh\nexit 1\n```\n```python\nno_session()\n```\n```console\n$ true\n```\n"
    assert [block.kind for block in blocks(page)] == [Kind.CONSOLE]


def test_a_recorded_page_is_right_and_keeps_what_agreed(tmp_path: Path) -> None:
    page = dedent("""
        - in a list:

          ```console
          $ echo new; echo
          old
          older
          $ seq 3
          1
          ...
          ```
        ```python
        >>> for figure in (1, 2):
        ...     print(figure)
        >>> 3
        4
        ```
        the end
        """)
    new = recorded(page, carry_out(page, tmp_path))
    assert new == page.replace("old\n  older", "new").replace("(figure)\n", "(figure)\n1\n2\n").replace("4\n", "3\n")
    assert recorded(new, carry_out(new, tmp_path)) == new
