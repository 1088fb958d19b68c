"""The one thing that a caller of the embedded PostgreSQL has to be ready for."""


class CannotRunHere(Exception):
    """No PostgreSQL can run in the folder; ``str()`` tells the user why and names the way out."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The embedded PostgreSQL cannot run here: {reason}. "
            "Set DATABASE_URL to use a PostgreSQL server of your own instead."
        )
