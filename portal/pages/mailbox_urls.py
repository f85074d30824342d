"""The development mailbox: mails that would have been sent."""

from django.urls import path

from portal.pages import mailbox

app_name = "mailbox"
urlpatterns = [
    path("", mailbox.mails, name="mails"),
    path("<str:name>/<int:number>/", mailbox.mail, name="mail"),
]
