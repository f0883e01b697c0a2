"""Headers of the columns of a survey, the clearest first."""

from __future__ import annotations

from custmetrics_cli.tables.shared.column import aliases

# The day on which an answer was sent, before the day on which it was begun.
RESPONDED_AT = aliases(
    "response_date; response_time; response_timestamp; response_datetime; responded_on; responded; date_of_response; answered_at; "
    "answered_on; answered; answer_date; submitted_at; submitted_on; submit_date; submission_date; submission_time; "
    "date_submitted; time_submitted; response_submitted; submitted; completion_time; completion_date; completed_at; completed_on; "
    "date_completed; completed; time_completed; finished_at; end_date; ended_at; end_time; recorded_date; "
    "survey_date; feedback_date; review_date; rating_date; interview_date; rated_at; timestamp; date; date_created; created_at; "
    "created_on; created; "
    "дата ответа; время ответа; отметка времени; время завершения; дата завершения; время отправки; дата отправки; дата заполнения; "
    "время заполнения; дата прохождения; время прохождения; время создания; дата создания; создано; дата опроса; дата оценки; дата отзыва; "
    "дата; "
    "zeitstempel; antwortdatum; abgabedatum; abgabezeit; ausgefüllt am; abgeschickt am; datum; "
    "horodateur; horodatage; date de réponse; date de soumission; date d'envoi; "
    "marca temporal; fecha de respuesta; fecha de envío; fecha; carimbo de data/hora; data da resposta; data de envio; "
    "informazioni cronologiche; data risposta; data di invio; data; tijdstempel; datum antwoord; ingevuld op; "
    "sygnatura czasowa; data odpowiedzi; data wysłania; позначка часу; дата відповіді; час завершення; час створення; "
    "start_date; start_time; date_started; time_started; started_at; время начала; дата начала"
)
COUNT = aliases(
    "counts; number_of_answers; number_of_responses; answer_count; response_count; responses_count; responses; answers; n; frequency; "
    "количество; количество ответов; кол-во; кол-во ответов; число ответов; ответов; частота; anzahl; anzahl antworten; häufigkeit; "
    "nombre de réponses; effectif; cantidad; número de respuestas; respuestas; quantidade; número de respostas; respostas; "
    "numero di risposte; risposte; aantal; aantal antwoorden; liczba; liczba odpowiedzi; кількість; кількість відповідей"
)
SCORE = aliases("rating; answer_score; оценка; балл; баллы; рейтинг")
CUSTOMER = aliases("respondent_id; respondent; респондент")
TOUCHPOINT = aliases("stage; moment; point_of_contact; точка контакта; этап")
COMMENT = aliases("comments; feedback; verbatim; remark; why; комментарий; отзыв; почему")
KIND = aliases("survey_kind; survey_type; тип опроса; вид опроса")
COMPLETED = aliases(
    "finished; is_finished; is_completed; complete; is_complete; completion_status; response_status; survey_status; status; "
    "статус ответа; статус анкеты; завершено; завершен; анкета завершена"
)
