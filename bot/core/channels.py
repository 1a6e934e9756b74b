"""Rooms: where in a chat the team talks."""

from __future__ import annotations

import msgspec


class ChannelBinding(msgspec.Struct, frozen=True, kw_only=True):
    """The team's place in one chat."""

    chat: str
    workspace: str = ""
    """The team's own part of the chat; nobody from another is listened to."""
    channel: str = ""
    """Where alerts go; empty until somebody lets us in."""
    name: str = ""
    """What people call that channel."""
    open: bool = False
    """Everybody may see or join it, as the chat told last: being in it makes no one a member."""
    candidate: str = ""
    """Where alerts go as soon as a message of ours has arrived there."""
    candidate_name: str = ""
    following: str | None = None
    """Alerts have just moved here: open cases up to this key are posted; None: all are."""
    former: tuple[str, ...] = ()
    """Channels where alerts went before; their buttons still work."""
    routed: tuple[str, ...] = ()
    """Channels to which a route led at some time: what was opened there goes on there."""
    refusing: tuple[str, ...] = ()
    """Those of ``routed`` that took no message last: what goes there comes to the alerts' one."""

    def knows(self, channel: str) -> bool:
        """Tell whether alerts go there, or went there."""
        return channel == self.channel or channel in (*self.former, *self.routed)

    def keeps(self, channel: str) -> bool:
        """Tell whether the threads in a channel go on there."""
        return channel == self.channel or channel in self.routed

    def with_route(self, channel: str) -> ChannelBinding:
        """Return the room with a route that leads to a channel."""
        routed = tuple(dict.fromkeys((*self.routed, channel)))
        return msgspec.structs.replace(self, routed=routed)

    def refused(self, channel: str, *, again: bool) -> ChannelBinding:
        """Return the room, knowing whether a routed channel refuses messages."""
        left = tuple(each for each in self.refusing if each != channel)
        return msgspec.structs.replace(self, refusing=(*left, channel) if again else left)

    def moved(self, channel: str, name: str) -> ChannelBinding:
        """Return the room with alerts going to another channel."""
        left = (self.channel, *self.former) if self.channel else ()
        former = tuple(each for each in dict.fromkeys(left) if each != channel)
        return msgspec.structs.replace(
            self,
            channel=channel,
            name=name,
            former=former,
            candidate="",
            candidate_name="",
            following="",
        )
