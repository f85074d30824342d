from django.urls import path

from portal.notices import feeds, views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/feed.atom", feeds.feed, name="feed"),
    path("notices/<slug:slug>/", views.notice, name="notice"),
]
