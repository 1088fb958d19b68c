"""Which tests stay together where tests run in several processes (``make test``)."""

from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer

# All that sit in front of the one cinema, whose films take long to bring in.
_TOGETHER = "tests/browser/"


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # it comes without types
    """A file stays in one process, for what its tests share; so does a folder that shares much."""

    def _split_scope(self, nodeid: str) -> str:
        return _TOGETHER if nodeid.startswith(_TOGETHER) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> ByFile:
    return ByFile(config, log)
