"""How each unit is written in the languages of Amazon's marketplaces, in all forms and cases.

What stands here after a number means the same to every buyer. Units have up to three words.
"""

from __future__ import annotations

WRITTEN = {
    # Lengths
    "µm": "µm|μm|um|micron|microns|mikrometer",
    "mm": (
        "mm|millimeter|millimeters|millimetre|millimetres|millimètre|millimètres|milímetro|"
        "milímetros|millimetro|millimetri|ミリ|ミリメートル|milimetr|milimetry|milimetrów|milimetre|مم"
    ),
    "cm": (
        "cm|cms|centimeter|centimeters|centimetre|centimetres|zentimeter|centimètre|"
        "centimètres|centímetro|centímetros|centimetro|centimetri|センチ|センチメートル|centymetr|"
        "centymetry|centymetrów|santimetre|santim|سم"
    ),
    "m": (
        "m|mt|mtr|meter|meters|metern|metre|metres|mètre|mètres|metro|metros|metri|メートル|metr|"
        "metry|metrów|metrar|متر"
    ),
    "km": (
        "km|kilometer|kilometers|kilometern|kilometre|kilometres|kilomètre|kilomètres|"
        "kilómetro|kilómetros|chilometro|chilometri|キロメートル|kilometrów|kilometr|kilometry|"
        "كم|quilômetro|quilômetros|quilómetro|quilómetros"
    ),
    "mi": "mi|mile|miles|meile|meilen|milla|millas|miglio|miglia|マイル",
    "nautical": "nmi|nautical mile|nautical miles|seemeilen",
    "in": (
        "in|inch|inches|zoll|pouce|pouces|pulgada|pulgadas|pollice|pollici|インチ|polegada|"
        "polegadas"
    ),
    "ft": "ft|foot|feet|fuß|fuss|pied|pieds|pie|pies|piede|piedi|フィート",
    "yd": "yd|yds|yard|yards",
    # Areas
    "sqm": (
        "sqm|sq m|qm|square meter|square meters|square metres|quadratmeter|mètre carré|"
        "mètres carrés|metro cuadrado|metros cuadrados|metro quadrato|metri quadrati|"
        "平方メートル|平米"
    ),
    "sqft": "sq ft|sqft|square foot|square feet",
    "sqin": "sq in|sqin|square inch|square inches|quadratzoll",
    "sqyd": "sq yd|sqyd|square yard|square yards",
    "sqmm": "sq mm|sqmm|square millimeters|square millimetres|quadratmillimeter",
    "sqcm": (
        "sq cm|sqcm|qcm|square centimeter|square centimeters|square centimetres|"
        "quadratzentimeter|centimètres carrés|centímetros cuadrados|centimetri quadrati"
    ),
    "sqkm": "sq km|sqkm|square kilometers|square kilometres|quadratkilometer",
    "acre": "acre|acres",
    # Masses
    "µg": (
        "µg|μg|ug|mcg|microgram|micrograms|mikrogramm|microgramme|microgrammes|microgramos|"
        "microgrammi|micrograma|microgramas"
    ),
    "mg": (
        "mg|milligram|milligrams|milligramm|milligramme|milligrammes|miligramo|miligramos|"
        "milligrammo|milligrammi|ミリグラム|miligramów|miligram|miligramy|مجم|miligrama|"
        "miligramas"
    ),
    "g": (
        "g|gr|grs|gram|grams|gramm|gramme|grammes|gramo|gramos|grammo|grammi|グラム|gm|gms|"
        "gramów|gramy|جم|غرام|جرام|grama|gramas"
    ),
    "kg": (
        "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramm|kilogramme|kilogrammes|kilogramo|"
        "kilogramos|chilo|chili|chilogrammo|chilogrammi|キロ|キログラム|kilogramów|kilogramy|"
        "kgm|كجم|كغ|كيلو|كيلوغرام|كيلوجرام|quilo|quilos|quilograma|quilogramas"
    ),
    "oz": "oz|ozs|ounce|ounces|unze|unzen|once|onces|onza|onzas|oncia|オンス|onça|onças",
    "lb": "lb|lbs|pound|pounds|pfund|livre|livres|libra|libras|libbra|libbre|ポンド",
    # Volumes
    "floz": (
        "fl oz|floz|fluid ounce|fluid ounces|fl ounce|fl ounces|flüssigunzen|"
        "onces liquides|onzas líquidas|once liquide"
    ),
    "ml": (
        "ml|cc|milliliter|milliliters|millilitern|millilitre|millilitres|mililitro|mililitros|"
        "millilitro|millilitri|ミリリットル|cucm|ccm|cu cm|cubic centimeter|cubic centimeters|"
        "cubic centimetres|kubikzentimeter|centimètres cubes|centímetros cúbicos|"
        "centimetri cubi|mililitr|mililitry|mililitrów|mililitre|مل"
    ),
    "cl": (
        "cl|centiliter|centiliters|zentiliter|centilitre|centilitres|centilitro|"
        "centilitros|centilitri"
    ),
    "dl": "dl|deciliter|deziliter|décilitre|décilitres|decilitro|decilitros|decilitri|デシリットル",
    "l": (
        "l|ltr|lt|liter|liters|litern|litre|litres|litro|litros|litri|リットル|"
        "litr|litry|litrów|لتر"
    ),
    "cum": (
        "cu m|cum|cbm|cubic meter|cubic meters|cubic metres|kubikmeter|mètre cube|mètres cubes|"
        "metro cúbico|metros cúbicos|metro cubo|metri cubi|立方メートル"
    ),
    "cuft": "cu ft|cuft|cubic foot|cubic feet",
    "cuin": "cu in|cuin|cubic inch|cubic inches",
    "cuyd": "cu yd|cuyd|cubic yard|cubic yards",
    "gal": "gal|gals|gallon|gallons|gallone|gallonen",
    "pt": "pt|pint|pints",
    "qt": "qt|quart|quarts",
    # Temperatures, angles and shares
    "°c": (
        "°c|° c|c|° celsius|celsius|grad celsius|degree celsius|degrees celsius|degré celsius|"
        "degrés celsius|grados celsius|grados centígrados|gradi celsius|degrees c|deg c|grad c|"
        "stopni celsjusza|grader celsius|graden celsius"
    ),
    "°f": "°f|° f|f|° fahrenheit|fahrenheit|degrees fahrenheit|grad fahrenheit|degrees f|deg f",
    "°": (
        "°|degree|degrees|grad|degré|degrés|grado|grados|gradi|度|stopni|stopnie|grader|graden|"
        "derece|grau|graus"
    ),
    "%": (
        "%|percent|per cent|pct|prozent|pour cent|por ciento|per cento|percento|パーセント|"
        "procent|yüzde|por cento"
    ),
    # Time
    "h": (
        "h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|ora|ore|時間|godz|"
        "godzina|godziny|godzin|timme|timmar|tim|uur|saat|sa|ساعة|ساعات|uren"
    ),
    "min": (
        "min|mins|minute|minutes|minuten|mn|minuto|minutos|minuti|分|分間|minuty|minut|minuta|"
        "minuter|minuut|dakika|dk|دقيقة|دقائق"
    ),
    "sec": (
        "s|sec|secs|second|seconds|sek|sekunde|sekunden|seconde|secondes|segundo|segundos|"
        "secondo|secondi|秒|秒間|sekund|sekundy|sekunda|sekunder|seconden|saniye|sn|ثانية|ثوان"
    ),
    "month": (
        "month|months|mo|mos|monat|monate|monaten|mois|mes|meses|mese|mesi|か月|ヶ月|ヵ月|カ月|"
        "ケ月|箇月|か月間|miesiąc|miesiące|miesięcy|mies|månad|månader|mån|maand|maanden|ay|"
        "شهر|أشهر|mês"
    ),
    "year": (
        "year|years|yr|yrs|jahr|jahre|jahren|an|ans|année|années|año|años|anno|anni|年|年間|"
        "rok|lata|lat|år|jaar|y\u0131l|سنة|سنوات|jaren"
    ),
    "am": "am",
    "pm": "pm",
    "week": (
        "week|weeks|wk|wks|woche|wochen|semaine|semaines|semana|semanas|settimana|settimane|週間|"
        "tydzień|tygodnie|tygodni|vecka|veckor|weken|hafta|أسبوع|أسابيع"
    ),
    "day": (
        "day|days|tag|tage|tagen|jour|jours|día|días|giorno|giorni|日|日間|dzień|dni|dag|dagar|"
        "dagen|gün|يوم|أيام|dia|dias"
    ),
    # Electricity, light and data
    "mw": "mw|milliwatt|milliwatts",
    "w": "w|watt|watts|vatio|vatios|ワット|wat|waty|watów|وات|واط",
    "kw": "kw|kilowatt|kilowatts|quilowatt|quilowatts",
    "hp": "hp|horsepower|horse power",
    "ps": "ps|pferdestärken",
    "btu": "btu|btus|british thermal unit|british thermal units",
    "wh": "wh|watt hour|watt hours|wattstunde|wattstunden|wattheures",
    "kwh": "kwh|kilowatt hour|kilowatt hours|kilowattstunde|kilowattstunden|kilowattheures",
    "kv": "kv|kilovolt|kilovolts",
    "mv": "mv|millivolt|millivolts",
    "va": "va|volt ampere|volt amperes|voltampere",
    "ma": "ma|milliamp|milliamps|milliampere|milliamperes|milliampères|miliamperios",
    "ω": "ω|ohm|ohms|オーム",
    "kω": "kω|kiloohm|kiloohms|kilohms",
    "v": "v|volt|volts|voltio|voltios|ボルト|wolt|wolty|woltów|فولت",
    "a": (
        "a|amp|amps|ampere|amperes|ampère|ampères|amperio|amperios|アンペア|amper|ampery|amperów|"
        "أمبير"
    ),
    "mah": "mah|milliamp hours|milliampere hours|ミリアンペア時|ミリアンペアアワー",
    "ah": "ah|amp hours|ampere hours|amperestunden",
    "hz": "hz|hertz|ヘルツ",
    "khz": "khz|kilohertz|キロヘルツ",
    "mhz": "mhz|megahertz|メガヘルツ",
    "ghz": "ghz|gigahertz|ギガヘルツ",
    "db": "db|decibel|decibels|dezibel|décibels|decibelios|デシベル",
    "lx": "lx|lux|ルクス",
    "cd": "cd|candela|candelas",
    "lm": "lm|lumen|lumens|lúmenes|ルーメン|lumeny|lumenów",
    "k": "k|kelvin|ケルビン",
    "px": "px|pixel|pixels",
    "mp": "mp|megapixel|megapixels",
    "kb": "kb|kilobyte|kilobytes|キロバイト",
    "kbit": "kbit|kbits|kilobit|kilobits",
    "mbit": "mbit|mbits|megabit|megabits",
    "gbit": "gbit|gbits|gigabit|gigabits",
    "tbit": "tbit|tbits|terabit|terabits",
    "mb": "mb|megabyte|megabytes|メガバイト",
    "gb": "gb|gigabyte|gigabytes|ギガバイト",
    "tb": "tb|terabyte|terabytes|テラバイト",
    "den": "den|denier|deniers|d",
    # Forces, pressures and energies
    "n": "n|newton|newtons",
    "nm": (
        "nm|n m|newton meter|newton meters|newton metre|newton metres|newtonmeter|nanometer|"
        "nanometers|nanometre|nanometres"
    ),
    "pa": "pa|pascal|pascals",
    "hpa": "hpa|hectopascal|hectopascals|hektopascal",
    "kpa": "kpa|kilopascal|kilopascals",
    "mpa": "mpa|megapascal|megapascals",
    "bar": "bar|bars|bares",
    "mbar": "mbar|millibar|millibars",
    "mmhg": "mmhg|mm hg|millimeters of mercury",
    "j": "j|joule|joules",
    "kj": "kj|kilojoule|kilojoules|kilojulios",
    "cal": "cal|calorie|calories|kalorien|calorías",
    "kt": "kt|kts|knot|knots|knoten",
    # Shares and counts within others
    "ppm": "ppm|parts per million",
    "ppb": "ppb|parts per billion",
    "iu": "iu|international unit|international units",
    "cfu": "cfu|cfus|colony forming units",
    "thread": "thread count|tc",
    "ply": "ply|plys|lagig",
    # What is done so often within a time
    "frame": "frame|frames|bild|bilder",
    "turn": (
        "r|tr|rev|revs|revolution|revolutions|rotations|u|umdrehung|umdrehungen|tours|giri|"
        "revoluciones|rotaciones|回転"
    ),
    "beat": "beat|beats|schläge|battements|latidos",
    "dot": "dot|dots|punkte",
    "stroke": "stroke|strokes",
    # Counts
    "piece": (
        "piece|pieces|pc|pcs|pce|pces|stück|stücke|stk|st|pièce|pièces|pieza|piezas|pz|pzs|uds|"
        "ud|unidad|unidades|pezzo|pezzi|unité|unités|個|個入|ピース|szt|sztuk|sztuki|sztuka|"
        "stycken|styck|stuks|stuk|adet|parça|قطعة|قطع|peça|peças|unidade"
    ),
    "pair": "pair|pairs|pr|prs|paar|paare|paire|paires|par|pares|paio|paia|組",
    "bottle": (
        "bottle|bottles|btl|btls|flasche|flaschen|bouteille|bouteilles|botella|botellas|"
        "garrafa|garrafas|fles|flessen|flaska|flaskor"
    ),
    "roll": (
        "roll|rolls|rolle|rollen|rouleau|rouleaux|rollo|rollos|rotolo|rotoli|rolo|rolos|rulle|"
        "rullar"
    ),
    "sheet": (
        "sheet|sheets|blatt|blätter|feuille|feuilles|hoja|hojas|foglio|fogli|folha|folhas|vel|"
        "vellen"
    ),
    "tsp": "tsp|teaspoon|teaspoons|teelöffel|tl",
    "cup": "cup|cups",
    "tbsp": "tbsp|tablespoon|tablespoons|esslöffel|el",
    "kcal": "kcal|kilocalories|kilocalorie|kilokalorien",
    "count": "count|ct|counts",
    "tablet": (
        "tablet|tablets|tab|tabs|tabl|tbl|cpr|comp|tablette|tabletten|comprimé|comprimés|"
        "comprimido|comprimidos|compressa|compresse|錠"
    ),
    "capsule": (
        "capsule|capsules|cap|caps|kaps|kps|cps|cáps|gél|kapsel|kapseln|gélule|gélules|"
        "cápsula|cápsulas|capsula|カプセル"
    ),
    "pack": "pack|packs|pk|pks|er pack|er packung|er pck|packung|packungen|パック|pacote|pacotes",
    "set": "set|sets|er set|teiliges set|セット",
    "serving": "serving|servings|portion|portionen|portions|porción|porciones|porzione|porzioni",
}
"""The ways of writing each unit, parted by bars."""

RATES = {
    "mi/h": "mph|mi h",
    "km/h": "kmh|kph|kmph|chilometri orari|km orari",
    "m/sec": "mps",
    "frame/sec": "fps",
    "turn/min": "rpm|umin|u min|tr min|giri min",
    "beat/min": "bpm",
    "dot/in": "dpi",
    "px/in": "ppi",
    "lb/sqin": "psi|lbs sq in",
    "kbit/sec": "kbps|kbitps",
    "mbit/sec": "mbps|mbitps",
    "gbit/sec": "gbps|gbitps",
    "tbit/sec": "tbps|tbitps",
    "kb/sec": "kbyteps",
    "mb/sec": "mbyteps",
    "gb/sec": "gbyteps",
    "tb/sec": "tbyteps",
    "gal/min": "gpm",
    "gal/h": "gph",
    "cuft/min": "cfm",
    "cum/h": "cmh",
    "l/min": "lpm",
    "l/h": "lph",
    "g/sqm": "gsm",
    "stroke/min": "spm",
}
"""How rates are written that have a name of their own: what, and of what."""
