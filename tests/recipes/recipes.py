"""The recipes of docs/recipes, as a person follows them."""

from __future__ import annotations

from tests.recipes.house import Edit, Recipe

ROLES = "tests/journeys/test_roles.py"
TABLES = "in_these_tables"
TURNS = "tests/unit/core/test_turns.py"
RULES = "checks/offers/__init__.py"
WATCHLIST = "bot/features/watchlist/feature.py"
WORK = "bot/core/scheduler.py"
ATTACKS = "bot/features/attacks/commands.py"
ATTACK_VIEWS = "bot/features/attacks/views/attacks.py"

TYPED = "TYPED: Mapping[str, Action] = {\n"
PRESSED = "PRESSED: Mapping[str, Action] = {\n"
WALKS = "WALKS: Mapping[str, Walk] = {\n"
COMMANDS = "commands=(*watch.COMMANDS,"
IMPORTS = "from bot.features.watchlist.commands import check, "
FLOWS = "from bot.features.watchlist.flows.watch"
ENDS = "flows=(WATCH,),"
TITLES = '    TITLES = "titles",'
OUTAGES = "from bot.features.watchlist.service.watching"
ENDING = "        PeriodicTask(Work.TRUST, TrustEnding, timedelta(minutes=5)),\n"
CARD = "buttons=(PICTURES, LIST),"
HANDLER = '''async def count_attacks(ctx: RequestContext) -> Sequence[Reply]:
    """Say how many attacks are known."""
    return [Notice(f"{counted(len(await incidents(ctx.app)), 'attack')} known.")]


'''

RULE = Recipe(
    name="rule",
    edits=(
        Edit(
            RULES,
            "from checks.offers.hidden_sellers",
            "from checks.offers.crowded import crowded\nfrom checks.offers.hidden_sellers",
        ),
        Edit(RULES, "    hidden_sellers,\n", "    hidden_sellers,\n    crowded,\n"),
    ),
    shown_by=("tests/unit/checks/offers/test_crowded.py", "tests/journeys/test_new_rule.py"),
    forgotten=(RULES,),
)

COMMAND = Recipe(
    name="command",
    edits=(
        Edit(WATCHLIST, IMPORTS, f"{IMPORTS}count, "),
        Edit(WATCHLIST, COMMANDS, f"{COMMANDS} *count.COMMANDS,"),
        Edit(ROLES, TYPED, f'{TYPED}    "count": READING,\n'),
    ),
    shown_by=("tests/unit/features/watchlist/test_count.py", ROLES),
    only=f"test_count or count- or {TABLES}",
    forgotten=(ROLES,),
)

BUTTON = Recipe(
    name="button",
    edits=(
        Edit(ATTACKS, "async def _list(", f"{HANDLER}async def _list("),
        Edit(ATTACKS, "lists import ListPage", "lists import ListPage, counted"),
        Edit(
            ATTACKS,
            "CLICKS = (\n",
            'CLICKS = (\n    ClickSpec("count-attacks", Permission.READ, count_attacks),\n',
        ),
        Edit(
            ATTACK_VIEWS,
            "PICTURES = Button(",
            'COUNT = Button(label="How many?", action="count-attacks")\nPICTURES = Button(',
        ),
        Edit(ATTACK_VIEWS, CARD, "buttons=(PICTURES, LIST, COUNT),"),
        Edit(
            ROLES,
            PRESSED,
            f'{PRESSED}    "count-attacks": '
            'Action(Permission.READ, changes=False, says="1 attack known."),\n',
        ),
    ),
    shown_by=("tests/unit/test_buttons.py", ROLES),
    only=f"test_buttons or count-attacks or {TABLES}",
    forgotten=(ATTACK_VIEWS, ROLES),
)

FLOW = Recipe(
    name="flow",
    edits=(
        Edit(WATCHLIST, FLOWS, f"from bot.features.watchlist.flows import floor\n{FLOWS}"),
        Edit(WATCHLIST, COMMANDS, f"{COMMANDS} *floor.COMMANDS,"),
        Edit(WATCHLIST, ENDS, "flows=(WATCH, floor.FLOOR),"),
        Edit(ROLES, TYPED, f'{TYPED}    "floor": Action(Permission.WATCH),\n'),
        Edit(
            ROLES,
            WALKS,
            f'{WALKS}    "floor": Walk((Permission.WATCH,), '
            '"floor", ({"product": ASIN, "floor": "20"},)),\n',
        ),
    ),
    shown_by=(
        "tests/unit/features/watchlist/test_floor.py",
        "tests/unit/core/flows/test_flows.py",
        ROLES,
    ),
    only=f"floor or {TABLES}",
    forgotten=(ROLES,),
)

CHECKLIST = Recipe(
    name="checklist",
    edits=(
        Edit(
            "docs/article.md",
            "`packaging-and-marks/marks`, `packaging-and-marks/transparency`",
            "`packaging-and-marks/marks`, `packaging-and-marks/transparency`, `trade-fairs`",
        ),
        Edit("README.md", "\nTwelve checklists", "\nThirteen checklists"),
    ),
    shown_by=(
        "tests/docs/test_readme.py",
        "tests/docs/test_article.py",
        "tests/unit/checks/checklists/test_shipped.py",
        "tests/language/test_interface.py",
    ),
    only="trade-fairs or readme or serves or spends or no_day or data_has",
    forgotten=("docs/article.md", "README.md", "checks/checklists/texts/trade-fairs.zh.toml"),
)

CHAT = Recipe(
    name="chat",
    edits=(
        Edit(
            ".env.example",
            "# People's roles, by their IDs",
            """# Parley (docs/parley.md): set the bot's token to connect to the server.
BRANDWARDEN_PARLEY_TOKEN=
BRANDWARDEN_PARLEY_HOST=localhost
BRANDWARDEN_PARLEY_PORT=7419

# People's roles, by their IDs""",
        ),
        Edit(
            "README.md",
            "in [Discord](docs/discord.md), in both at once,",
            "in [Discord](docs/discord.md), on [Parley](docs/parley.md), in all at once,",
        ),
    ),
    folder="adapters/parley/",
    shown_by=(
        "tests/docs/test_chat_pages.py",
        "tests/unit/test_names.py",
        "tests/unit/test_chat_files.py",
        "tests/unit/test_settings.py",
        "tests/unit/adapters/parley",
        "tests/contracts/chat/test_rights.py",
        "tests/contracts/chat",
    ),
    only="parley or has_a_rig or workspace or test_names or test_chat_files or example or chats",
    forgotten=("tests/contracts/chat/parley_rig.py", ".env.example", "docs/parley.md"),
)

PERIODIC = Recipe(
    name="periodic",
    edits=(
        Edit(WORK, TITLES, f'    TALLY = "tally", "Counting products"\n{TITLES}'),
        Edit(
            WATCHLIST,
            OUTAGES,
            f"from bot.features.watchlist.service.tally import ProductTally\n{OUTAGES}",
        ),
        Edit(
            WATCHLIST,
            ENDING,
            f"{ENDING}        PeriodicTask(Work.TALLY, ProductTally, timedelta(hours=1)),\n",
        ),
        Edit(TURNS, '"trust", "titles"', '"trust", "tally", "titles"'),
    ),
    shown_by=("tests/unit/features/watchlist/test_tally.py", TURNS),
    only="tally or periodic_work",
    forgotten=(WATCHLIST, TURNS),
)

RECIPES = {each.name: each for each in (RULE, COMMAND, BUTTON, FLOW, CHECKLIST, CHAT, PERIODIC)}
