from django.urls import path

from portal.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("keys/", views.keys, name="keys"),
    path("preview/", views.preview, name="preview"),
    path("texts/", views.texts, name="texts"),
    path("texts/new/", views.new_text, name="new_text"),
    path("texts/<int:pk>/", views.text, name="text"),
    path("texts/<int:pk>/file/", views.text_file, name="text_file"),
    path("texts/<int:pk>/apply/", views.apply_text, name="apply_text"),
    path("texts/<int:pk>/discard/", views.discard_text, name="discard_text"),
    path("texts/<int:pk>/take-back/", views.take_back_text, name="take_back_text"),
    path("texts/<int:pk>/<str:label>/", views.text_line, name="text_line"),
    path("notices/new/", views.draft, name="draft"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/edit/", views.revise, name="revise"),
    path("notices/<int:pk>/history/", views.history, name="history"),
    path("notices/<int:pk>/submit/", views.submit, name="submit"),
    path("notices/<int:pk>/return/", views.return_to_draft, name="return_to_draft"),
    path("notices/<int:pk>/approve/", views.approve, name="approve"),
    path("notices/<int:pk>/publish/", views.publish, name="publish"),
    path("notices/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("notices/<int:pk>/correct/", views.correct, name="correct"),
]
