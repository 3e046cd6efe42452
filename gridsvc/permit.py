"""The one place where a post's permission is checked."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from gridsvc.errors import NotPermitted
from gridsvc.rules import permission
from gridsvc.rules.permission import Actor


class Account(NamedTuple):
    """Who is asking, as the token says."""

    district: str
    id: UUID
    login: str
    name: str
    actor: Actor
    # The network address of the request; None for what the service does by itself.
    address: str | None = None


def check(
    account: Account,
    act: str,
    chain: Sequence[str] = (),
    departments: Sequence[str] = (),
) -> None:
    """Pass, or NotPermitted."""
    if not permission.allows(account.actor, act, chain, departments):
        raise NotPermitted(post=account.actor.post, act=act)
