/** German sentences for why a mail leaves when it does, or does not. `…_at` is used when the place in the queue is known. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/reasons.ts'

export const words = {
  plain: '{{detail}}',
  unknown: 'Wartet aus einem Grund, den diese Seite noch nicht kennt ({{code}}).',
  next: 'Geht so bald wie möglich raus.',
  next_at: 'Platz {{position, number}}. Geht so bald wie möglich raus.',
  pace: 'Geht nach dem Sendeabstand raus.',
  pace_at: 'Platz {{position, number}}. Geht nach dem Sendeabstand raus.',
  window: 'Sendezeiten beginnen {{from}}.',
  window_at: 'Platz {{position, number}}. Sendezeiten beginnen {{from}}.',
  day_full: 'Die {{limit, number}} des Tages von {{address}} sind aufgebraucht. Weiter geht es {{from}}.',
  day_full_at:
    'Platz {{position, number}}. {{limit, number}} am Tag von {{address}}; weiter geht es {{from}}.',
  reserve:
    'Die letzten {{reserve, number}} des Tages bleiben bis 2 Stunden vor Ende der Sendezeiten für persönliche E-Mails.',
  reserve_at:
    'Platz {{position, number}}. Die letzten {{reserve, number}} des Tages bleiben bis 2 Stunden vor Ende der Sendezeiten für persönliche E-Mails.',
  rolling:
    'Von {{address}} gingen {{limit, number}} in 24 Stunden raus, und Google zählt 24 Stunden. Weiter geht es {{from}}.',
  rolling_at:
    'Platz {{position, number}}. Von {{address}} gingen {{limit, number}} in 24 Stunden raus, und Google zählt 24 Stunden. Weiter geht es {{from}}.',
  undo: 'Geht in wenigen Sekunden raus; bis dahin lässt sie sich zurückholen.',
  exempt: 'Geht ausnahmsweise außerhalb der Sendezeiten raus.',
  behind: 'Geht nach den E-Mails davor raus.',
  behind_at: 'Platz {{position, number}}. Geht nach den E-Mails davor raus.',
  scheduled: 'Für diese Zeit geplant.',
  throttled: 'Der Anbieter bittet um Geduld; weiter geht es {{until}}.',
  throttled_at: 'Platz {{position, number}}. Der Anbieter bittet um Geduld; weiter geht es {{until}}.',
  trouble: 'Der Anbieter konnte gerade nichts annehmen. Kontor versucht es wieder {{until}}.',
  paused: 'Der Versand aus diesem Postfach ist pausiert.',
  reconnect_needed: 'Das Postfach muss zuerst erneut verbunden werden.',
  waiting_for_admin: 'Wartet, bis Ihre IT das Postfach freigibt.',
  connecting: 'Das Postfach wird noch verbunden.',
  our_config:
    'Kontors Anmeldung beim Anbieter stimmt nicht. Ihre IT berichtigt sie unter Server; Kontor versucht es wieder {{until}}.',
  returned:
    'Der Anbieter hat E-Mails zurückgegeben: Dieses Postfach hat alles gesendet, was es darf, oder das Senden ist gesperrt. Sehen Sie beim Anbieter in seinen Posteingang, oder fragen Sie Ihre IT; Kontor versucht es {{until}} wieder.',
  disconnected: 'Das Postfach ist getrennt. Wählen Sie einen anderen Absender.',
  mailbox_disconnected: 'Das Postfach ist getrennt. Wählen Sie einen anderen Absender.',
  sending: 'Wird gerade gesendet.',
  missing_variable:
    '„{{name}}“ fehlt bei dieser Person. Sobald es eingetragen ist, geht die E-Mail von selbst weiter.',
  by_person: '{{name}} hat es so entschieden.',
  campaign_paused: 'Die Kampagne ist pausiert.',
  address_changed: 'Die Adresse hat sich seitdem geändert; sie lautet jetzt {{address}}.',
  text_unknown: 'Der Text ist nicht mehr auffindbar. Brechen Sie die E-Mail ab und schreiben Sie sie neu.',
  no_author:
    'Niemand weiß, wie eine E-Mail dieser Art geschrieben wird. Brechen Sie sie ab und schreiben Sie sie neu.',
  public_url_needed:
    'Kontor hat noch keine öffentliche Adresse, die Links in dieser E-Mail führten ins Leere. Sobald Ihre IT sie eingetragen hat, geben Sie die E-Mail frei.',
  cannot_be_written:
    'Aus diesem Text und dieser Person wird keine E-Mail. Verbessern Sie die Adresse oder die Angaben zur Person und geben Sie sie frei; der Text bleibt, wie er eingeplant wurde. Für einen anderen Text brechen Sie sie ab und schreiben Sie sie neu.',
  file_gone: 'Die Datei „{{name}}“ ist nicht mehr da. Schreiben Sie die E-Mail mit der Datei neu.',
  files_too_large:
    'Ihre Dateien sind zu groß für {{address}}. Ein anderes Postfach kann sie vielleicht tragen.',
  mailbox_unknown: 'Das Postfach gibt es nicht mehr.',
  provider_trouble:
    'Der Anbieter hat mehrmals versagt. Geben Sie die E-Mail frei für einen neuen Versuch. {{detail}}',
  sender_full:
    'Das Postfach, aus dem sie geht, ist beim Anbieter voll. Schaffen Sie dort Platz, und geben Sie sie dann frei. {{detail}}',
  practice_and_real: 'Übungsadressen und echte Adressen schreiben einander nie.',
  in_doubt: 'Die Verbindung brach ab, während der Anbieter sie annahm. Kontor sieht nach, ob sie raus ist.',
  in_doubt_looking: 'Kontor sieht im Gesendet-Ordner nach, ob sie raus ist.',
  in_doubt_send_only:
    'Kontor darf in den Gesendet-Ordner dieses Postfachs nicht hineinsehen. Bitte sehen Sie selbst nach und entscheiden Sie.',
  declined: 'Diese Person hat inzwischen abgesagt.',
  suppressed: 'Für diese Adresse gilt eine Kontaktsperre.',
  do_not_contact: 'Für diese Person gilt eine Kontaktsperre.',
  paused_by_person: 'Diese Person hat um eine Pause gebeten.',
  campaign_closed: 'Die Kampagne wurde inzwischen geschlossen.',
  withdrawn: 'Die Bewerbung wurde inzwischen zurückgezogen.',
  decided_otherwise: 'Über die Bewerbung wurde inzwischen anders entschieden.',
  already_applied: 'Diese Person hat sich inzwischen beworben.',
  contact_deleted: 'Diese Person wurde inzwischen gelöscht.',
  member_unknown: 'Diese Person ist nicht mehr in der Kampagne.',
  already_sent: 'Diese Person hat dieselbe E-Mail schon bekommen.',
  answered: 'Diese Person hat inzwischen geantwortet.',
  answer_noted: '{{name}} hat eine Antwort dieser Person vermerkt.',
  answers_unseen:
    'Kontor sieht Antworten an dieses Postfach nicht mehr und erinnert stattdessen einen Menschen.',
  bounced: 'Die Adresse nimmt keine E-Mails an.',
  complaint: 'Diese Person hat eine E-Mail als Spam gemeldet.',
  unsubscribed: 'Diese Person hat sich abgemeldet.',
  before_unsent: 'Die E-Mail, auf die sie folgen sollte, ging nicht raus.',
  erased: 'Die E-Mail, auf die sie folgen sollte, wurde gelöscht.',
  no_address: 'Diese Person hat keine Adresse mehr.',
  follow_ups_stopped: '{{name}} hat die Nachfassmails gestoppt.',
  decline_undecided:
    'Eine Antwort klingt nach einer Absage. Die E-Mail wartet, bis im Gespräch jemand darüber entschieden hat.',
  answers_unchecked: 'Kontor sieht zuerst nach Antworten; danach geht es von selbst weiter.',
  rejected:
    'Der Anbieter hat sie abgelehnt. Ändern Sie, was er nennt, und senden Sie sie noch einmal. {{detail}}',
  too_large: 'Sie ist größer, als der Anbieter annimmt. Senden Sie sie mit kleineren Dateien noch einmal.',
  recipient_invalid:
    'Der Anbieter kennt diese Adresse nicht. Berichtigen Sie sie und senden Sie noch einmal.',
  accepted: 'Vom Anbieter angenommen, Zustellung nicht bestätigt.',
  accepted_found: 'Die Verbindung brach ab, aber Kontor hat sie im Gesendet-Ordner gefunden.',
  accepted_by_person: 'Die Verbindung brach ab; {{name}} hat bestätigt, dass sie gesendet wurde.',
  cancelled: 'Abgebrochen.',
  failed: 'Sie ist nicht rausgegangen.',
} as const satisfies SameWords<typeof english>
