"""Secrets that somebody pasted by mistake: they must reach no store, no thread and no letter."""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKENS = re.compile(
    r"\bAtz[ar]\|[\w+/=-]{8}|\bamzn1\.oa2-cs\.|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bxox[a-z]-[\w-]{8}|\bxapp-[\w-]{8}|\b(?:gh[opsu]_|github_pat_)\w{16}"
    r"|\bsk-[\w-]{20}|\beyJ[\w-]{10,}\.[\w-]{10,}\.|\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27}",
    re.ASCII,
)
"""Of Amazon's login and cloud, of chats and code hosts, and signed tokens of any kind."""

_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")

_IS = r"\s{0,3}(?:[:=：]|\b(?:is|was|ist|war|lautet|lautete|est|était|es|era|è)\b|[は是为])"
"""What stands between a secret's name and the secret."""

_PASSWORD = re.compile(
    r"(?:pass(?:word|code|phrase)?|\bpwd?|\bmdp|kennwort|passwort|mot de passe|contrase[ñn]a"
    r"|パスワード|密码|口令|密钥|secret(?:[ _]?access)?(?:[ _]?key)?|api[ _-]?key"
    r"|(?<!merchant )token|schlüssel)"
    rf"{_IS}\s{{0,3}}(?P<quote>[\"'„“«「]?)(?=(?P<value>[^\s\"'“»」]{{4,200}}))",
    re.IGNORECASE,
)
"""Looks ahead at the value, which may be the name of the secret that follows it."""

_BARE = re.compile(
    r"(?:(?:pass(?:word|code|phrase)|kennwort|passwort)\s{1,3}"
    r"|(?:密码|口令|密钥)\s{0,3}(?=[!-~]{6}))(\S{6,200})",
    re.IGNORECASE,
)
"""A password that follows its name at once."""

_CODE = re.compile(
    rf"(?:\b(?:otp|tan|2fa|one[- ]time|verification|security|backup|recovery|login)\b(?:[ -]\w+)?"
    rf"(?:{_IS})?|(?<!product )(?<!item )(?<!batch )(?<!lot )"
    rf"(?<!claim )(?<!coupon )(?<!discount )(?<!promo )(?<!promotion )\bcode{_IS}"
    r"|(?:einmal\w*|(?:sicherheits|bestätigungs)code|c[oó]d(?:e|igo|ice) (?:de|di) v[eé]rif\w+"
    rf"|(?:確認|認証)コード|验证码|校验码|动态码)(?:{_IS})?)"
    r"\s{0,3}(?<![A-Za-z0-9_])[0-9]{3}[ -]?[0-9]{3}(?![-.\w])|otpauth://",
    re.IGNORECASE,
)

_WORD = re.compile(r"[A-Za-z0-9_+=-]{32,}", re.ASCII)
_KEEPA = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9a-f]*[g-z])(?=[a-z]*[0-9])[0-9a-z]{64}(?![A-Za-z0-9])", re.ASCII
)
"""A key of Keepa: 64 small letters and digits, and no hash, which has no letter behind f."""
_ENOUGH = 3
"""Small letters, capitals and digits that a random word of that length has of each."""

_CARD = re.compile(
    r"(?<![0-9-])(?:[2-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}"
    r"|3[47][0-9]{2}([ -]?)[0-9]{6}\2[0-9]{5})(?![0-9-])"
)
_SIGNS = "!@#$%&*+=_^~"


def looks_secret(text: str) -> str:
    """Return what in the text looks like a secret, such as ``a password``; empty if nothing does.

    What was found is never part of the answer, so it can be shown and logged.
    """
    return next((name for name, finds in _KINDS if finds(text)), "")


def _token(text: str) -> bool:
    return _TOKENS.search(text) is not None


def _key(text: str) -> bool:
    return _PRIVATE_KEY.search(text) is not None


def _password(text: str) -> bool:
    named = (bool(found["quote"]) or _mixed(found["value"]) for found in _PASSWORD.finditer(text))
    return any(named) or any(_whole(word) for word in _BARE.findall(text))


def _mixed(value: str) -> bool:
    """Tell a password from a word or a day: letters, and among them a digit or a sign."""
    signed = any(char.isdigit() or char in _SIGNS for char in value)
    return signed and any(char.isalpha() for char in value)


def _whole(value: str) -> bool:
    """Tell whether it has letters, digits and, before its end, a sign, as passwords alone do."""
    core = value.rstrip(".,;:!?)")
    kinds = (str.isalpha, str.isdigit, _SIGNS.__contains__)
    return all(any(kind(char) for char in core) for kind in kinds)


def _code(text: str) -> bool:
    return _CODE.search(text) is not None


def _random(text: str) -> bool:
    return _KEEPA.search(text) is not None or any(map(_is_random, _WORD.findall(text)))


def _is_random(word: str) -> bool:
    counts = (
        sum(char.islower() for char in word),
        sum(char.isupper() for char in word),
        sum(char.isdigit() for char in word),
    )
    return min(counts) >= _ENOUGH


def _card(text: str) -> bool:
    return any(_is_card(found[0]) for found in _CARD.finditer(text))


def _is_card(number: str) -> bool:
    """Tell whether the check digit is right (ISO/IEC 7812-1, Luhn)."""
    digits = [int(char) for char in number if char.isdigit()]
    doubled = (2 * digit for digit in digits[-2::-2])
    kept = sum(digits[-1::-2])
    return (kept + sum(sum(divmod(each, 10)) for each in doubled)) % 10 == 0


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("a private key", _key),
    ("an access token", _token),
    ("a password or key", _password),
    ("a one-time code", _code),
    ("a card number", _card),
    ("a key or token", _random),
)
SECRETS = tuple(name for name, _ in _KINDS)
"""What secrets are called."""
