"""Secrets: what is taken for one, and what must be let through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.secrets import looks_secret
from tests.cases import for_each

CAUGHT = [
    ("k3" + "epa7" * 15 + "qz", "a key or token"),
    ("Refresh token Atzr|IwEBIJ3kd93kd02kd", "an access token"),
    ("amzn1.oa2-cs.v1.0123456789abcdef", "an access token"),
    ("The key is AKIAIOSFODNN7EXAMPLE.", "an access token"),
    ("xoxb-123456789012-abcdef", "an access token"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc", "an access token"),
    ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
    ("password: Sommer2026!", "a password or key"),
    ("Our Passwort lautet Sommer2026", "a password or key"),
    ("Das Passwort ist Sommer2026!", "a password or key"),
    ("Le mot de passe est Soleil2026", "a password or key"),
    ("La contraseña es Sol2026", "a password or key"),
    ("La password è Sole2026", "a password or key"),
    ("pw: hunter22", "a password or key"),
    ("mot de passe : «secret»", "a password or key"),
    ("contraseña=abc123", "a password or key"),
    ("パスワードは「himitsu」", "a password or key"),
    ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "a password or key"),
    ("Password: token: hunter2x", "a password or key"),
    ("Password:\nSecret: hunter2x", "a password or key"),
    ("Verification code: 123 456", "a one-time code"),
    ("Amazon sent the code: 123 456", "a one-time code"),
    ("Your Amazon code is 123456", "a one-time code"),
    ("Code=904-211", "a one-time code"),
    ("The OTP is 904211", "a one-time code"),
    ("Bestätigungscode 904211", "a one-time code"),
    ("Code de vérification : 904211", "a one-time code"),
    ("Código de verificación: 904211", "a one-time code"),
    ("Codice di verifica 904 211", "a one-time code"),
    ("密码：Sommer2026!", "a password or key"),
    ("登录密码是Sommer2026", "a password or key"),
    ("新密码Som#mer2026 请保存", "a password or key"),
    ("口令为「Sommer2026」", "a password or key"),
    ("API 密钥：abc123xyz", "a password or key"),
    ("验证码：123456", "a one-time code"),
    ("验证码是 123 456", "a one-time code"),
    ("验证码123456，请勿转发", "a one-time code"),
    ("otpauth://totp/Amazon?issuer=Amazon", "a one-time code"),
    ("認証コード:123456", "a one-time code"),
    ("card 4111 1111 1111 1111", "a card number"),
    ("4111111111111111", "a card number"),
    ("3782 822463 10005", "a card number"),
    ("378282246310005", "a card number"),
    ("dGhpcyBpcyBub3QgYSBzZWNyZXQ0NTY3ODkwMTIz", "a key or token"),
]
LET_THROUGH = [
    "ab12" * 16,
    "Merchant token: A1QX7ZP9KD4W2M",
    "The claim code is 204060, the discount code: 123456",
    "密码已于 2026-11-20 更换。",
    "我们更换了所有用户的密码。",
    "验证码由谁接收？共 12 个用户",
    "产品编码：400638，批号 400639",
    "We changed the password of every user on 2026-11-20.",
    "Password: changed on 2026-11-20.",
    "Password: changed.",
    "Password: two-step, and renewed. token: don't know!",
    "Two-step verification was switched on for all 12 users.",
    "The security code on the box is missing.",
    "Order 123-1234567-1234567",
    "Order code 302-1234567-1234567",
    "Product code: 400638, batch code is 400639",
    "Das Passwort ist seit dem 2026-11-20 neu.",
    "La contraseña es nueva.",
    "ASIN B0ALDER001, seller A1QX7ZP9KD4W2M, complaint 12345678901",
    "EAN 4006381333931, tracking 4111 1111 1111 1112",
    "Postal code 110 011 is missing.",
    "campaign 378282246310006",
    "Post code 10115 Berlin, zip code 94103-1234",
    "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef",
    "https://www.amazon.de/dp/B0ALDER001?ref=nav_youraccount_switchacct",
    "Seal 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "We revoked the token on 2026-11-20; the key was renewed.",
    "The password is secret and nobody shared it.",
    "tan leather case, 26 cm",
    "",
]


@for_each(("text", "kind"), CAUGHT)
def test_what_looks_like_a_secret_is_named(text: str, kind: str) -> None:
    assert looks_secret(text) == kind
    assert looks_secret(f"First\n{text}\nlast") == kind


@for_each("text", LET_THROUGH)
def test_what_only_speaks_of_secrets_passes(text: str) -> None:
    assert looks_secret(text) == ""


@given(st.lists(st.sampled_from([*(text for text, _ in CAUGHT), *LET_THROUGH, "password:", "The"])))
def test_a_secret_in_a_line_is_one_in_the_text(lines: list[str]) -> None:
    assert not any(map(looks_secret, lines)) or looks_secret("\n".join(lines))


@given(st.text(max_size=300))
def test_any_text_has_an_answer_that_shows_nothing_of_it(text: str) -> None:
    assert looks_secret(text) in {"", *(kind for _, kind in CAUGHT)}


def test_a_long_text_takes_no_longer_than_it_is() -> None:
    assert looks_secret("password " * 20_000) == ""
