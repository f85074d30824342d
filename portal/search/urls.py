from django.urls import path

from portal.search import views
from portal.search.feeds import Found

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("search/feed.atom", Found(), name="feed"),
    path("search/save/", views.save, name="save"),
    path("search/saved/", views.saved, name="saved"),
    path("search/saved/<int:pk>/", views.saved_search, name="saved_search"),
    path("search/saved/<int:pk>/remove/", views.remove, name="remove"),
    path("search/saved/<int:pk>/restore/", views.restore, name="restore"),
]
