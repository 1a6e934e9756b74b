"""What a request must say, and what it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lint.letters import secrets, tone
from bot.features.letters.rules.support import (
    LONGEST,
    RULES,
    Rule,
    about,
    buyers_data,
    counterfeit,
    done,
    length,
    lint,
    one_matter,
    request,
    when,
)
from bot.features.letters.rules.support_words import (
    access,
    accusation,
    confession,
    price,
    scorn,
)
from tests.unit.features.letters import drafts
from tests.unit.features.letters.drafts import ORDER, REQUEST, told

CAUGHT: list[tuple[Rule, str]] = [
    (about, "Our listing was changed."),
    (about, "Since 2026-11-20 the PRODUCTION line stands."),
    (about, "It was 24.99 EUR, then 1,234,567."),
    (about, "Unser Angebot wurde geändert."),
    (when, "It began last Tuesday."),
    (when, f"Order {ORDER} of B0ALDER001"),
    (when, "Version 2.5.1 since 14:30"),
    (done, "The page was changed. Please restore it."),
    (done, "We need help."),
    (done, "Our steps so far:\n\nOur request:\nPlease restore the page."),
    (done, "Die Seite ist falsch. Bitte stellen Sie sie wieder her."),
    (request, "The page was changed."),
    (request, "Please help us!"),
    (request, "Please fix this as soon as possible."),
    (request, "Bitte helfen Sie uns schnell."),
    (request, "Our request:\nHelp us."),
    (request, "Please do A now. Please do B now. Please do C now. Please do D now."),
    (one_matter, "We have another problem, too."),
    (one_matter, "By the way, our ads are slow."),
    (one_matter, "Ein weiteres Anliegen betrifft die Werbung."),
    (one_matter, "Übrigens fehlt auch ein Bild."),
    (counterfeit, "They sell counterfeits."),
    (counterfeit, "It is a fake."),
    (counterfeit, "Das sind Fälschungen."),
    (counterfeit, "They are not genuine but counterfeit."),
    (counterfeit, "Das ist nicht echt, sondern gefälschte Ware."),
    (counterfeit, "We dispute the counterfeit claim. The seller there sells counterfeits."),
    (counterfeit, "We claim that they sell counterfeits."),
    (request, "Please do something about this."),
    (request, "Please solve our problem."),
    (request, "Please take action."),
    (request, "Bitte unternehmen Sie etwas."),
    (one_matter, "PS: our ads are slow."),
    (one_matter, "Und noch etwas: die Werbung."),
    (buyers_data, "The buyer jane@mail.example wrote."),
    (buyers_data, "The buyer's number is +49 30 901820."),
    (buyers_data, "Dear Mr Smith,"),
    (length, "Too short."),
    (length, "x" * (LONGEST + 1)),
    (buyers_data, "The buyer Jane Waterstone sent back a brick."),
    (buyers_data, "He lives at 14 Old Mill Road."),
    (buyers_data, "Die Käuferin Frau Anna Müller wohnt dort."),
    (buyers_data, "Die Adresse ist Lindenstraße 12."),
    (buyers_data, "The customer Jane Miller claims that the box was empty."),
    (buyers_data, "The customer is called Jane Miller."),
    (buyers_data, "Our customer Mrs. Jane Miller sent it back."),
    (buyers_data, "Mr. John Smith ordered twelve pans and returned stones."),
    (buyers_data, "We sent the parcel to 14 Old Mill Road in Salem."),
    (buyers_data, "Ship to: 221 Baker Street, London"),
    (buyers_data, "The buyer gave the address '14 Old Mill Road'."),
    (buyers_data, "Unser Kunde Max Huber hat Steine zurückgeschickt."),
    (buyers_data, "Herr Max Huber hat zwölf Pfannen bestellt."),
    (buyers_data, "Wir haben das Paket an die Hauptstraße 5 geschickt."),
    (buyers_data, "Sie wohnt am Rosenweg 12a in Bonn."),
    (buyers_data, "Buyer: Thomas Wright"),
    (buyers_data, "Wir haben Frau Ina Busch geschrieben."),
    (one_matter, "Also, our ads show a wrong picture."),
    (one_matter, "Außerdem fehlt eine Erstattung."),
    (counterfeit, "Der Händler verkauft nachgemachte Ware."),
    (accusation, "Our competitor is behind it."),
    (accusation, "These criminals change our page."),
    (accusation, "Everyone knows who did it."),
    (accusation, "Dahinter steckt ein Mitbewerber."),
    (accusation, "Wem das nützt, ist klar."),
    (price, "An unauthorized seller offers it below MAP."),
    (price, "He sells under our minimum price."),
    (price, "Er unterbietet den Mindestpreis."),
    (access, "Please log in yourself and look."),
    (access, "The app was showing 448 812."),
    (access, "Loggen Sie sich mit unseren Daten ein."),
    (confession, "We asked our friends to post five stars."),
    (confession, "Unsere Mitarbeiter haben auch Bewertungen geschrieben."),
    (scorn, "It seems to be answered by a robot."),
    (scorn, "Das sind doch nur Textbausteine."),
    (secrets, "The password was Finch2024! and nothing else."),
    (secrets, "Das Passwort war Muehle#77."),
    (secrets, "Use the password Larkmill!2026 for it."),
    (tone, "We will go to the press."),
    (scorn, "I will write to the CEO directly."),
    (scorn, "Ich stehe bald vor Ihrer Tür."),
    (tone, "Your people are morons."),
]
PASSES: list[tuple[Rule, str]] = [
    (about, "B0ALDER001 was changed."),
    (about, f"The order {ORDER}."),
    (about, "Complaint 12345678901."),
    (about, "Our selling account was locked."),
    (about, "Unser Verkäuferkonto ist gesperrt."),
    (about, "Die Kampagne 'Pfannen' bekommt Klicks."),
    (when, "Since 2026-11-20"),
    (when, "since 20 November 2026"),
    (when, "since November 20th, 2026"),
    (when, "seit dem 20.11.2026"),
    (when, "seit dem 20. November 2026"),
    (when, "2026年11月20日から"),
    (when, "on 11/20/2026"),
    (when, "since the 20th of November 2026"),
    (about, "All our accounts are locked."),
    (about, "Alle unsere Konten sind gesperrt."),
    (done, "I reset the password and spoke to your colleague."),
    (request, "Kindly restore the page."),
    (request, "We need you to restore the page."),
    (request, "Wir möchten, dass Sie die Seite wiederherstellen."),
    (counterfeit, "Amazon accuses us of selling counterfeits, and that is wrong."),
    (counterfeit, "Our items are genuine; the counterfeit claim is false."),
    (counterfeit, "The claim of counterfeiting is unfounded."),
    (counterfeit, "We received a notice that our item is counterfeit."),
    (counterfeit, "We do not sell any counterfeits."),
    (counterfeit, "Several reviews say that it is a fake."),
    (counterfeit, "It rests on fake documents."),
    (counterfeit, "Uns wird vorgeworfen, Fälschungen zu verkaufen."),
    (counterfeit, "Ihre Mitteilung nennt unseren Artikel eine Fälschung."),
    (counterfeit, "Unsere Ware ist echt und keine Fälschung."),
    (counterfeit, "La plainte parle de contrefaçon."),
    (done, "We have changed all passwords."),
    (done, "We already reported it."),
    (done, "Wir haben alle Kennwörter geändert."),
    (done, "Our steps so far:\nPasswords renewed, two users gone."),
    (done, "Unsere Schritte bisher:\nKennwörter erneuert."),
    (request, "Please restore the detail page."),
    (request, "We ask you to reinstate the listing."),
    (request, "Bitte stellen Sie die Seite wieder her."),
    (request, "Our request:\nRestore the detail page."),
    (request, "Please restore the page. Please tell us when it is done."),
    (request, "Please help us. Please restore the detail page."),
    (one_matter, "Another seller changed the page."),
    (one_matter, "We reported it under two case IDs."),
    (one_matter, "Ein anderer Verkäufer hat die Seite geändert."),
    (counterfeit, "They write fake reviews."),
    (counterfeit, "A fake account placed fake orders."),
    (counterfeit, "The complaint says that we sell counterfeits; that is not so."),
    (counterfeit, "We were accused of selling counterfeit goods."),
    (counterfeit, "Der Vorwurf, es seien Fälschungen, ist falsch."),
    (counterfeit, "Gefälschte Bewertungen stehen dort."),
    (buyers_data, f"The buyer of order {ORDER} wrote."),
    (buyers_data, "Hello,"),
    (buyers_data, "Dear Amazon team,"),
    (length, "x" * LONGEST),
    (about, f"Order {ORDER}, returned on Monday."),
    (about, "Our seller ID is A1LKM70QX31ZPP."),
    (done, "We have re-sent the invoice."),
    (done, "We re-uploaded the picture."),
    (one_matter, "The page shows an unrelated ASIN."),
    (one_matter, "We have also restored the title."),
    (one_matter, "Außerdem haben wir den Titel wiederhergestellt."),
    (request, "Wir bitten, ihn wieder zu öffnen."),
    (buyers_data, "The buyer of Alder & Finch Cookware wrote."),
    (buyers_data, "Customer Service closed the case."),
    (buyers_data, "Your customer Service Team closed the case."),
    (buyers_data, "The Buyer Abuse Team answered on 2026-11-20."),
    (buyers_data, "See the Customer Metrics Report and the Customer Return Center."),
    (buyers_data, "Das Kunden Service Center hat den Fall geschlossen."),
    (buyers_data, "Unser Frau Holle Kissen zeigt ein fremdes Bild."),
    (buyers_data, "Frau Holle Kissen zeigt seit gestern ein fremdes Bild."),
    (buyers_data, "Die Frau Müller GmbH hat die Beschwerde eingereicht."),
    (buyers_data, "Frau Müller Naturkost GmbH hat die Seite geändert."),
    (buyers_data, "The listing of our Mr Coffee Maker was merged."),
    (buyers_data, "Mr Clean Magic Eraser is another brand."),
    (buyers_data, "The title is '12 Main Street Bakery Pan'."),
    (buyers_data, "Our candle '5 Main Street' was suppressed."),
    (buyers_data, "The 100 Sesame Street Stickers listing was merged."),
    (buyers_data, "The 64 Gb Flash Drive was removed."),
    (buyers_data, "Our company's address is 12 Main Street, Portland."),
    (buyers_data, "We are located at 400 Harbor View Road."),
    (buyers_data, "The return address of our warehouse is 7 Dock Lane."),
    (buyers_data, "Unsere Firmenadresse lautet Lindenstraße 12, Berlin."),
    (buyers_data, "Unser Lager liegt am Hafenweg 3."),
    (buyers_data, "Der Artikel liegt auf Lagerplatz 12 und hat einen Federweg 120 mm."),
    (buyers_data, "Our managing director Mrs Anna Finch signed the letter."),
    (buyers_data, "Unsere Anwältin Frau Anna Fink hat geantwortet."),
    (buyers_data, "Mr John Smith of Amazon told us to write again."),
    (accusation, "We do not know who changed it."),
    (accusation, "Bitte stornieren Sie die betrügerischen Bestellungen."),
    (price, "Our offer was priced at $24.50 on average."),
    (access, "The password was reset at 03:40."),
    (access, "Our batch 814 203 was processed."),
    (secrets, "The password was changed on 2026-11-20."),
    (secrets, "Das Passwort wurde um 03:40 zurückgesetzt."),
    (confession, "Our employees checked the reviews."),
    (scorn, "The page was changed by an unknown account."),
    (tone, "We have paused our ads."),
    (tone, "Wir haben die Anzeigen angehalten."),
]


@pytest.mark.parametrize(("rule", "text"), CAUGHT)
def test_what_gets_it_sent_back_is_caught(rule: Rule, text: str) -> None:
    assert len(told(rule, drafts.request(text))) == 1


@pytest.mark.parametrize(("rule", "text"), PASSES)
def test_what_is_as_it_should_be_passes(rule: Rule, text: str) -> None:
    assert told(rule, drafts.request(text)) == []


def test_a_good_request_passes_every_rule() -> None:
    assert lint(REQUEST) == ()


@pytest.mark.parametrize(
    ("taken", "rule"),
    [
        ("B0ALDER001", "Says what it is about"),
        ("2026-11-20", "Says when it started"),
        ("We have restored the title twice.\n", "Says what was done"),
        ("Please restore the detail page to our contribution.\n", "Asks for one concrete thing"),
    ],
)
def test_a_part_that_is_taken_out_is_missed(taken: str, rule: str) -> None:
    draft = drafts.request(REQUEST.text.replace(taken, ""))
    assert [remark.rule for remark in lint(draft)] == [rule]


def test_counterfeit_may_be_said_with_grounds() -> None:
    assert told(counterfeit, drafts.request("They sell counterfeits.", grounds=True)) == []


@given(st.text(max_size=400))
def test_any_text_can_be_judged(text: str) -> None:
    remarks = lint(drafts.request(text, language="de"))
    assert all(remark.rule and remark.says for remark in remarks)


def test_every_rule_has_a_name_of_its_own_and_says_why() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
