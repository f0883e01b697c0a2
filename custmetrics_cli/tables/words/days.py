"""Words of headers about days: the start and the ends of a subscription or a customer."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, Phrases, ranked, words

COMMON = (
    "date day at on time utc gmt the of timestamp datetime ts дата день время datum date fecha data dato tag jour dia día "
    "subscription subscriber subscriptions membership member customer client account contract plan service patron patronage user "
    "donor company first original earliest latest current подписки подписка клиента клиент абонента договора договор тарифа услуги "
    "обслуживания abo abonnement vertrag vertrags kunde kunden contrat client suscripción suscripcion contrato cliente assinatura "
    "abbonamento contratto umowy klienta subskrypcji підписки клієнта договору "
    "de du des d la le l les del el los da do dos das di della dello von vom der dem den das dal van het een od am действия услуг "
    "начала service services действует"
)
STARTED_AT = HeaderWords(
    ranked(
        "start; started; starts; begin; began; begins; since; signup; sign up; signed up; joined; join; joining; activated; activation; "
        "enrolled; enrollment; enrolment; subscribed; registered; registration; effective; commencement; converted; from; "
        "начало; начала; начат; начата; старт; старта; подключения; подключен; подключена; регистрации; активации; вступления; "
        "beginn; startdatum; vertragsbeginn; abobeginn; laufzeitbeginn; mietbeginn; beginndatum; debut; début; inicio; início; inizio; "
        "ingangsdatum; begindatum; aanvang; start; valid from; effective from; effective date; effective; действует с; клиент с; "
        "заключения; первой оплаты; первого платежа; покупки абонемента; подписания; приобретения; seit; depuis; desde; sinds; klient od; "
        "registriert; registrierung; registrierungsdatum; anmeldung; anmeldedatum; angemeldet; eintrittsdatum; "
        "souscription; adhésion; adhesion; activación; activacion; ativação; ativacao; attivazione; activering; aktivierung; "
        "registro; cadastro; suscripción; suscripcion; aanmelding; rejestracji; aktywacji; реєстрації; підключення; "
        "rozpoczęcia; rozpoczecia; початок; початку; opt in; optin; enroll; enrol; enrolled; eintritt*; onboard*; went live; go live; "
        "дата подписки; дата вступления; inscription; alta; adhesión; iscrizione; wstąpienia; first payment",
        "created; creation; создания; создана; создан; erstellt; création; creation; creación; criação; creazione; aangemaakt; "
        "utworzenia; створення",
    ),
    foreign=words(
        "end ends ended trial pause paused resume resumed cancel canceled cancelled renewal billing invoice last next period birth "
        "modified updated"
    ),
    fillers=words(COMMON),
)
TRIAL_END = HeaderWords(
    ranked("trial end*; trial until; trial to; trial expir*; trial finish*; trial over; пробн* оконч*; пробн* до; пробн* конец"),
    foreign=words("reason status type name"),
)
PAID_THROUGH = HeaderWords(
    ranked(
        "paid until; paid through; paid thru; paid to; paid till; paid up; next payment; next billing; next charge; next invoice; "
        "next renewal; next bill; period end*; term end*; renewal date; renews; rebill date; следующ* платеж*; следующ* списани*; "
        "следующ* оплат*; оплачен* до; конец периода; окончание периода; nächste zahlung; prochain paiement; próximo pago; "
        "próximo pagamento; prossimo pagamento; bezahlt bis; opłacone do",
    ),
    foreign=words("trial reason amount status price trialing method"),
)
CANCELED_AT = HeaderWords(
    ranked(
        "cancel*; unsubscribed; отмен*; отпис*; отказ*; расторг*; расторж*; отказа; gekündigt; gekuendigt; kündigung; "
        "kündigungsdatum; kuendigung; "
        "résiliation; resiliation; annulé; annulation; cancelación; cancelacion; baja; cancelamento; cancellazione; disdetta; opzegging; "
        "opgezegd; anulowania; rezygnacji; wypowiedzenia; скасув*",
    ),
    foreign=words("zum reason policy fee reason_code by type count rate причина feedback comment survey scheduled will"),
)
ENDED_AT = HeaderWords(
    ranked(
        "end; ends; ended; ending; expir*; left; leave; leaving; churn*; exit*; terminat*; deactivat*; closed; closing; closure; "
        "cancel* effective; terminat* effective; effective until; "
        "finish*; until; thru; lapsed; lapse; dropout; оконч*; конец; заверш*; отключ*; ухода; уход; оттока; закрыт*; истек*; "
        "ende; enddatum; vertragsende; laufzeitende; austritt; austrittsdatum; ablauf; ablaufdatum; gekündigt zum; kündigung zum; "
        "valid to; effective to; effective end; last day; through; valid through; active through; effective through; "
        "последний день; последнего дня; letzter tag; dernier jour; último día; último dia; ultimo giorno; laatste dag; ostatni dzień; "
        "lost date; lost on; date lost; действует по; действует до; срок действия; "
        "fin; échéance; echeance; "
        "vencimiento; término; termino; vencimento; fine; scadenza; einde; einddatum; koniec; zakończenia; zakonczenia; wygaśnięcia; "
        "кінець; закінчення; завершення",
        "deleted; removed; inactive since; удален*; удаления",
    ),
    foreign=words(
        "trial period billing next renew* renewal paid cancel* pause* reason card notice term type status score risk weekend cause "
        "policy probability prediction flag rate причина пробн* карты discount coupon promo grant"
    ),
)
LAST_DAY = Phrases(
    "inclusive; incl; inclusief; inklusive; inkl; einschließlich; einschliesslich; inclus; incluse; inclusivement; incluido; incluida; "
    "incluído; incluída; incluso; compreso; włącznie; wlacznie; включно; включительно; включ; "
    "last day; final day; through; thru; последний день; последнего дня; letzter tag; dernier jour; último día; ultimo dia; último dia; "
    "ultimo giorno; laatste dag; ostatni dzień; ostatni dzien; останній день"
)
NOT_LAST_DAY = words("not exclusive excl не искл* exklusiv* exclusif exclusivo")
