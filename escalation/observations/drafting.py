"""Drafting a mapping."""


class Draft: ...


def draft() -> None: ...
