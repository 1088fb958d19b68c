"""The shapes in which it is told how an encoding goes: a module a family, all read into the results of ``told``."""
