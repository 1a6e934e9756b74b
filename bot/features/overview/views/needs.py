"""What people come for, in their own words, and the flow that helps with it.

It is a table in code and not a file of texts: each line is a label or a sentence, views cannot read
files, and the types and tests hold it together with the commands that it leads to.
"""

from __future__ import annotations

import re

import msgspec

WORDS = 200
"""Characters that are looked through for a need."""


class HelpTopic(msgspec.Struct, frozen=True, kw_only=True):
    """Something that people come for."""

    says: str
    """In their own words."""
    gist: str
    """What comes of it, or what to do first, in one line."""
    advice: str
    steps: tuple[tuple[str, str], ...]
    """Labels of buttons and what each types; the first leads straight to the flow."""
    stems: tuple[str, ...]
    """How words begin that mean it."""


NEEDS = (
    HelpTopic(
        says="Somebody sells on my listing",
        gist="Each unknown seller has a case; its buttons lead on.",
        advice="I open a case for each seller whom you have not authorized: its buttons collect "
        "evidence and find the right report. To look at one product now, type /check and its "
        "ASIN.\nA stranger may be a lawful reseller. Buy one before you call it counterfeit.",
        steps=(
            ("Open cases", "cases open"),
            ("Lesson: lawful or not?", "training counterfeit-or-resale"),
        ),
        stems=(
            *("hijack", "follow", "piggyback", "stranger", "resell", "seller", "sells", "selling"),
            *("sold", "listing", "buybox", "box", "undercut", "cheap", "copycat", "unauth"),
            *("counterfeit", "fake", "offer", "unknown", "price"),
        ),
    ),
    HelpTopic(
        says="My page's text or pictures changed",
        gist="Take a picture of the page first, then log it.",
        advice="Take a picture of the page before anybody mends it, and ask whether one of you "
        "changed it. Then log it: a playbook opens, and Report Abuse is the door for a page that "
        "was taken over.",
        steps=(
            ("My page was changed", "attack takeover"),
            ("Lesson: a changed page", "training page-changed"),
        ),
        stems=(
            *("page", "text", "picture", "image", "photo", "title", "bullet", "description"),
            *("content", "variation", "takeover", "taken", "chang", "edit", "detail", "defac"),
        ),
    ),
    HelpTopic(
        says="I got a false complaint",
        gist="Log it, then draft an answer to Amazon.",
        advice="Save the notice word for word, and answer once, with papers: invoices, the letter "
        "of authorization, your registration. Log it first, then draft the answer.",
        steps=(
            ("Log a false complaint", "attack false-complaint"),
            ("Write to Amazon's support", "support"),
            ("Our papers", "papers"),
        ),
        stems=(
            *("complain", "false", "accus", "claim", "infring", "notice", "takedown", "removed"),
            *("violation", "inauthentic", "notif"),
        ),
    ),
    HelpTopic(
        says="Bad or fake reviews",
        gist="Log them with dates. Never offer anything for a review.",
        advice="Report each review that breaks Amazon's rules by the link below it, and log when "
        "it began. Never offer anything for a review, or for changing one: that can cost the "
        "account.",
        steps=(
            ("Log bad reviews", "attack review-bombing"),
            ("Log fake reviews", "attack fake-reviews"),
            ("Lesson: reviews", "training reviews"),
        ),
        stems=("review", "star", "rating", "rated", "feedback", "bomb", "fake", "false", "bad"),
    ),
    HelpTopic(
        says="Somebody was in my account",
        gist="First: a new password from a clean device, unknown users out, bank account checked.",
        advice="In the next five minutes: from a clean device change the password, remove users "
        "whom you do not know, look at the bank account. Then log it, and the playbook leads on.",
        steps=(
            ("Somebody was in my account", "attack intrusion"),
            ("I got a phishing mail", "attack phishing"),
            ("Account security", "security"),
        ),
        stems=(
            *("intru", "hack", "login", "logged", "password", "breach", "stolen", "stole"),
            *("phish", "mail", "broke", "compromis", "account", "virus", "scam"),
        ),
    ),
    HelpTopic(
        says="A buyer got a fake",
        gist="A courteous message, checked against Amazon's rules.",
        advice="You may write to your own buyers only. The message is drafted with you and checked "
        "against Amazon's rules; you send it. If they bought from another seller, that seller's "
        "case is the place: type /cases.",
        steps=(
            ("Write to a buyer", "buyer"),
            ("Letters so far", "letters"),
            ("Lesson: what may be written", "training buyer-messages"),
        ),
        stems=(
            *("buyer", "customer", "message", "write", "reply", "answer", "order", "damaged"),
            *("delay", "deliver", "parcel", "apolog", "counterfeit", "fake", "wrong"),
        ),
    ),
    HelpTopic(
        says="Returns that are not ours",
        gist="Keep what came back, take photos, log it.",
        advice="Keep what came back, with its label, and photograph it beside what you sent. Log "
        "the returns, then ask Amazon with order IDs and photos.",
        steps=(
            ("Log malicious returns", "attack malicious-returns"),
            ("Write to Amazon's support", "support"),
        ),
        stems=(
            "return",
            "refund",
            "swap",
            "switch",
            "empty",
            "back",
            "a-to-z",
            "chargeback",
            "claim",
        ),
    ),
    HelpTopic(
        says="I want to ask Amazon",
        gist="A draft with all that support needs. You send it.",
        advice="One matter in each message, with IDs, dates and what you want. It is drafted and "
        "checked with you, and you send it. If the account is locked, read the lesson first.",
        steps=(
            ("Write to Amazon's support", "support"),
            ("Letters so far", "letters"),
            ("Lesson: a locked account", "training locked-account"),
        ),
        stems=(
            *("support", "amazon", "ask", "contact", "suspen", "deactivat", "lock", "block"),
            *(
                "closed",
                "banned",
                "appeal",
                "reinstat",
                "account",
                "payout",
                "held",
                "click",
                "ads",
            ),
        ),
    ),
    HelpTopic(
        says="Keep the account safe",
        gist="What is asked regularly, and how you stand.",
        advice="Checklists come by themselves, a few minutes a week, and the score shows its "
        "parts. Lessons come monthly.",
        steps=(
            ("Account security", "security"),
            ("Who looks after what", "duties"),
            ("Training", "training"),
        ),
        stems=(
            *("safe", "secur", "protect", "prevent", "checklist", "verif", "2fa", "two", "api"),
            *("key", "permission", "user", "agency", "leav", "left", "train", "lesson", "learn"),
            *("duty", "duties", "account", "score", "keep"),
        ),
    ),
    HelpTopic(
        says="What happened lately",
        gist="Who, how and how often, with pictures.",
        advice="Sources, methods and frequency, and what to do about them. The digest tells of "
        "today; the review sums up a quarter.",
        steps=(
            ("Attacks so far", "attacks"),
            ("Today", "digest"),
            ("Quarterly review", "review"),
        ),
        stems=(
            *("lately", "happen", "histor", "analy", "statist", "trend", "chart", "campaign"),
            *("week", "month", "quarter", "today", "attack", "pattern", "often"),
        ),
    ),
)


def find_need(text: str) -> HelpTopic | None:
    """Return the need that most words of a text mean; None if no word means any."""
    words = set(re.findall(r"[a-z0-9-]+", text[:WORDS].lower()))
    scores = [(sum(word.startswith(need.stems) for word in words), need) for need in NEEDS]
    best, need = max(scores, key=lambda scored: scored[0])
    return need if best else None
