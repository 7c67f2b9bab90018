"""The login form: allauth's, without its link between label and field."""

from typing import Any

from allauth.account.forms import LoginForm


class Innlogging(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail and password. The way to a new password stands below the form, out of the way of Tab."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
