"""Two dates of a law as a redline."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
DATES = "from=2026-12-31&to=2027-01-01"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


@pytest.mark.parametrize("path", ["/laws/cn-ecl/compare/", "/laws/cn-ecl/art-2/compare/"])
def test_two_dates_are_compared(client: Client, path: str) -> None:
    page = text(client, f"{path}?{DATES}")
    assert "changed, 1 insertion, 1 deletion, now to be checked" in page
    assert "<del>" in page
    assert "<ins>" in page
