"""Words of headers about states."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

PURCHASE_STATUS = HeaderWords(
    ranked(
        "payment status; payment state; financial status; invoice status; transaction status; charge status; paid status; "
        "donation status; "
        "статус оплаты; статус платежа; статус транзакции; состояние оплаты; zahlungsstatus; statut paiement; estado pago; "
        "estado pagamento; stato pagamento; betaalstatus; status płatności; статус оплати",
        "status; state; order status; order state; sale status; deal status; статус; состояние; статус заказа; estado; statut; "
        "stato; stan; "
        "status zamówienia; bestellstatus; auftragsstatus",
        "stage; deal stage; pipeline stage; стадия; этап; стадия сделки; этап сделки; phase; etapa; fase",
    ),
    foreign=words(
        "lead leads email e-mail mail marketing ticket support delivery fulfilment fulfillment shipping shipment consent subscription "
        "membership refund kyc verification id tax country доставки отгрузки отправки рассылки обращения подписки lieferung "
        "versand livraison expédition envío envio entrega consegna "
        "spedizione levering verzending wysyłki"
    ),
    sure=1,
    share=0.5,
)
STATUS = HeaderWords(
    ranked(
        "subscription status; subscription state; membership status; membership state; customer status; customer state; member status; "
        "subscriber status; client status; plan status; contract status; статус подписки; статус клиента; состояние подписки; "
        "статус абонента; statut abonnement; estado suscripción; estado assinatura; stato abbonamento; status subskrypcji; "
        "статус підписки; abo status; vertragsstatus; kundenstatus; abostatus",
        "status; state; статус; состояние; statut; état; etat; estado; stato; stan; стан; situacao; situação; zustand",
    ),
    foreign=words(
        "payment payments lead leads email e-mail mail marketing ticket support delivery fulfilment fulfillment shipping shipment "
        "consent "
        "order invoice billing kyc verification verified optin opt newsletter task deal opportunity address tax refund marital civil "
        "employment onboarding health оплаты оплата платежа лида рассылки доставки заказа заявки обращения задачи сделки "
        "zahlung bestellung lieferung paiement commande livraison pago pedido envío pagamento ordine consegna betaling płatności "
        "zamówienia оплати замовлення доставки"
    ),
    sure=1,
    share=0.5,
)
