"""Words of billing intervals, in ten languages: units that take a number (6 months), and words for one interval (semi-annual)."""

from __future__ import annotations

from custmetrics_cli.columns.parsing.words import simplify


def _words(lists: dict[str, str]) -> dict[str, str]:
    """Turn {meaning: "word, word"} into {simplified word: meaning}."""
    return {simplify(word): meaning for meaning, words in lists.items() for word in (meaning, *words.split(","))}


def _set(words: str) -> frozenset[str]:
    return frozenset(map(simplify, words.split(",")))


UNITS = _words(
    {
        "day": "days, d, день, дня, дней, сутки, tag, tage, tagen, jour, jours, día, días, dia, dias, giorno, giorni, dag, dagen, "
        "dzień, dni, день, дні, днів",
        "week": "weeks, w, wk, wks, неделя, недели, неделю, недель, нед, woche, wochen, semaine, semaines, semana, semanas, "
        "settimana, settimane, weken, tydzień, tygodnie, tygodni, тиждень, тижні, тижнів",
        "month": "months, m, mo, mos, mon, mth, mths, mnth, calendar month, месяц, месяца, месяцев, мес, monat, monate, monaten, mois, "
        "mes, meses, mês, mese, mesi, maand, maanden, miesiąc, miesiącu, miesiące, miesięcy, mies, місяць, місяці, місяців, міс",
        "quarter": "quarters, q, qtr, qtrs, квартал, квартала, кварталов, quartal, quartale, trimestre, trimestres, trimestri, "
        "kwartaal, kwartalen, kwartał, kwartały, кварталу, квартали",
        "year": "years, y, yr, yrs, annum, год, года, году, лет, jahr, jahre, jahren, an, ans, année, années, año, años, ano, anos, anno, "
        "anni, jaar, jaren, rok, roku, lata, lat, рік, роки, років, року",
        "half-year": "half year, half years, полугодие, полугодия, полгода, halbjahr, semestre, semestres, semester, semestri, "
        "halfjaar, półrocze, pół roku, півріччя, півроку",
        "fortnight": "fortnights",
    }
)
ADJECTIVES = _words(
    {
        "day": "daily, ежедневно, ежедневный, ежедневная, дневной, täglich, quotidien, quotidienne, journalier, diario, diaria, diário, "
        "diária, giornaliero, giornaliera, quotidiano, dagelijks, dziennie, codziennie, dzienny, щодня, щоденно, щоденний",
        "week": "weekly, еженедельно, еженедельный, еженедельная, недельный, недельная, понедельно, wöchentlich, pro Woche, hebdomadaire, "
        "semanal, semanalmente, settimanale, wekelijks, wekelijkse, tygodniowo, tygodniowy, cotygodniowo, щотижня, щотижнево, щотижневий",
        "month": "monthly, mthly, mnthly, month to month, pm, pcm, ежемесячно, ежемесячный, ежемесячная, помесячно, помесячный, "
        "помесячная, месячный, месячная, monatlich, monatliche, pro Monat, mensuel, mensuelle, mensuellement, mensual, mensualmente, "
        "mensal, mensalmente, mensile, mensilmente, maandelijks, maandelijkse, miesięcznie, miesięczny, miesięczna, щомісяця, щомісячно, "
        "щомісячний, щомісячна, помісячно, місячний",
        "quarter": "quarterly, qtrly, ежеквартально, ежеквартальный, поквартально, квартальный, квартальная, vierteljährlich, "
        "quartalsweise, pro Quartal, trimestriel, trimestrielle, trimestral, trimestralmente, trimestrale, driemaandelijks, per kwartaal, "
        "kwartalnie, kwartalny, щокварталу, щоквартально, квартальний",
        "year": "yearly, annual, annually, yrly, pa, ежегодно, ежегодный, ежегодная, годовой, годовая, jährlich, jährliche, pro Jahr, "
        "annuel, annuelle, annuellement, anual, anualmente, annuale, annualmente, jaarlijks, jaarlijkse, rocznie, roczny, roczna, "
        "corocznie, щороку, щорічно, щорічний, річний, річна",
        "6 months": "semiannual, semi-annually, semi-yearly, half-yearly, half-annual, half-annually, twice yearly, twice a year, "
        "twice per year, 2x year, полугодовой, полугодовая, раз в полгода, 2 раза в год, два раза в год, дважды в год, halbjährlich, "
        "semestriel, semestrielle, semestral, semestrale, halfjaarlijks, halfjaarlijkse, półrocznie, półroczny, раз на півроку, піврічний",
        "2 months": "every other month, zweimonatlich, bimestriel, bimestrielle, bimestral, bimestrale, tweemaandelijks, "
        "co drugi miesiąc, раз в два месяца",
        "4 months": "quadrimestral, quadrimestrale, viermaandelijks",
        "2 years": "biennial, biennially, every other year, zweijährlich, biennal, biennale, bienal, раз в два года, двухлетний",
        "3 years": "triennial, triennially",
        "2 weeks": "biweekly, bi-weekly, fortnightly, every other week, 14 täglich, vierzehntäglich, vierzehntägig, zweiwöchentlich, "
        "tweewekelijks, bisettimanale, co dwa tygodnie, раз в две недели, двухнедельный, щодватижні, раз на два тижні",
    }
)
AMBIGUOUS = _words(
    {
        "every 2 months or twice a month": "bimonthly, bi-monthly, bimensuel, bimensual, bimensal, bimensile",
        "every 6 months or every 2 years": "biannual, bi-annual, biannually, bi-annually, bi-yearly, biyearly",
    }
)
NUMBERS = _words(
    {
        "1": "one, один, одна, одну, ein, eine, un, une, uno, una, um, uma, een, jeden, один",
        "2": "two, два, две, zwei, deux, dos, dois, duas, due, twee, dwa, дві",
        "3": "three, три, drei, trois, tres, três, tre, drie, trzy",
        "4": "four, четыре, vier, quatre, cuatro, quatro, quattro, cztery, чотири",
        "6": "six, шесть, sechs, seis, sei, zes, sześć, шість",
        "12": "twelve, двенадцать, zwölf, douze, doce, doze, dodici, twaalf, dwanaście, дванадцять",
    }
)
# Words beside an interval that do not change it. EVERY must not come between a number and its unit: 2 per month is not 2 months.
EVERY = _set(
    "every, each, per, a, for, once, x, раз, в, на, за, по, каждый, каждая, каждое, каждую, каждые, alle, jeder, jede, jedes, jeden, "
    "im, tous, toutes, les, le, la, l, par, chaque, cada, por, al, ao, à, ogni, elke, iedere, co, raz, w, na, кожен, кожна, кожні, кожну"
)
ONCE = _set("раз, raz, x, time")  # 1 раз в месяц
FILLERS = _set(
    "plan, subscription, billing, billed, payment, payments, paid, prepaid, pay, membership, recurring, renewal, renews, renewing, "
    "rate, fee, charge, invoice, invoiced, cycle, interval, period, frequency, тариф, подписка, оплата, платеж, план, абонемент, "
    "abo, abonnement, plano, piano, abonament, підписка, тарифний"
)
ONE_OFF = _set(
    "once, onetime, oneoff, lifetime, forever, perpetual, single, разово, разовый, разовая, бессрочно, навсегда, einmalig, à vie"
)
