"""Language codes of films as browsers know them."""

import pytest

from showsondemand.adapters.transcoder.languages import bcp47, language_name


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("eng", "en"),
        ("ger", "de"),
        ("deu", "de"),
        ("fre", "fr"),
        ("chi", "zh"),
        ("ara", "ar"),
        ("en", "en"),
        ("EN", "en"),
        ("pt-BR", "pt-BR"),
        ("zh_Hant", "zh-Hant"),
        ("tlh", "tlh"),
        ("und", "und"),
        ("mul", "und"),
        ("zxx", "und"),
        ("", "und"),
        (None, "und"),
        ("english", "und"),
        ('e"g', "und"),
        ('en-"x', "en"),
    ],
)
def test_a_code_becomes_a_tag_that_browsers_know(code: str | None, tag: str) -> None:
    assert bcp47(code) == tag


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "English"), ("pt-BR", "Português"), ("tlh", "tlh"), ("und", "")]
)
def test_a_language_is_called_what_it_calls_itself(tag: str, name: str) -> None:
    assert language_name(tag) == name
