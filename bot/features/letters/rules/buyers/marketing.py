"""No marketing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "No marketing"
_WORDS = phrases(
    r"(?:discount|coupon|promo(?:tional)? codes?|special offers?|newsletter|bestsell|black friday)",
    r"(?:save|enjoy|get) (?:up to )?\d+ ?(?:%|percent)",
    r"\d+ ?(?:%|percent) off\b",
    r"(?:limited[- ]time|for a limited time|we have a sale|sale (?:starts|ends|is on))",
    r"(?:customers also|(?:may|might|will|would) also (?:like|love|enjoy)\b(?! to\b))",
    r"(?:become a member|join our|tell your friends|recommend us)",
    r"(?:subscribe|sign up) (?:to|for)\b",
    r"follow (?:us|our (?:store|shop|brand|page|channel))\b",
    r"(?:check out|discover|browse|visit|shop|(?:have|take) a look at) our\b",
    r"our (?:other|new|latest|whole|full) (?:products?|range|collection|items|catalog)",
    r"(?:your )?next (?:purchase|order)\b",
    r"(?:buy|order|shop) (?:now|again|more)\b",
    r"(?:\w*rabatt|sonderangebot|gutscheincode|aktionscode|newsletter|schnäppchen)",
    r"(?:folgen sie uns|folge uns|abonnieren sie|jetzt (?:kaufen|bestellen))",
    r"(?:entdecken|besuchen) sie (?:auch )?unser",
    r"(?:schauen sie (?:auch )?bei unser|sparen sie\b(?! sich)|nur für kurze zeit)",
    r"werden sie mitglied",
    r"(?:sie|ihnen) (?:\w+ )?(?:sich )?auch (?:für )?unsere\w* [^.]{0,40}(?:interessier|gefall)",
    r"unsere?[nr]? (?:anderen?|weiteren?|neuen?|neuesten) (?:produkt|artikel|kollektion)",
    r"neuer katalog",
    r"(?:(?:ihr|ihre[nr]?) nächste[nr]?|(?:beim|zum) nächsten) (?:einkauf|kauf|bestellung)",
    r"(?:code promo|bon de réduction|offres? spéciales?|soldes|abonnez-vous|suivez-nous)",
    r"\d+ ?% de (?:remise|réduction|descuento)",
    r"(?:découvrez|visitez|rejoignez) (?:aussi )?(?:notre|nos)\b",
    r"suivez notre (?:boutique|page|marque|chaîne)",
    r"(?:vous aimerez (?:aussi|peut)|profitez de (?:nos|\d)|(?:offre|durée) limitée)",
    r"(?:nos|notre) (?:autres|nouveaux?|nouvelle) (?:produits?|articles?|gamme|collection)",
    r"nouveau catalogue",
    r"(?:votre |vos )?prochain(?:e|s)? (?:achat|commande)s?\b",
    r"(?:descuento|cupón|código promocional|ofertas? especial|rebajas|boletín|síganos|síguenos)",
    r"(?:descubra|visite|conozca|aproveche|únase a) (?:también )?nuestr[ao]s?\b",
    r"siga nuestra (?:tienda|página|marca)",
    r"(?:le gustará|tiempo limitado|ahorre (?:un )?\d|nuevo catálogo)",
    r"nuestros (?:otros|nuevos) (?:productos|artículos)",
    r"(?:su |tu )?próxim[ao] (?:compra|pedido)",
    r"(?:sconto|codice promozionale|offert[ae] special[ei]|saldi|seguiteci|seguici|si iscriva)",
    r"(?:scopra|visiti|scopri|visita) (?:anche )?(?:il nostro|i nostri|la nostra|le nostre) ",
    r"segua (?:il nostro negozio|la nostra (?:pagina|marca))",
    r"(?:le piacerann?[oà]|approfitti d|tempo limitato|risparmi (?:il |fino )?\d|nuovo catalogo)",
    r"(?:i )?nostri (?:altri|nuovi) (?:prodotti|articoli)",
    r"(?:il )?(?:suo |tuo )?prossimo (?:acquisto|ordine)",
    ja="割引|値引き|クーポン|セール(?:中|開催|実施|情報|のお知らせ|価格)|キャンペーン|新商品|新製品|新作"
    r"|期間限定|(?:お友達|ご友人)に|\d+ ?%\s?(?:オフ|OFF)|(?:おすすめ|お勧め)の?(?:商品|製品)"
    "|メルマガ|メールマガジン|フォロー(?:して|を|お願い)|(?:他|ほか)の(?:商品|製品)も"
    "|(?:次回|次)の?(?:ご購入|ご注文|お買い物)|お買い得",
)


def marketing(draft: BuyerDraft) -> Iterator[Remark]:
    """A message is about one order, and sells nothing."""
    if words := found(_WORDS, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' sells something. Write about this order only.")
