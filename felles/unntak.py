"""What a service raises when a rule says no."""


class Regelbrudd(Exception):
    """A refused command. The message is a whole Norwegian sentence; the edge shows it as a form error."""

    def __init__(self, setning: str, *, felt: str | None = None) -> None:
        super().__init__(setning)
        self.setning = setning
        self.felt = felt  # the form field it belongs to, if one


class Personnummer(Regelbrudd):
    """A text holds a fødselsnummer. Says which field, never which number, so that it can be shown and logged."""


class UgyldigTegn(Regelbrudd):
    """A text holds a character that no keyboard makes, such as NUL. Says which field, never the text."""


class Frosset(Regelbrudd):
    """Someone tried to change or delete what is frozen."""
