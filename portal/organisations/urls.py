from django.urls import path

from portal.organisations import views

app_name = "organisations"
urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/start/", views.start, name="start"),
    path("organisation/switch/", views.switch, name="switch"),
    path("organisation/settings/", views.settings, name="settings"),
    path("organisation/close/", views.close, name="close"),
    path("organisation/leave/", views.leave, name="leave"),
    path("organisation/members/", views.members, name="members"),
    path("organisation/members/<int:pk>/role/", views.change_role, name="change_role"),
    path("organisation/members/<int:pk>/remove/", views.remove, name="remove"),
    path("organisation/invite/", views.invite, name="invite"),
    path("organisation/invitations/<int:pk>/resend/", views.resend, name="resend"),
    path("organisation/invitations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("organisation/trail/", views.trail, name="trail"),
    path("organisation/trail.csv", views.trail_csv, name="trail_csv"),
    path("organisation/tokens/", views.tokens, name="tokens"),
    path("organisation/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
