"""What somebody may say of a film before it is a show: laid beside it in the watched folder, or sent meanwhile."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Self

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from showsondemand.shows.schemas import EditorialFields, Title


class FilmDetails(EditorialFields):
    """The fields of a show that an editor would fill in, by the names that the API has for them."""

    title: Title | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.available_from and self.available_until and self.available_until <= self.available_from:
            raise PydanticCustomError("ends_before_it_begins", "availableUntil must be after availableFrom")
        return self

    @classmethod
    def readable(cls, told: Mapping[str, Any]) -> Self:
        """What can be read of what a stranger said: a field that is not as it should be counts as not said.

        Of two that cannot stand together, such as a window's ends, the first stands.
        """
        read: dict[str, Any] = {}
        for name, value in told.items():
            with suppress(ValidationError):
                cls.model_validate(read | {name: value})
                read[name] = value
        return cls.model_validate(read)

    def kept(self) -> dict[str, Any]:
        """The form for a row."""
        return self.model_dump(mode="json", exclude_unset=True)

    def fields(self) -> dict[str, Any]:
        """What was said, the title aside, as ``admin.editing.apply_fields`` takes it."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"title"}}
