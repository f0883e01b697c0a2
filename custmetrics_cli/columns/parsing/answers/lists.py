"""The words of answers in all languages (words.py reads them)."""

from __future__ import annotations

# Each line: words for best; very; somewhat; positive opinions; negative opinions. They are combined.
OPINIONS = (
    (
        "extremely, completely, totally, fully, absolutely, entirely, strongly",
        "very, highly, really",
        "somewhat, rather, quite, fairly, mostly, generally, pretty",
        "satisfied, happy, pleased, likely, easy, agree, helpful, effective, simple, positive, valuable, clear",
        "dissatisfied, unsatisfied, unhappy, displeased, unlikely, difficult, hard, disagree, unhelpful, ineffective, complicated, "
        "negative",
    ),
    (
        "полностью, абсолютно, совершенно, целиком, крайне, максимально, вполне",
        "очень, весьма",
        "скорее, в основном, в целом, отчасти, достаточно",
        "доволен, довольна, довольны, доволен(а), доволен/довольна, довольна/доволен, удовлетворен, удовлетворена, удовлетворены, "
        "удовлетворен(а), согласен, согласна, согласны, согласен(а), легко, просто, вероятно, хорошо, понравилось",
        "недоволен, недовольна, недовольны, недоволен(а), не доволен, не довольна, не довольны, неудовлетворен, неудовлетворена, "
        "неудовлетворены, неудовлетворен(а), не удовлетворен, не удовлетворена, не удовлетворены, не удовлетворен(а), не согласен, "
        "не согласна, не согласны, несогласен, сложно, трудно, маловероятно, плохо, не понравилось",
    ),
    (
        "äußerst, vollkommen, völlig, voll und ganz, vollständig",
        "sehr",
        "eher, ziemlich, weitgehend",
        "zufrieden, wahrscheinlich, einfach, leicht, gut, stimme zu, hilfreich",
        "unzufrieden, nicht zufrieden, unwahrscheinlich, schwierig, schwer, schlecht, stimme nicht zu",
    ),
    (
        "extrêmement, totalement, tout à fait, entièrement, complètement",
        "très",
        "plutôt, assez",
        "satisfait, satisfaite, satisfait(e), satisfaits, content, contente, probable, facile, d'accord, bon, bien",
        "insatisfait, insatisfaite, insatisfait(e), mécontent, mécontente, improbable, difficile, pas d'accord, pas satisfait, mauvais",
    ),
    (
        "extremadamente, totalmente, completamente",
        "muy",
        "algo, bastante, más bien",
        "satisfecho, satisfecha, satisfecho/a, contento, contenta, probable, fácil, de acuerdo, bueno, bien, bueno/a",
        "insatisfecho, insatisfecha, insatisfecho/a, descontento, improbable, difícil, en desacuerdo, malo, mal",
    ),
    (
        "extremamente, totalmente, completamente",
        "muito",
        "um pouco, bastante, parcialmente",
        "satisfeito, satisfeita, satisfeito(a), contente, provável, fácil, bom, boa, concordo",
        "insatisfeito, insatisfeita, insatisfeito(a), descontente, improvável, difícil, ruim, mau, discordo",
    ),
    (
        "estremamente, totalmente, completamente, del tutto",
        "molto",
        "abbastanza, piuttosto",
        "soddisfatto, soddisfatta, soddisfatto/a, contento, probabile, facile, d'accordo, buono, bene",
        "insoddisfatto, insoddisfatta, insoddisfatto/a, scontento, improbabile, difficile, in disaccordo, cattivo, male",
    ),
    (
        "uiterst, volledig, helemaal",
        "zeer, heel, erg",
        "redelijk, enigszins, vrij",
        "tevreden, waarschijnlijk, makkelijk, gemakkelijk, mee eens, goed",
        "ontevreden, onwaarschijnlijk, moeilijk, mee oneens, slecht",
    ),
    (
        "całkowicie, w pełni, niezwykle, zdecydowanie",
        "bardzo",
        "raczej, dość",
        "zadowolony, zadowolona, zadowolony/a, prawdopodobne, łatwo, łatwe, zgadzam się, dobrze, dobry",
        "niezadowolony, niezadowolona, niezadowolony/a, nieprawdopodobne, trudno, trudne, nie zgadzam się, źle, zły",
    ),
    (
        "повністю, абсолютно, цілком",
        "дуже",
        "скоріше, переважно, в цілому",
        "задоволений, задоволена, задоволені, згоден, згодна, легко, просто, ймовірно, добре",
        "незадоволений, незадоволена, незадоволені, не задоволений, не згоден, важко, складно, малоймовірно, погано",
    ),
)
# Strengths of a scale without opposites, before the positive opinions of the same line of OPINIONS.
NOT_AT_ALL = (
    "not at all",
    "совсем не, совершенно не, абсолютно не, вообще не",
    "überhaupt nicht, gar nicht",
    "pas du tout",
    "nada",
    "nada",
)
NOT_SO = (
    "not so, not very, not too, not really, not",
    "не очень, не слишком, не совсем",
    "nicht sehr, weniger",
    "pas très, peu",
    "poco",
    "pouco",
)

ALONE = {
    "worst": "terrible, awful, horrible, very poor, very bad, worst, ужасно, отвратительно, очень плохо, sehr schlecht, ungenügend, "
    "très mauvais, horrible, muy malo, péssimo, pessimo, fatalnie, жахливо, angry, very angry, not at all",
    "bad": "bad, poor, disappointing, sad, thumbs down, dislike, unfavorable, below average, not good, not great, not ok, not okay, "
    "could be better, needs improvement, плохо, неудовлетворительно, разочарован, "
    "mangelhaft, mauvais, médiocre, malo, ruim, scarso, slecht, źle, погано, below expectations",
    "okay": "okay, ok, fair, удовлетворительно, correct, regular",
    "middle": "neutral, average, so-so, meh, undecided, not sure, indifferent, neither, mixed, mediocre, passable, "
    "нейтрально, нейтральный, нейтральная, нормально, средне, затрудняюсь ответить, трудно сказать, ни да ни нет, "
    "и да и нет, 50 на 50, ни то ни другое, befriedigend, ausreichend, teils teils, teils/teils, weder noch, mittel, neutre, moyen, "
    "neutro, neutra, razoável, média, neutraal, matig, gemiddeld, neutralnie, neutralny, ani tak ani nie, "
    "нейтрально, не впевнений, neither satisfied nor dissatisfied, neither dissatisfied nor satisfied, "
    "neither likely nor unlikely, neither agree nor disagree, neither easy nor difficult, neither difficult nor easy, "
    "neither happy nor unhappy, neither good nor bad, neither positive nor negative, neither easy nor hard, "
    "neutral / neither agree nor disagree, ни доволен ни недоволен, ни доволен, ни недоволен, weder zufrieden noch unzufrieden, "
    "ni satisfait ni insatisfait, ni satisfecho ni insatisfecho, nem satisfeito nem insatisfeito, né soddisfatto né insoddisfatto",
    "plain good": "good",
    "very good": "very good",
    "good": "smile, thumbs up, like, above average, favorable, nice, "
    "хорошо, понравилось, gut, bien, bueno, bom, buono, goed, dobrze, добре",
    "very": "great, super, отлично, очень хорошо, sehr gut, très bien, muy bueno, muy bien, muito bom, ottimo, zeer goed, bardzo dobrze, "
    "чудово, дуже добре",
    "best": "excellent, amazing, awesome, outstanding, perfect, fantastic, wonderful, exceptional, love, love it, loved it, best, "
    "превосходно, великолепно, идеально, восхитительно, ausgezeichnet, hervorragend, exzellent, excelente, eccellente, uitstekend, "
    "doskonale, відмінно",
}
