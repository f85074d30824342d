"""Addresses: my reading, what stands beside every text, and what an organisation asks."""

from django.urls import path

from portal.reading import views

app_name = "reading"
urlpatterns = [
    path("reading/", views.reading, name="reading"),
    path("reading/asked/<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("reading/bookmarks/", views.bookmarks, name="bookmarks"),
    path("reading/bookmarks.csv", views.bookmarks_csv, name="bookmarks_csv"),
    path("reading/bookmarks.json", views.bookmarks_json, name="bookmarks_json"),
    path("reading/bookmarks/save/", views.save, name="save"),
    path("reading/bookmarks/remove/", views.remove, name="remove"),
    path("reading/bookmarks/seen/", views.seen, name="seen"),
    path("reading/bookmarks/<int:pk>/put-back/", views.put_back_bookmark, name="put_back_bookmark"),
    path("reading/notes/", views.notes, name="notes"),
    path("reading/notes.md", views.notes_markdown, name="notes_markdown"),
    path("reading/notes.json", views.notes_json, name="notes_json"),
    path("reading/notes/write/", views.write, name="write"),
    path("reading/notes/<int:pk>/", views.note, name="note"),
    path("reading/notes/<int:pk>/delete/", views.delete, name="delete"),
    path("reading/notes/<int:pk>/put-back/", views.put_back_note, name="put_back_note"),
    path("organisation/reading/", views.requests, name="requests"),
    path("organisation/reading/new/", views.ask, name="ask"),
    path("organisation/reading/<uuid:ref>/", views.reading_request, name="reading_request"),
    path("organisation/reading/<uuid:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("organisation/reading/<uuid:ref>/people.csv", views.people_csv, name="people_csv"),
    path("organisation/reading/<uuid:ref>/people.xlsx", views.people_xlsx, name="people_xlsx"),
]
