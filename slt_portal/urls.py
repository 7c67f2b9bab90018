"""All addresses. Fixed ones first; `<slug>` patterns stand last."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
