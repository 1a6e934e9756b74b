"""What stressed sellers type after /help, and what they look for. Written before the rules."""

from __future__ import annotations

from enum import Enum, auto


class Wish(Enum):
    """What the person needs."""

    STRANGER = auto()  # somebody sells on our listing
    PAGE = auto()  # our page's text, pictures or family was changed
    ACCOUNT = auto()  # login, bank, users, phishing
    PRICE = auto()  # undercut, Buy Box lost
    GONE = auto()  # our listing or offer was taken down
    REVIEWS = auto()  # fake or abusive reviews
    RETURNS = auto()  # suspicious returns
    ACCUSED = auto()  # a false complaint against us
    REPORT = auto()  # report something to Amazon
    RIGHTS = auto()  # trademarks, patents, Brand Registry
    TEST_BUY = auto()
    NAME_USED = auto()  # others use our brand's name
    COPIED = auto()  # others use our photos or text
    TEAM = auto()  # who works here, who may do what
    QUIET = auto()  # when alerts come
    WATCH = auto()  # watch a product, stop watching it
    TRUSTED = auto()  # sellers who may sell our products
    EVIDENCE = auto()  # screenshots, proof
    LEARN = auto()  # lessons for the team
    HEALTH = auto()  # is everything running


W = Wish

# Every second phrase, from the second one on, was kept unread while the rules were written.
PHRASES: tuple[tuple[str, tuple[Wish, ...]], ...] = (
    ("someone else is selling on my listing", (W.STRANGER,)),
    ("there's a random seller on our ASIN HELP", (W.STRANGER,)),
    ("bank account changed and it wasn't us", (W.ACCOUNT,)),
    ("somebody changed our deposit method", (W.ACCOUNT,)),
    ("hijacker on my listing", (W.STRANGER,)),
    ("we got hijacked", (W.STRANGER,)),
    ("listing hijacked and the title changed too", (W.STRANGER, W.PAGE)),
    ("hijackers changed my bullet points", (W.STRANGER, W.PAGE)),
    ("trademark", (W.RIGHTS,)),
    ("where do I put our brand registry number", (W.RIGHTS,)),
    ("how do I report a seller to amazon", (W.REPORT,)),
    ("report a violation", (W.REPORT,)),
    ("we got a false infringement complaint", (W.ACCUSED,)),
    ("amazon says we violate someones patent but we dont", (W.ACCUSED,)),
    ("1 star reviews all at once", (W.REVIEWS,)),
    ("fake reveiws from competitor", (W.REVIEWS,)),
    ("someone copied my photos", (W.COPIED,)),
    ("another listing is using our pictures", (W.COPIED,)),
    ("lost the buy box", (W.PRICE,)),
    ("buybox gone since this morning", (W.PRICE,)),
    ("my listing was taken down", (W.GONE,)),
    ("listing supressed no idea why", (W.GONE,)),
    ("test buy", (W.TEST_BUY,)),
    ("ordered one from them to see if its fake, what now", (W.TEST_BUY,)),
    ("competitor uses our name in their title", (W.NAME_USED,)),
    ("they put our brand in there keywords", (W.NAME_USED,)),
    ("how do i add a teammate", (W.TEAM,)),
    ("give my VA access to the bot", (W.TEAM,)),
    ("stop alerts at night", (W.QUIET,)),
    ("too many notifications on the weekend", (W.QUIET,)),
    ("被跟卖了怎么办", (W.STRANGER,)),
    ("跟卖", (W.STRANGER,)),
    ("log in from a country we dont know", (W.ACCOUNT,)),
    ("cant login to seller central, password changed", (W.ACCOUNT,)),
    ("Fremder Verkäufer auf meinem Angebot", (W.STRANGER,)),
    ("Bankverbindung wurde geändert", (W.ACCOUNT,)),
    ("weird user in our user permissions", (W.ACCOUNT,)),
    ("two step verification code I didn't ask for", (W.ACCOUNT,)),
    ("our main image is different all of a sudden", (W.PAGE,)),
    ("somebody messed with our title and bullets", (W.PAGE,)),
    ("customer sent back a different item", (W.RETURNS,)),
    ("returns are full of junk, return fraud", (W.RETURNS,)),
    ("seller is way cheaper than us", (W.PRICE, W.STRANGER)),
    ("undercut by 5 dollars", (W.PRICE,)),
    ("add product to watch", (W.WATCH,)),
    ("how to stop watching a asin", (W.WATCH,)),
    ("got an email from amazon asking for my password is it real", (W.ACCOUNT,)),
    ("phishing mail", (W.ACCOUNT,)),
    ("our distributor is allowed to sell this", (W.TRUSTED,)),
    ("ignore this seller, its our own second account", (W.TRUSTED,)),
    ("need screenshots as proof", (W.EVIDENCE,)),
    ("how to save evidance for our lawyer", (W.EVIDENCE,)),
    ("someone is selling counterfits of our product", (W.STRANGER, W.TEST_BUY)),
    ("patent", (W.RIGHTS,)),
    ("账户被盗了", (W.ACCOUNT,)),
    ("Gefälschte Bewertungen", (W.REVIEWS,)),
    ("train the new girl on scams", (W.LEARN,)),
    ("what should my team learn first", (W.LEARN,)),
    ("is the bot still running??", (W.HEALTH,)),
    ("havent heard anything in days is it broken", (W.HEALTH,)),
)

READ = PHRASES[0::2]
UNREAD = PHRASES[1::2]
