from django.urls import path

from portal.api import developers

app_name = "developers"
urlpatterns = [path("", developers.index, name="index")]
