"""The development mailbox."""

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_mail_can_be_read_and_its_links_followed(client: Client) -> None:
    folder = settings.VAR_DIR / "mail"
    box = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)
    EmailMessage("Confirm <now>", "Go to https://example.org/confirm", to=["lin@example.org"], connection=box).send()

    listed = client.get("/mailbox/").content.decode()
    name = next(path.name for path in folder.glob("*.log"))
    read = client.get(f"/mailbox/{name}/0/").content.decode()

    assert "Confirm &lt;now&gt;" in listed
    assert 'href="https://example.org/confirm"' in read


def test_unknown_mail(client: Client) -> None:
    assert client.get("/mailbox/no-such.log/0/").status_code == 404


@pytest.mark.parametrize("name", ["..", "."])
def test_a_folder_is_no_mail(client: Client, name: str) -> None:
    (settings.VAR_DIR / "mail").mkdir(exist_ok=True)
    assert client.get(f"/mailbox/{name}/0/").status_code == 404
