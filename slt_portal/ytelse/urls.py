"""The floor's own addresses. No request from outside comes here: the measuring sets them on its own requests."""

from django.urls import path

from slt_portal.ytelse.views import gulv

urlpatterns = [path("gulv/", gulv, name="gulv")]
