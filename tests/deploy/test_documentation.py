"""What operators are told is whole."""

import re
from pathlib import Path

import pytest

from deploy import check

ROOT = Path(__file__).resolve().parent.parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
TESTING = (ROOT / "docs" / "testing.md").read_text()
SETTINGS = (ROOT / "portal" / "settings.py").read_text()
VARIABLES = sorted(set(re.findall(r"(?:env\.\w+|required)\(\s*\"([A-Z_]+)\"", SETTINGS)))


def test_settings_read_variables() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "DATABASE_POOL"} <= set(VARIABLES)


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_is_described(name: str) -> None:
    assert f"| `{name}` |" in OPERATIONS


@pytest.mark.parametrize("step", check.STEPS)
def test_every_step_of_the_check_is_described(step: str) -> None:
    assert f"`{step}`" in TESTING


@pytest.mark.parametrize("page", [*(ROOT / "docs").rglob("*.md")], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|/)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
