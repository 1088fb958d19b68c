"""What somebody may say of a film before it is a show: laid beside it in the watched folder, or sent meanwhile."""

from typing import Any, Self

from pydantic import model_validator

from showsondemand.shows.schemas import EditorialFields, Title


class FilmDetails(EditorialFields):
    """The fields of a show that an editor would fill in, by the names that the API has for them."""

    title: Title | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.available_from and self.available_until and self.available_until <= self.available_from:
            raise ValueError("availableUntil must be after availableFrom")
        return self

    def kept(self) -> dict[str, Any]:
        """The form for a row."""
        return self.model_dump(mode="json", exclude_unset=True)

    def fields(self) -> dict[str, Any]:
        """What was said, the title aside, as ``admin.editing.apply_fields`` takes it."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"title"}}
