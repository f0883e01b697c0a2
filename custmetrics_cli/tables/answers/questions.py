"""The questions of surveys, as their exports write them. A header contains the whole question: it shows the kind of survey."""

from __future__ import annotations

from custmetrics_cli.tables.shared.column import aliases

QUESTIONS = {
    "nps": aliases(
        "net promoter score; net promoter score (nps); nps; nps score; nps rating; nps answer; score nps; оценка nps; nps оценка; "
        "балл nps; nps балл; индекс nps; индекс лояльности; note nps; puntuación nps; nota nps; punteggio nps; ocena nps; "
        "оцінка nps; nps bewertung; "
        "*how likely*recommend*; *likelihood*recommend*; *would you recommend*; *likely*to recommend*; *recommend us*to*; "
        "*recommend*to a friend*; *willing*to recommend*; "
        "*вероятно*порекоменд*; *вероятн*рекоменд*; *готов*рекоменд*; *порекомендуете*; *порекомендовали бы*; *порекомендуешь*; "
        "*посоветуете*; *посоветовали бы*; *рекомендовать*друз*; *рекомендовать*знаком*; *рекомендовать*коллег*; "
        "*wahrscheinlich*empfehl*; *weiterempfehl*; *würden sie*empfehlen*; *empfehlungsbereitschaft*; "
        "*probab*recommand*; *recommand*probab*; *recommanderiez*; *probab*recomend*; *recomendaría*; *recomendaria*; *recomendar*amigo*; "
        "*probab*consigli*; *consiglier*; *raccomand*; *waarschijnlijk*aanbev*; *aanbevelen*; *waarschijnlijk*aanrad*; *zou*aanraden*; "
        "*prawdopodob*polec*; *poleci*; *ймовірн*рекоменд*; *порекоменду*; *порадите*; *порадили б*"
    ),
    "csat": aliases(
        "csat; csat score; csat rating; csat answer; score csat; customer satisfaction; customer satisfaction score; "
        "customer satisfaction score (csat); satisfaction; satisfaction score; satisfaction rating; satisfaction level; "
        "оценка csat; csat оценка; балл csat; удовлетворенность; удовлетворенность клиента; удовлетворенность клиентов; "
        "оценка удовлетворенности; уровень удовлетворенности; оценка качества; оценка обслуживания; оценка сервиса; "
        "zufriedenheit; kundenzufriedenheit; satisfacción; satisfação; soddisfazione; tevredenheid; zadowolenie; задоволеність; "
        "*how satisfied*; *satisfied are you*; *are you satisfied*; *were you satisfied*; *satisfied with*; *overall satisfaction*; "
        "*satisfaction with*; *how happy are you*; *how happy were you*; *how would you rate*; *rate your*; *rate our*; *rate the*; "
        "*how was your experience*; "
        "*удовлетворенность*; *удовлетворены*; *насколько*удовлетвор*; *насколько*довольн*; *довольны ли*; *довольны*; *оцените*качество*; "
        "*оцените*работ*; *оцените*сервис*; *оцените*обслуживан*; *оцените*поддержк*; *оцените*доставк*; *как*вы оценива*; *вам понравил*; "
        "*wie zufrieden*; *zufriedenheit*; *wie bewerten sie*; *satisfait*; *satisfaction*globale*; *niveau de satisfaction*; "
        "*satisfech*; *nivel de satisfac*; *satisfeit*; *nível de satisfa*; *soddisfatt*; *tevreden*; *zadowolon*; *satysfakcj*; "
        "*задоволен*"
    ),
    "ces": aliases(
        "ces; ces score; ces rating; score ces; customer effort; customer effort score; customer effort score (ces); effort score; "
        "оценка ces; ces оценка; балл ces; индекс усилий; "
        "*how easy*; *easy*to*; *easy was it*; *made it easy*; *ease of*; *how much effort*; *effort*did you*; *amount of effort*; "
        "*how difficult*; *how hard was it*; "
        "*насколько*легко*; *насколько*просто*; *насколько*сложно*; *насколько*трудно*; *легко ли*; *просто ли*; *сколько усилий*; "
        "*усилий*прилож*; *усилий*потреб*; "
        "*wie einfach*; *wie leicht*; *wie schwer*; *wie viel aufwand*; *wie aufwendig*; *facile*; *facilité*; "
        "*combien d'effort*; *fácil*; "
        "*esfuerzo*; *esforço*; *sforzo*; *makkelijk*; *hoeveel moeite*; *łatwo*; *wysiłk*; *наскільки легко*; *зусил*"
    ),
}
# Parts of questions, as headers are compared, about ease (a high score is good) and about effort (a low score is good).
EASE = aliases(
    "howeasy; easytouse; madeiteasy; easywasit; easeof; легко; просто; wieeinfach; wieleicht; facile; facilité; fácil; facilidad; "
    "makkelijk; łatw; наскількилегко"
)
EFFORT = aliases(
    "howmucheffort; amountofeffort; effortdidyou; effortwas; effortittook; difficult; howhard; сложно; трудно; усили; зусил; wieschwer; "
    "aufwand; combiendeffort; esfuerzo; esforço; sforzo; moeite; wysiłk"
)
# Headers that contain a question word but hold no scores. Each is a beginning of the header, or with * any part of it.
NOT_SCORES = aliases(
    "why; what would you recommend; what could; what can; what do; what made; what is the reason; what are; please explain; "
    "please tell; tell us; comment; *main reason*; *primary reason*; *reason for*; *explain your*; *comment*; *improve*; "
    "*open-ended*; *segment*; *category*; *nps group*; *nps type*; *_nps_group; "
    "почему; что; укажите причин; напишите; расскажите; поясните; *причин*; *коммент*; *что нам*; *улучшить*; "
    "warum; pourquoi; por qué; por que; perché; waarom; dlaczego; чому; *kommentar*; *commentaire*; *comentario*; *comentário*"
)
# Words for the bad end. A header that has one of them, and no word for the good end, is not a question about satisfaction.
OPPOSITES = aliases("dissatisf; unsatisf; insatisf; недовол; не довол; неудовлетвор; не удовлетвор; unzufrieden; ontevreden; niezadowol")
