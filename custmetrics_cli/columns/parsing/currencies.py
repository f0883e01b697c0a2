"""Names of currencies. A sign that one currency has alone becomes its code; a shared sign ($, ¥, kr) is never guessed.

In frames of numbers, a code is a number in base 36. Any code of up to eleven letters and digits has one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from custmetrics_cli.columns.parsing.words import simplify

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_CODE = 11  # letters; the number of the code then fits 64 bits
SHARED = {"$": "USD, CAD, AUD and more", "¥": "JPY or CNY", "KR": "SEK, NOK or DKK", "RS": "INR, PKR or LKR"}
SHARING = {
    "$": "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BRL",
    "¥": "JPY CNY",
    "KR": "SEK NOK DKK ISK",
    "RS": "INR PKR LKR NPR MUR SCR",
}
KNOWN = {
    simplify(each): code
    for code, spellings in {
        "USD": "US$, $US, US dollar, US dollars, U.S. dollar, долл США, доллар США",
        "EUR": "€, euro, euros, евро, євро",
        "GBP": "£, pound sterling, pounds sterling",
        "CHF": "Fr, SFr, Swiss franc",
        "RUB": "₽, RUR, руб, р, p, рубль, рубля, рублей, российский рубль",
        "UAH": "₴, грн, гривна, гривня, гривень",
        "BYN": "бел руб, Br",
        "KZT": "₸, тг, тенге",
        "UZS": "сум",
        "KGS": "сом",
        "AMD": "֏, драм",
        "AZN": "₼",
        "INR": "₹",
        "TRY": "₺, TL",
        "KRW": "₩, 원",
        "JPY": "JP¥, 円",
        "CNY": "CN¥, RMB, 元",
        "ILS": "₪",
        "VND": "₫",
        "THB": "฿",
        "PHP": "₱",
        "NGN": "₦",
        "GHS": "GH₵",
        "BDT": "৳",
        "GEL": "₾, лари",
        "IDR": "Rp",
        "MYR": "RM",
        "PEN": "S/",
        "ZAR": "R",
        "CAD": "C$, CA$",
        "AUD": "A$, AU$",
        "NZD": "NZ$",
        "SGD": "S$",
        "HKD": "HK$",
        "TWD": "NT$",
        "MXN": "MX$, Mex$",
        "BRL": "R$, real, reais",
        "PLN": "zł, zl, złoty, złotych",
        "CZK": "Kč",
        "HUF": "Ft",
        "RON": "lei, leu",
        "RSD": "дин, din",
        "BGN": "лв",
    }.items()
    for each in spellings.split(", ")
}
CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC "
    "CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
    "NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
ISO_4217 = frozenset(CODES.split())


@lru_cache(maxsize=4096)
def currency_name(text: str) -> str:
    """Return the code of a currency; without one, the text in capitals. Names are equal if the currencies are.

    >>> [currency_name(text) for text in (" eur ", "€", "руб.", "usdt", "$", "")]
    ['EUR', 'EUR', 'RUB', 'USDT', '$', '']
    """
    name = text.strip()
    while name.endswith("."):
        name = name[:-1].rstrip()
    return KNOWN.get(simplify(name), name.upper())


def is_code(name: str) -> bool:
    """Return True if a name can have an exchange rate."""
    return name not in SHARED and 0 < len(name) <= LONGEST_CODE and all(letter in LETTERS for letter in name)


def is_known(text: str) -> bool:
    """Return True for a code of ISO 4217, and for a sign or a word of a currency, even if several currencies share it.

    >>> [is_known(text) for text in ("eur", "$", "руб.", "Pro", "DE")]
    [True, True, True, False, False]
    """
    name = currency_name(text)
    return name in ISO_4217 or name in SHARED


def named_currency(text: str) -> str:
    """Return the name of the currency beside an amount; "" if the text is not one. A code counts more than a sign.

    >>> [named_currency(text) for text in ("р.", "$", "USD $", "A$", "€ USD", "units")]
    ['RUB', '$', 'USD', 'AUD', '', '']
    """
    if is_known(text):
        return currency_name(text)
    names = list(filter(None, map(currency_name, re.findall(r"[^\W_]+\.?|[^\w\s.]+", text))))
    common = frozenset.intersection(*map(possible_currencies, names)) if names else frozenset[str]()
    return min(names, key=SHARED.__contains__) if common and all(map(is_known, names)) else ""


def why_not_a_code(name: str) -> str:
    return f"could be {SHARED[name]}" if name in SHARED else "is not a currency code"


def possible_currencies(name: str) -> frozenset[str]:
    """Return the currencies that a name can mean.

    >>> sorted(possible_currencies("¥")), sorted(possible_currencies("EUR"))
    (['CNY', 'JPY'], ['EUR'])
    """
    return frozenset(SHARING.get(name, name).split())


def code_to_number(code: str) -> int:
    """
    >>> number_to_code(code_to_number("EUR"))
    'EUR'
    """
    return int(f"1{code}", 36)


def number_to_code(number: int) -> str:
    code = ""
    while number > 1:
        number, letter = divmod(number, len(LETTERS))
        code = LETTERS[letter] + code
    return code
