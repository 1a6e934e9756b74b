"""What people come for less often: found by their words, and named below what /help shows."""

from __future__ import annotations

from bot.features.overview.rules.needs import HelpTopic

MORE = (
    HelpTopic(
        says="Our trademarks and patents",
        gist="Enter them once. Brandwarden then adds the numbers to reports.",
        advice="Enter each trademark, copyright and patent with its number and country. "
        "Reports then cite the right that fits, and you get a warning if none does. Keep "
        "authorizations, invoices and your Brand Registry papers in /papers.",
        steps=(
            ("Our rights", "rights"),
            ("Our papers", "papers"),
            ("Brand registration", "security brand"),
        ),
        names=(
            *("trademark", "trade mark", "tm", "patent", "copyright", "brand registry", "rights"),
            *(
                "intellectual property",
                "uspto",
                "markenrecht",
                "marken",
                "商标",
                "专利",
                "品牌备案",
            ),
        ),
        hints=("regist", "brand", "enroll", "paper", "invoice", "contract"),
    ),
    HelpTopic(
        says="An API key leaked",
        gist="Revoke the app's authorization first. A new secret alone does not end access.",
        advice="In Seller Central, open Manage Your Apps and disable the app. Then log the leak, "
        "and follow the playbook: it rotates the keys and looks for damage.",
        steps=(
            ("An API key leaked", "attack leaked-key"),
            ("Write to Amazon's support", "support leaked-key"),
        ),
        names=("api key", "api token", "refresh token", "client secret", "key leak", "leaked key"),
        hints=("leak", "github", "repository", "expose"),
    ),
    HelpTopic(
        says="Buy Box lost or undercut",
        gist="For each drop, a case shows who was cheaper.",
        advice="Open the case to see who has the Buy Box (Amazon also calls it Featured Offer) "
        "and at what price. If several sellers undercut you on purpose, log a price war.",
        steps=(
            ("Open cases", "cases open"),
            ("Log a price war", "attack price-war"),
            ("Watched products", "watches"),
        ),
        names=(
            *("buy box", "buybox", "featured offer", "undercut", "cheap", "price", "pricing"),
            *("preis", "低价", "购物车"),
        ),
        hints=("box", "lost", "lower", "dump"),
    ),
    HelpTopic(
        says="My listing was taken down",
        gist="Save Amazon's notice, then answer it once.",
        advice="If you gave its SKU, a case says what Amazon has against it and what to do first. "
        "Save Amazon's notice word for word. If someone complained, log a false complaint. If it "
        "gives no reason, ask Amazon's support, with the ASIN and the date.",
        steps=(
            ("Open cases", "cases open"),
            ("Write to Amazon's support", "support"),
            ("Log a false complaint", "attack false-complaint"),
        ),
        names=(
            *("taken down", "took down", "suppress", "delist", "inactive", "disappear", "removed"),
            *("unavailable", "下架"),
        ),
        hints=("gone", "missing", "blocked", "down", "listing"),
    ),
    HelpTopic(
        says="A test buy",
        gist="Buy one, keep everything, add it to the case.",
        advice="Buy from exactly that seller's offer. Photograph the parcel, its label and the "
        "product next to yours, and keep the product. Then open the seller's case and press "
        "'Collect evidence' to add the order and the photos.",
        steps=(
            ("Lesson: test buys", "training test-buys"),
            ("Open cases", "cases open"),
        ),
        names=(
            *("test buy", "testbuy", "test purchase", "test order", "sample buy", "testkauf"),
            *("buy one", "bought one", "ordered one", "counterfeit", "genuine", "测试购买"),
        ),
        hints=("test", "bought", "purchas", "order", "fake", "real"),
    ),
    HelpTopic(
        says="Others use our name or photos",
        gist="Log it, then report it with the right you own.",
        advice="Log it with the other product's ASIN and a screenshot of its page. Then press "
        "'File a report' on the case. For images and text, you need your copyright. For "
        "a name on a product, you need your trademark. Report a name in keywords as abuse.",
        steps=(
            ("Log it", "attack other"),
            ("Our rights", "rights"),
            ("Lesson: two report forms", "training two-doors"),
        ),
        names=(
            *("copied", "copies", "copying", "stole our", "stole my", "using our", "uses our"),
            *("use our", "using my", "uses my", "our name", "our brand", "my brand", "brand name"),
            *("logo", "keyword", "impersonat", "kopiert", "盗图", "抄袭"),
        ),
        hints=("competitor", "photo", "picture", "image", "name", "copy", "title", "text"),
    ),
    HelpTopic(
        says="Add a teammate",
        gist="Invite them to the alerts channel.",
        advice="Invite them to the private alerts channel. People in it can work on cases, "
        "guests can only view, and workspace admins are admins here. For the page on this "
        "computer, an admin creates a link with /sessions new.",
        steps=(
            ("Duties", "duties"),
            ("Local page sessions", "sessions"),
            ("Lesson: who may do what", "training who-may-what"),
        ),
        names=(
            *("teammate", "team mate", "team member", "colleague", "coworker", "co worker"),
            *("invite", "role", "assistant", "va", "new hire", "kollege"),
            *("团队", "同事"),
        ),
        hints=("team", "add", "access", "employee", "staff", "member", "people", "person"),
    ),
    HelpTopic(
        says="Stop alerts at night",
        gist="Quiet hours hold back all but critical alerts.",
        advice="An admin types /settings quiet 22-7. Alerts then wait until 7:00, except critical "
        "ones. To turn them off, type /settings quiet off. To mute one case, press 'Snooze' on it.",
        steps=(
            ("Settings", "settings"),
            ("Open cases", "cases open"),
        ),
        names=(
            *("night", "weekend", "quiet", "mute", "silence", "sleep", "snooze", "ping"),
            *(
                "notifications",
                "do not disturb",
                "dnd",
                "too many",
                "stop alert",
                "nachts",
                "免打扰",
                "晚上",
            ),
        ),
        hints=("alert", "stop", "hours", "off", "pause"),
    ),
    HelpTopic(
        says="Use Brandwarden in Chinese",
        gist="An admin types /settings language zh.",
        advice="An admin types /settings language zh, and /settings language en for English. "
        "Reports and letters keep the languages of their marketplaces.",
        steps=(("Settings", "settings"),),
        names=(
            *("in chinese", "speak chinese", "speaks chinese", "to chinese"),
            *("language of the bot", "change language", "change the language", "your language"),
            *("中文", "语言", "汉语"),
        ),
        hints=("language", "chinese", "translat"),
    ),
    HelpTopic(
        says="Watch a product, or stop watching",
        gist="Type /watch and an ASIN. To stop, type /unwatch.",
        advice="Type /watch and an ASIN or a link, or /watch all to add everything that your "
        "account lists. To stop, type /unwatch and the ASIN. Its cases are kept.",
        steps=(
            ("Watch a product", "watch"),
            ("Watch all products", "watch all"),
            ("Watched products", "watches"),
        ),
        names=("watch", "unwatch", "monitor", "add product", "add a product", "add asin"),
        hints=("product", "asin", "add", "start", "begin", "stop", "track", "监控"),
    ),
    HelpTopic(
        says="Used or refurbished offers",
        gist="Type /conditions to check them, or new offers only.",
        advice="Selling used goods is lawful in general. Type /conditions, the ASIN and 'all' to "
        "get a case when an unknown seller offers it used, or 'new' for new offers only. If buyers "
        "get used goods as new, plan a test buy.",
        steps=(
            ("Open cases", "cases open"),
            ("Lesson: test buys", "training test-buys"),
        ),
        names=(
            *("used offer", "used good", "used item", "used product", "sold used", "used as new"),
            *("used sold", "refurb", "renewed", "second hand", "open box", "warehouse deal"),
        ),
        hints=("used", "condition", "collectible"),
    ),
    HelpTopic(
        says="A seller we authorized",
        gist="Authorize the seller to stop alerts about them.",
        advice="On the seller's case, press 'Authorize seller' for all products or for one. "
        "Alerts about them stop. You can undo this at any time.",
        steps=(
            ("Trusted sellers", "sellers"),
            ("Open cases", "cases open"),
        ),
        names=(
            *("distributor", "wholesal", "authoriz", "authoris", "trust", "allowed", "whitelist"),
            *("false alarm", "our partner", "licens", "retailer", "授权"),
        ),
        hints=("partner", "allow", "seller", "ours", "own"),
    ),
    HelpTopic(
        says="Keep evidence",
        gist="Press 'Collect evidence' on a case to add and seal it.",
        advice="Open the case and press 'Collect evidence' to add screenshots, files and orders. "
        "Brandwarden records when each was added, and can show later that nothing was changed.",
        steps=(
            ("Open cases", "cases open"),
            ("Lesson: evidence", "training evidence"),
        ),
        names=("screenshot", "screen shot", "evidence", "proof", "prove", "beweis", "证据", "截图"),
        hints=("save", "court", "legal", "lawyer", "keep", "capture"),
    ),
    HelpTopic(
        says="Train the team",
        gist="Short lessons. Missed questions come back.",
        advice="Each lesson is short and ends with a question. Questions you got wrong come back.",
        steps=(
            ("All lessons", "training lessons"),
            ("Ask me something", "training ask"),
            ("Team progress", "training"),
        ),
        names=(
            "lesson",
            "train",
            "learn",
            "course",
            "quiz",
            "teach",
            "onboard",
            "schulung",
            "培训",
        ),
        hints=("new", "scam", "team"),
    ),
    HelpTopic(
        says="Find products that look like ours",
        gist="Amazon is searched, and you compare.",
        advice="Brandwarden searches Amazon for your titles and for brand names like yours. You "
        "see each product beside yours and say what it is. 'Copy' opens a case.",
        steps=(
            ("Compare", "copycats"),
            ("Search Amazon again", "copycats search"),
            ("Our rights", "rights"),
        ),
        names=("copycat", "copy cat", "imitat", "lookalike", "look alike", "knockoff", "nachahm"),
        hints=("similar", "looks", "like", "our", "product"),
    ),
    HelpTopic(
        says="What happened lately",
        gist="Who, how and how often, with charts.",
        advice="See sources, methods and frequency, and what to do about them. The digest "
        "covers today, and the review sums up a quarter.",
        steps=(
            ("Attacks so far", "attacks"),
            ("Today", "digest"),
            ("Quarterly review", "review"),
        ),
        names=(
            *("lately", "happen", "histor", "analy", "statist", "trend", "chart", "campaign"),
            *("quarter", "digest", "attacks"),
        ),
        hints=("week", "month", "today", "attack", "pattern", "often"),
    ),
    HelpTopic(
        says="Is everything running?",
        gist="/health shows what is checked and what failed.",
        advice="It shows when each product was last checked, what could not be checked, and "
        "what is waiting to be sent. Silence alone does not mean that all is well.",
        steps=(
            ("Health", "health"),
            ("Watched products", "watches"),
        ),
        names=("running", "working", "status", "health", "alive", "online", "offline", "outage"),
        hints=("bot", "still", "works", "error", "stuck"),
    ),
)
