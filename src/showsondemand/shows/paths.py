"""How a show is addressed, beside the words that stand at the same place."""

from starlette.convertors import StringConvertor, register_url_convertor


class _NoWordOfOurs(StringConvertor):
    """Anything but the words: else a PUT to ``/shows/deleted`` would be told of a malformed identifier, not of 405."""

    regex = r"(?!(?:deleted|facets|suggestions)$)[^/]+"


register_url_convertor("show", _NoWordOfOurs())

ONE_SHOW = "/{show_id:show}"
