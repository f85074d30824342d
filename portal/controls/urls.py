from django.urls import path

from portal.controls import views

app_name = "controls"
urlpatterns = [
    path("regimes/", views.regimes, name="regimes"),
    path("regimes/<slug:slug>/", views.regime, name="regime"),
    path("lists/<slug:key>/", views.control_list, name="control_list"),
    path("lists/<slug:key>/<str:label>/", views.entry, name="entry"),
    path("jurisdictions/<slug:code>/", views.jurisdiction, name="jurisdiction"),
    path("authorities/<slug:slug>/", views.authority, name="authority"),
]
