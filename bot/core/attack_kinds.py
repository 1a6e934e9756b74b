"""The kinds of attacks, by which playbooks are chosen."""

from __future__ import annotations

from bot.core.labeled import LabeledEnum


class AttackKind(LabeledEnum):
    """The method: what is done to the brand."""

    FOLLOW_UP = "follow-up", "Listing hijack"
    TAKEOVER = "takeover", "Listing taken over"
    FAKE_REVIEWS = "fake-reviews", "Fake reviews"
    REVIEW_BOMBING = "review-bombing", "Review bombing"
    FALSE_COMPLAINT = "false-complaint", "False complaint against us"
    RETURNS = "malicious-returns", "Malicious returns"
    INTRUSION = "intrusion", "Intruder in our account"
    PHISHING = "phishing", "Phishing"
    CLICK_FRAUD = "click-fraud", "Click fraud on our ads"
    PRICE_WAR = "price-war", "Price war"
    OTHER = "other", "Another attack"
