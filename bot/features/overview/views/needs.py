"""What people come for most, in their own words, and the flow that helps with it.

It is a table in code and not a file of texts: each line is a label or a sentence, views cannot read
files, and the types and tests hold it together with the commands that it leads to.
"""

from __future__ import annotations

from bot.features.overview.rules.needs import HelpTopic
from bot.features.overview.views.more_needs import MORE

COMMON = (
    HelpTopic(
        says="Someone sells on my listing",
        gist="Each unknown seller has a case. Its buttons show what to do.",
        advice="Each seller you have not authorized gets a case. Use its buttons to collect "
        "evidence and find the right report. To check a product now, type /check and its ASIN.\nAn "
        "unknown seller may resell lawfully. Buy one before you call it counterfeit.",
        steps=(
            ("Open cases", "cases open"),
            ("Lesson: lawful or not?", "training counterfeit-or-resale"),
        ),
        names=(
            *("hijack", "hijak", "piggyback", "stranger", "resell", "seller", "copycat"),
            *("unauthoriz", "unauthoris", "counterfeit", "follow sell", "follow up sale"),
            *("verkaufer", "verkaeufer", "angehangt", "跟卖", "跟賣", "劫持"),
        ),
        hints=("sell", "sold", "listing", "offer", "unknown", "fake", "asin", "angebot", "假货"),
    ),
    HelpTopic(
        says="My page's text or images changed",
        gist="A change opens a case: answer 'It was us' or 'Not us'.",
        advice="When a watched page changes, its case asks whether it was you. If there is no "
        "case, take a screenshot before anyone corrects the page, ask your team, and log it to "
        "start a playbook. To report a page that was taken over, use Report Abuse.",
        steps=(
            ("My page was changed", "attack takeover"),
            ("Open cases", "cases open"),
            ("Lesson: a changed page", "training page-changed"),
        ),
        names=(
            *("title", "bullet", "description", "image", "picture", "photo", "content", "takeover"),
            *("variation", "taken over", "defac", "titel", "bilder", "标题", "图片"),
        ),
        hints=("page", "text", "taken", "chang", "edit", "detail", "different", "wrong", "seite"),
    ),
    HelpTopic(
        says="I got a false complaint",
        gist="Log it, then draft an answer to Amazon.",
        advice="Save the notice word for word. Answer once, with documents: invoices, the "
        "letter of authorization, your registration. Log it first, then draft the answer.",
        steps=(
            ("Log a false complaint", "attack false-complaint"),
            ("Write to Amazon's support", "support"),
            ("Our papers", "papers"),
        ),
        names=(
            *("complain", "accus", "infring", "takedown", "inauthentic", "against us"),
            *("policy violation", "beschwerde", "投诉", "侵权"),
        ),
        hints=("false", "claim", "notice", "notif", "violat", "removed"),
    ),
    HelpTopic(
        says="Bad or fake reviews",
        gist="Log them with dates. Never offer anything for a review.",
        advice="If a review breaks Amazon's rules, report it with the link below it. Log when "
        "the reviews started. Never offer anything for a review or for changing one. That can "
        "cost you the account.",
        steps=(
            ("Log bad reviews", "attack review-bombing"),
            ("Log fake reviews", "attack fake-reviews"),
            ("Lesson: reviews", "training reviews"),
        ),
        names=(
            *(
                "review",
                "rating",
                "rated",
                "feedback",
                "stars",
                "1 star",
                "one star",
                "star review",
            ),
            *("bewertung", "差评", "评价"),
        ),
        hints=("bomb", "fake", "false", "bad", "gefalscht"),
    ),
    HelpTopic(
        says="Someone got into my account",
        gist="From a clean device: change password, remove unknown users, check the bank account.",
        advice="In the next five minutes, use a clean device to change the password, remove users "
        "you do not know and check the bank account. Then log it and follow the playbook.",
        steps=(
            ("Someone got into my account", "attack intrusion"),
            ("I got a phishing message", "attack phishing"),
            ("Account security", "security"),
        ),
        names=(
            *("bank", "deposit", "disburse", "login", "log in", "logged", "sign in", "signed in"),
            *("password", "passcode", "credential", "user", "phish", "hack", "intru", "breach"),
            *("compromis", "two step", "2 step", "2fa", "mfa", "otp", "verification code"),
            *("email chang", "changed our email", "changed my email", "email address", "broke in"),
            *("in my account", "in our account", "into my account", "into our account"),
            *("to my account", "to our account", "unauthorized access", "account takeover"),
            *(
                "konto",
                "passwort",
                "gehackt",
                "账户",
                "账号",
                "帐户",
                "帐号",
                "密码",
                "银行",
                "登录",
            ),
        ),
        hints=("account", "access", "stole", "scam", "virus", "broke", "code", "email", "mail"),
        urgent=True,
    ),
    HelpTopic(
        says="A buyer got a fake",
        gist="Write a polite message, checked against Amazon's rules.",
        advice="You may write only to your own buyers. Brandwarden drafts the message with you "
        "and checks it against Amazon's rules. You send it. If they bought from another "
        "seller, open that seller's case: type /cases.",
        steps=(
            ("Write to a buyer", "buyer"),
            ("Letters so far", "letters"),
            ("Lesson: what you may write", "training buyer-messages"),
        ),
        names=("buyer", "customer", "parcel", "apolog", "kunde", "买家", "客户"),
        hints=(
            *("message", "write", "reply", "answer", "order", "damaged", "delay", "deliver"),
            *("counterfeit", "fake", "wrong"),
        ),
    ),
    HelpTopic(
        says="Returns that are not ours",
        gist="Keep what came back, take photos, log it.",
        advice="Keep what came back, with its label, and photograph it next to what you sent. "
        "Log the returns, then send Amazon the order IDs and photos.",
        steps=(
            ("Log malicious returns", "attack malicious-returns"),
            ("Write to Amazon's support", "support"),
        ),
        names=(
            *("return", "refund", "sent back", "send back", "sends back", "swapped", "a to z"),
            *("chargeback", "empty box", "rucksend", "retoure", "退货", "退款"),
        ),
        hints=("swap", "switch", "empty", "back", "claim", "different"),
    ),
    HelpTopic(
        says="I want to report something to Amazon",
        gist="Answer a few questions to find the right form. You file it.",
        advice="Open its case and press 'File a report'. Answer a few questions to find the "
        "right form, Report a Violation or Report Abuse. Brandwarden drafts and checks the text. "
        "If there is no case yet, type /attack to open one.",
        steps=(
            ("Reports so far", "reports"),
            ("Open cases", "cases open"),
            ("Lesson: two report forms", "training two-doors"),
        ),
        names=("report", "melden", "举报"),
        hints=("amazon", "violat", "abuse", "file"),
    ),
    HelpTopic(
        says="I want to ask Amazon",
        gist="Draft a request with everything that support needs. You send it.",
        advice="Write about one issue per message, with IDs, dates and what you want. "
        "Brandwarden drafts and checks it with you, and you send it. If the account is "
        "locked, read the lesson first.",
        steps=(
            ("Write to Amazon's support", "support"),
            ("Letters so far", "letters"),
            ("Lesson: a locked account", "training locked-account"),
        ),
        names=(
            *(
                "support",
                "contact",
                "suspen",
                "deactivat",
                "locked",
                "banned",
                "appeal",
                "reinstat",
            ),
            *("payout", "click fraud", "ads", "ask amazon", "gesperrt", "客服"),
        ),
        hints=("amazon", "ask", "lock", "block", "closed", "account", "held", "click"),
    ),
    HelpTopic(
        says="Keep the account safe",
        gist="Regular Security checklists, and your Security score.",
        advice="Security checklists arrive on schedule and take a few minutes a week. Your "
        "Security score shows what is missing. Lessons arrive monthly.",
        steps=(
            ("Account security", "security"),
            ("Duties", "duties"),
            ("Training", "training"),
        ),
        names=(
            *("safe", "secur", "protect", "prevent", "checklist", "permission", "2fa", "two step"),
            *("api", "key", "keys", "score", "sicher", "安全"),
        ),
        hints=("verif", "agency", "leav", "left", "duty", "duties", "account", "keep", "employee"),
    ),
)
"""What /help shows at once: as many as a card has room for."""

NEEDS = (*COMMON, *MORE)
"""All that can be found by words; of those that are equally good the first comes first."""
