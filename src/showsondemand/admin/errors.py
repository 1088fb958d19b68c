"""What can go wrong in managing shows."""

from showsondemand.errors import Invalid


class NotesMissing(Invalid):
    title = "A rejection needs notes that say why"
