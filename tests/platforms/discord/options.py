"""What a person types after a slash, checked as Discord's own program checks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.platforms.discord.payloads import attachment_json, channel_json, member_json, user_json
from tests.platforms.discord.state import Channel, Guild, Member
from tests.platforms.discord.wire import Json
from tests.platforms.discord.world import World

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER = 1, 2, 3, 4, 5, 6
CHANNEL, NUMBER, ATTACHMENT = 7, 10, 11
_PLAIN = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}


class Typing:
    """A command being typed in a guild."""

    def __init__(self, world: World, guild: Guild, person: Member) -> None:
        self._world = world
        self._commands = [*world.commands.get(guild.id, []), *world.commands.get(0, [])]
        self._person = person
        self._resolved: Json = {}

    def find(self, name: str, kind: int) -> Json:
        """Return a command that the person is offered.

        Raises:
            AssertionError: there is none of this name, or she may not see it.
        """
        offered = [each for each in self._commands if each["type"] == kind and self._sees(each)]
        for command in offered:
            if command["name"] == name:
                return command
        names = [each["name"] for each in offered]
        message = f"{self._person.name} is offered {names}, not {name!r}"
        raise AssertionError(message)

    def path(self, name: str) -> list[str]:
        """Return the words of a command: what is offered nowhere else is found below another.

        Discord's program finds it by its own name while it is typed, as people do.
        """
        words = name.split()
        offered = [each for each in self._commands if each["type"] == 1 and self._sees(each)]
        if any(each["name"] == words[0] for each in offered):
            return words
        found = [[*way, *words[1:]] for each in offered for way in _ways(each, words[0])]
        return found[0] if found else words

    def typed(self, name: str, given: Mapping[str, object], focused: str = "") -> Json:
        """Return an interaction's data for 'command subcommand' with its options by name."""
        first, *rest = self.path(name)
        command = self.find(first, 1)
        data: Json = {key: command[key] for key in ("id", "name", "type")}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        place, chosen = data, command
        for step in rest:
            chosen = _named(chosen, step)
            place["options"] = [{"name": step, "type": chosen["type"]}]
            place = place["options"][0]
        place["options"] = self._options(chosen, given, focused)
        return data | ({"resolved": self._resolved} if self._resolved else {})

    def wanted(self, name: str) -> list[str]:
        """Return the names of the options of 'command subcommand', in their order."""
        first, *rest = self.path(name)
        chosen = self.find(first, 1)
        for step in rest:
            chosen = _named(chosen, step)
        return [option["name"] for option in chosen.get("options") or ()]

    def _sees(self, command: Json) -> bool:
        needed = int(command.get("default_member_permissions") or 0)
        granted = self._person.permissions
        return bool(granted & 8) or granted & needed == needed

    def _options(self, command: Json, given: Mapping[str, object], focused: str) -> list[Json]:
        defined = command.get("options") or []
        assert not any(each["type"] in (SUBCOMMAND, GROUP) for each in defined), (
            f"{command['name']!r} wants one of {[each['name'] for each in defined]}"
        )
        missing = [o["name"] for o in defined if o.get("required") and o["name"] not in given]
        assert focused or not missing, f"{command['name']!r} wants {missing}"
        options = []
        for name, value in given.items():
            option = _named(command, name)
            made = {"name": name, "type": option["type"]}
            if name == focused:
                assert option.get("autocomplete"), f"{name!r} completes nothing"
                options.append(made | {"value": value, "focused": True})
            else:
                options.append(made | {"value": self._value(option, value)})
        return options

    def _value(self, option: Json, value: object) -> object:
        kind, name = option["type"], option["name"]
        if kind in _PLAIN:
            assert isinstance(value, _PLAIN[kind]), f"{name!r} takes no {value!r}"
            assert kind == BOOLEAN or not isinstance(value, bool), f"{name!r} takes no {value!r}"
            return _plain_value(option, value)
        if kind == ATTACHMENT and isinstance(value, tuple):
            kept = self._world.keep(*value)
            return self._resolve("attachments", kept.id, attachment_json(kept, ephemeral=True))
        if kind == CHANNEL and isinstance(value, Channel):
            return self._resolve("channels", value.id, channel_json(value))
        member = getattr(value, "member", None)
        assert kind == USER, f"{name!r} takes no {value!r}"
        assert isinstance(member, Member), f"{name!r} takes a person"
        self._resolve("members", member.id, member_json(member, with_user=False))
        return self._resolve("users", member.id, user_json(member))

    def _resolve(self, kind: str, id: int, body: Json) -> str:
        self._resolved.setdefault(kind, {})[str(id)] = body
        return str(id)


def _named(command: Json, name: str) -> Json:
    for option in command.get("options") or ():
        if option["name"] == name:
            return dict(option)
    names = [option["name"] for option in command.get("options") or ()]
    message = f"{command['name']!r} takes {names}, not {name!r}"
    raise AssertionError(message)


def _ways(part: Json, name: str) -> Iterator[list[str]]:
    """Yield the words that lead to the subcommands of that name."""
    for option in part.get("options") or ():
        if option["type"] == SUBCOMMAND and option["name"] == name:
            yield [part["name"], name]
        elif option["type"] == GROUP:
            yield from ([part["name"], *way] for way in _ways(option, name))


def _plain_value(option: Json, value: object) -> object:
    name = option["name"]
    if option.get("choices"):
        chosen = [c["value"] for c in option["choices"] if value in (c["name"], c["value"])]
        assert chosen, f"{name!r} offers {[c['name'] for c in option['choices']]}, not {value!r}"
        return chosen[0]
    size = len(value) if isinstance(value, str) else value
    assert isinstance(size, int | float)
    least = option.get("min_length", option.get("min_value"))
    most = option.get("max_length", option.get("max_value"))
    assert least is None or size >= least, f"{name!r} takes at least {least}"
    assert most is None or size <= most, f"{name!r} takes at most {most}"
    return value
