"""No marketing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.buyers.messages import Draft
from bot.domain.letters import Remark
from bot.domain.phrases import found, phrases

RULE = "No marketing"
_WORDS = phrases(
    r"(?:discount|coupon|promo(?:tional)? codes?|special offers?|newsletter|bestsell|black friday)",
    r"\d+ ?% off\b",
    r"(?:subscribe|sign up) (?:to|for)\b",
    r"follow us\b",
    r"(?:check out|discover|browse|visit|have a look at) our\b",
    r"our (?:other|new|latest|whole|full) (?:products?|range|collection|items)",
    r"(?:your )?next (?:purchase|order)\b",
    r"(?:buy|order|shop) (?:now|again|more)\b",
    r"(?:\w*rabatt|sonderangebot|gutscheincode|aktionscode|newsletter|schnäppchen)",
    r"(?:folgen sie uns|folge uns|abonnieren sie|jetzt (?:kaufen|bestellen))",
    r"(?:entdecken|besuchen) sie (?:auch )?unser",
    r"unsere[nr]? (?:anderen?|weiteren?|neuen?|neuesten) (?:produkt|artikel|kollektion)",
    r"(?:ihr|ihre[nr]?) nächste[nr]? (?:einkauf|kauf|bestellung)",
    r"(?:code promo|bon de réduction|offres? spéciales?|soldes|abonnez-vous|suivez-nous)",
    r"\d+ ?% de (?:remise|réduction|descuento)",
    r"(?:découvrez|visitez) (?:aussi )?(?:notre|nos) (?:boutique|produits|gamme|collection)",
    r"(?:nos|notre) (?:autres|nouveaux?|nouvelle) (?:produits?|articles?|gamme|collection)",
    r"(?:votre |vos )?prochain(?:e|s)? (?:achat|commande)s?\b",
    r"(?:descuento|cupón|código promocional|ofertas? especial|rebajas|boletín|síganos|síguenos)",
    r"(?:descubra|visite|conozca) (?:también )?(?:nuestr[ao]s?) (?:tienda|productos|gama)",
    r"nuestros (?:otros|nuevos) (?:productos|artículos)",
    r"(?:su |tu )?próxim[ao] (?:compra|pedido)",
    r"(?:sconto|codice promozionale|offert[ae] special[ei]|saldi|seguiteci|seguici|si iscriva)",
    r"(?:scopra|visiti|scopri|visita) (?:anche )?(?:il nostro|i nostri|la nostra) ",
    r"(?:i )?nostri (?:altri|nuovi) (?:prodotti|articoli)",
    r"(?:il )?(?:suo |tuo )?prossimo (?:acquisto|ordine)",
    ja="割引|値引き|クーポン|セール(?:中|開催|情報|のお知らせ|価格)|キャンペーン|新商品|新製品"
    "|メルマガ|メールマガジン|フォロー(?:して|を|お願い)|(?:他|ほか)の(?:商品|製品)も"
    "|(?:次回|次)の?(?:ご購入|ご注文|お買い物)|お買い得",
)


def marketing(draft: Draft) -> Iterator[Remark]:
    """A message is about one order, and sells nothing."""
    if words := found(_WORDS, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' sells something. Write about this order only.")
