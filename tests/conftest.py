"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a gate that fails by chance is not believed. A busy runner is no defect either.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def project() -> Path:
    """Give the folder that holds pyproject.toml."""
    return Path(__file__).resolve().parent.parent
