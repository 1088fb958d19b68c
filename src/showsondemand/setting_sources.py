"""Where settings come from: the environment, ``.env``, and for secrets files that container platforms hand over."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict


def _split(value: object) -> object:
    """``"a, b"`` as ``("a", "b")``; anything else as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


CommaSeparated = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
# As addresses have them: a name or number, and perhaps a port; no scheme and no slash.
_Host = Annotated[
    str, StringConstraints(pattern=r"^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$", max_length=260)
]
CommaSeparatedHosts = Annotated[tuple[_Host, ...], NoDecode, BeforeValidator(_split)]


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret ``NAME`` from the file named by ``NAME_FILE``, the way container platforms hand them over."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The file's content without its last line break, or nothing where no file is named."""
        name = str(field.validation_alias or field_name).upper()
        path = self.current_state.get(f"{name}_FILE") or _environment(self.settings_cls).get(f"{name}_FILE")
        if path is None or "SecretStr" not in str(field.annotation):
            return None, name, False
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n"), name, False

    def __call__(self) -> dict[str, Any]:
        """All secrets that were given as files, by the names of their settings."""
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {name: value for value, name, _ in found if value is not None}


def _environment(settings_class: type[BaseSettings]) -> dict[str, str]:
    """Variables of the process and, under them, of the ``.env`` file that this class reads."""
    import os  # noqa: PLC0415 - the one place that reads the environment by itself

    from dotenv import dotenv_values  # noqa: PLC0415

    file = settings_class.model_config.get("env_file")
    from_file = dotenv_values(str(file)) if file else {}
    return {name: value for name, value in {**from_file, **os.environ}.items() if value is not None}


class Subject(BaseSettings):
    """Settings of one subject, each under its fixed variable name."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, populate_by_name=True, env_ignore_empty=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library passes it by name
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the code gives comes first, then the environment, ``.env``, and files named by ``*_FILE``."""
        return init_settings, env_settings, dotenv_settings, SecretFiles(settings_cls)
