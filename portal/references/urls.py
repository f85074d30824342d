from django.urls import path

from portal.references import views

app_name = "references"
urlpatterns = [
    path("r/<path:key>/card", views.card, name="card"),
    path("r/<path:key>/cited-by", views.rests_on_this, name="rests_on_this"),
    path("r/<path:key>", views.resolve, name="resolve"),
]
