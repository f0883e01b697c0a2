"""The words for states of a payment or an order, by state and language (columns/orders/payment.py)."""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN_WORD = "W260"  # the code of the warning about words that a kind does not know
PAID = (
    "paid, payed, complete, completed, succeeded, succeed, success, successful, successfully, captured, settled, settling, cleared, "
    "submitted for settlement, settlement confirmed, fulfilled, partially fulfilled, shipped, partially shipped, dispatched, "
    "delivered, picked up, collected, closed, closed won, closedwon, won, done, finished, finalized, ok, approved, paid in full, "
    "fully paid, payment received, payment accepted, payment confirmed, remote payment accepted, remotely paid, wc-completed, "
    "wc-processing, "
    "partially refunded, partial refund, partly refunded, refunded partially, partial return",
    "оплачен, оплачена, оплачено, оплачены, оплачен полностью, оплачено полностью, полностью оплачен, полностью оплачена, "
    "полностью оплачено, оплата получена, получена, получен, прошла, прошел, проведен, проведена, проведено, завершен, завершена, "
    "завершено, выполнен, выполнена, выполнено, исполнен, исполнена, исполнено, доставлен, доставлена, доставлено, выдан, выдана, "
    "отгружен, отгружена, отгружено, отправлен, отправлена, отправлено, закрыт, закрыта, закрыто, успешно, успешна, успешный, "
    "успешная, успех, успешно реализовано, сделка успешна, реализован, реализовано, "
    "частичный возврат, возвращен частично, частично возвращен, частично возвращена, частично возвращено",
    "bezahlt, abgeschlossen, versandt, versendet, geliefert, erfolgreich, erledigt, teilweise erstattet, teilerstattet",
    "payé, payée, payee, paye, réglée, réglé, terminé, terminée, termine, terminee, expédiée, expédié, livrée, livré, réussi, réussie, "
    "partiellement remboursé, partiellement remboursée",
    "pagado, pagada, completado, completada, enviado, entregado, entregada, exitoso, parcialmente reembolsado",
    "pago, paga, concluído, concluido, concluída, entregue, aprovado, parcialmente reembolsado",
    "pagato, pagata, completato, completata, spedito, consegnato, riuscito, parzialmente rimborsato",
    "betaald, voltooid, afgerond, verzonden, geleverd, geslaagd, gedeeltelijk terugbetaald",
    "opłacone, oplacone, opłacony, opłacona, zapłacone, zapłacono, zakończone, zrealizowane, zrealizowano, wysłane, dostarczone, "
    "częściowo zwrócone",
    "оплачений, сплачено, сплачений, завершений, завершено, виконано, виконаний, доставлений, успішно, частково повернуто",
)
IN_PROCESS = (
    "processing, in process, in progress, on hold, on-hold, hold, held, open, new, accepted, preparing, ready, ready to ship, "
    "unfulfilled, wc-on-hold",
    "новый, новая, новое, новый заказ, в обработке, обрабатывается, обработка, в работе, принят, принята, принято, собирается, "
    "комплектуется, сборка, в доставке, доставляется, в пути, готов, готов к выдаче, ожидает отправки, ожидает отгрузки",
    "in bearbeitung, neu, offen, en cours, en cours de traitement, en proceso, procesando, em processamento, in lavorazione, "
    "in elaborazione, in behandeling, w trakcie, w realizacji, nowe, в обробці, новий",
)
UNPAID = (
    "pending, unpaid, not paid, awaiting, awaiting payment, awaiting approval, pending payment, payment pending, waiting, "
    "waiting for payment, payment due, due, overdue, past due, past_due, outstanding, uncollectible, written off, invoiced, billed, "
    "sent, issued, authorized, authorised, authorizing, uncaptured, not captured, requires capture, requires action, "
    "requires confirmation, requires payment method, incomplete, scheduled, queued, cash on delivery, cod, wc-pending, pending cod",
    "не оплачен, не оплачена, не оплачено, не оплачены, неоплачен, неоплачена, неоплачено, ожидает, ожидает оплаты, ожидается, "
    "ожидается оплата, ожидание, ожидание оплаты, ждет оплаты, ждет, в ожидании, в ожидании оплаты, к оплате, выставлен, выставлена, "
    "счет выставлен, просрочен, просрочена, просрочено, долг, задолженность, оплата при получении, при получении, наложенный платеж, "
    "авторизован, авторизована, заморожен, захолдирован",
    "ausstehend, unbezahlt, nicht bezahlt, zahlung ausstehend, en attente, en attente de paiement, impayé, impayée, pendiente, "
    "pendiente de pago, no pagado, impagado, pendente, aguardando pagamento, não pago, nao pago, in attesa, in attesa di pagamento, "
    "non pagato, openstaand, onbetaald, wacht op betaling, oczekujące, oczekuje, oczekuje na płatność, nieopłacone, "
    "не сплачено, неоплачений, очікує, очікує оплати, очікується",
)
FAILED = (
    "failed, failure, fail, declined, refused, rejected, denied, error, blocked, unsuccessful, not successful, gateway rejected, "
    "processor declined, settlement declined, insufficient funds, wc-failed, bounced",
    "ошибка, ошибка оплаты, отклонен, отклонена, отклонено, неуспешно, неуспешный, неуспешна, не успешно, не прошел, не прошла, "
    "не прошло, неудача, неудачно, сбой, отказано, отказано банком",
    "fehlgeschlagen, abgelehnt, échoué, échouée, echoue, refusé, refusée, fallido, fallida, rechazado, falhou, falhado, recusado, "
    "fallito, rifiutato, mislukt, geweigerd, nieudane, nieudana, odrzucone, odrzucona, помилка, відхилено, невдало",
)
CANCELLED = (
    "cancelled, canceled, cancel, cancelled order, void, voided, expired, aborted, timed out, timeout, not completed, terminated, "
    "lost, closed lost, closedlost, deleted, wc-cancelled",
    "отменен, отменена, отменено, отменены, отмена, отказ, отказался, аннулирован, аннулирована, аннулировано, истек, истекла, "
    "истекло, удален, удалена, удалено, закрыто и не реализовано, не реализован, не реализовано, ложный, не выкуплен, снят",
    "storniert, abgebrochen, annulliert, annulé, annulée, annule, annulee, cancelado, cancelada, anulado, anulada, annullato, "
    "annullata, cancellato, geannuleerd, anulowane, anulowany, anulowana, anulowano, скасовано, скасований, скасована, відмінено",
)
REFUNDED = (
    "refunded, refund, fully refunded, full refund, refunded in full, reversed, reversal, returned, return, charged back, charge back, "
    "chargeback, chargedback, credited, money back, wc-refunded, repaid",
    "возвращен, возвращена, возвращено, возвращены, возврат, полный возврат, возврат средств, возврат денег, деньги возвращены, "
    "сделан возврат, чарджбэк",
    "erstattet, zurückerstattet, rückerstattet, zurückgegeben, remboursé, remboursée, rembourse, reembolsado, reembolsada, devuelto, "
    "devuelta, devolvido, estornado, rimborsato, rimborsata, terugbetaald, zwrócone, zwrócona, zwrot, zwrocone, повернуто, повернення",
)
DRAFT = (
    "draft, trash, trashed, abandoned, cart, abandoned cart, checkout draft, wc-checkout-draft, auto-draft, wc-trash, quote, "
    "quotation, estimate, proposal, not submitted, negotiation, negotiating, qualification, qualified, qualified to buy, discovery, "
    "prospecting, prospect, contacted, appointment scheduled, presentation scheduled, decision maker bought-in, contract sent, lead, "
    "new lead",
    "переговоры, квалификация, первичный контакт, принимают решение, согласование договора, кп отправлено, лид, новый лид, неразобранное",
    "черновик, корзина, брошенная корзина, брошена, не оформлен, не оформлена, в корзине, смета, коммерческое предложение",
    "entwurf, brouillon, borrador, rascunho, bozza, concept, szkic, wersja robocza, чернетка",
)
TEST = ("test, testing, test order, sandbox, demo, тест, тестовый, тестовая, тестовый заказ, testbestellung, prueba, prova",)
WORDS: Mapping[str, str] = {
    state: ",".join(words)
    for state, words in (
        ("paid", PAID),
        ("in_process", IN_PROCESS),
        ("unpaid", UNPAID),
        ("failed", FAILED),
        ("cancelled", CANCELLED),
        ("refunded", REFUNDED),
        ("draft", DRAFT),
        ("test", TEST),
    )
}
