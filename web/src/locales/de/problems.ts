/** German sentences for problem codes. Each says what is wrong and what to do next. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/problems.ts'

export const words = {
  unknown:
    'Das hat nicht geklappt. Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie Ihrem Admin diesen Code: {{code}}.',
  page_failed: 'Diese Seite ist gestolpert. Laden Sie sie neu; Gespeichertes ist nicht verloren.',
  unreachable:
    'Kontor ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal; Ihre Eingaben bleiben erhalten.',
  server_failed:
    'Kontor ist über diese Anfrage gestolpert. Versuchen Sie es gleich noch einmal; Ihre Eingaben bleiben erhalten.',
  unexpected_answer: 'Kontor hat etwas geantwortet, das diese Seite nicht versteht. Laden Sie die Seite neu.',
  signed_out: 'Sie sind abgemeldet. Melden Sie sich wieder an; Ihre Eingaben bleiben erhalten.',
  forbidden: 'Ihre Rolle erlaubt das nicht. Ein Admin kann Ihre Rolle ändern.',
  not_found: 'Das gibt es nicht mehr. Gehen Sie zurück zur Liste.',
  invalid: 'Im Formular stimmt noch etwas nicht. Sehen Sie sich die markierten Felder an.',
  wrong_password:
    'Adresse und Passwort passen nicht zusammen. Prüfen Sie beides und versuchen Sie es noch einmal.',
  too_many_attempts:
    'Zu viele Versuche mit falschem Passwort. Warten Sie 15 Minuten und versuchen Sie es dann noch einmal; bis dahin wird auch das richtige nicht angenommen.',
  setup_done: 'Dieses Kontor hat schon jemand eingerichtet. Melden Sie sich stattdessen an.',
  setup_token_wrong: 'Dieser Einrichtungslink gilt nicht. Nehmen Sie den neuesten Link aus dem Terminal.',
  link_unknown:
    'Dieser Link ist nicht bekannt. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.',
  link_expired: 'Dieser Link ist abgelaufen. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.',
  practice_off:
    'Die Übungswelt läuft hier nicht. Bitten Sie, wer den Server betreibt, sie zu starten, oder verbinden Sie ein echtes Postfach.',
  not_practice:
    'So lässt sich nur ein Übungsarbeitsbereich löschen. Dieser hier ist für echte Postfächer, deshalb wurde nichts gelöscht.',
  mode_decided:
    'Diese Frage ist schon beantwortet. Für die andere Antwort öffnen Sie einen weiteren Arbeitsbereich.',
  address_taken:
    'Jemand mit dieser Adresse ist schon hier. Melden Sie sich damit an und öffnen Sie den Link dann noch einmal.',
  contact_known: 'Einen Influencer mit dieser Adresse gibt es schon. Öffnen Sie stattdessen diesen.',
  not_your_mailbox:
    'Nur wem alle Postfächer dieses Gesprächs gehören, kann es dem Team entziehen. Fragen Sie den Inhaber.',
  assignee_only_looks: '{{name}} hat nur Lesezugriff. Wählen Sie jemanden, der antworten darf.',
  assignee_sees_nothing:
    '{{name}} sieht dieses Gespräch nicht, weil sein Postfach nicht mit allen geteilt ist. Wählen Sie jemand anderen.',
  contact_unknown: 'Diesen Influencer gibt es nicht mehr. Gehen Sie zurück zur Liste.',
  not_queued: 'Die E-Mail kam nicht im Postausgang an. Versuchen Sie es noch einmal; Ihr Text bleibt stehen.',
  letter_empty: 'Die E-Mail hat noch keinen Text. Schreiben Sie zuerst etwas.',
  not_in_thread:
    'Diese Adresse gehört nicht zum Gespräch. Setzen Sie sie in Kopie, oder ergänzen Sie sie beim Influencer.',
  cc_invalid: '„{{address}}“ ist keine E-Mail-Adresse. Korrigieren Sie sie im Feld Kopie.',
  cc_suppressed:
    '{{address}} möchte keine E-Mails oder nimmt keine an. Entfernen Sie die Adresse aus der Kopie.',
  file_unknown:
    'Eine der Dateien ist noch nicht da. Warten Sie, bis sie hochgeladen ist, oder entfernen Sie sie.',
  file_forgotten:
    'Eine der Dateien ist nicht mehr da: Kontor hebt eine Datei eine Woche auf, solange nichts mit ihr gesendet wird. Entfernen Sie sie und hängen Sie sie neu an; Ihr Text bleibt stehen.',
  file_too_large:
    'Diese Datei ist größer als 100 MB. Teilen Sie sie anderswo und setzen Sie den Link in die E-Mail.',
  files_too_large: 'Die Dateien sind zu groß für dieses Postfach. Senden Sie die größte als Link.',
  file_type_refused: 'Anbieter weisen E-Mails mit einer Datei wie „{{name}}“ ab. Senden Sie sie als Link.',
  upload_incomplete: 'Ein Teil der Datei fehlt. Laden Sie sie noch einmal hoch.',
  image_too_large:
    'Dieses Bild ist größer als {{most, number}} MB. Speichern Sie es kleiner, zum Beispiel als JPEG, und wählen Sie es noch einmal.',
  image_type:
    'Diese Datei ist kein Bild in PNG, JPEG oder WebP. Speichern Sie sie in einem davon und wählen Sie sie noch einmal.',
  image_svg:
    'SVG-Dateien können Programme enthalten, deshalb zeigt Kontor sie nicht anderen. Exportieren Sie die Zeichnung als PNG und wählen Sie die.',
  image_broken:
    'Dieses Bild ist beschädigt oder unvollständig. Speichern Sie es neu und wählen Sie es noch einmal.',
  image_dimensions:
    'Dieses Bild ist breiter oder höher als {{most, number}} Pixel. Verkleinern Sie es und wählen Sie es noch einmal.',
  image_unknown:
    'Eines der Bilder ist nicht mehr da. Entfernen Sie es aus dem Briefing und fügen Sie es neu hinzu.',
  image_needs_words:
    'Ein Bild ist noch nicht beschrieben. Sagen Sie, was es zeigt, oder markieren Sie es als Schmuck, und speichern Sie dann.',
  too_many_follow_ups:
    'Höchstens {{most, number}} Nachfassmails sind möglich. Entfernen Sie eine, dann klappt es.',
  too_many_images:
    'Zu diesem Briefing liegen schon viele Bilder. Nehmen Sie eines davon, oder warten Sie eine Woche, dann sind unbenutzte weg.',
  publishing_reversed:
    'Die Veröffentlichung endet vor ihrem Beginn. Ändern Sie einen der beiden Tage und speichern Sie dann.',
  applications_paused:
    'Diese Kampagne ist pausiert. Setzen Sie sie fort, dann werden wieder Bewerbungen angenommen.',
  open_link_off: 'Der offene Link ist abgeschaltet. Schalten Sie ihn zuerst ein.',
  application_over: 'Der letzte Tag für Bewerbungen ist vorbei. Es werden keine mehr angenommen.',
  no_image: 'Diese Datei ist kein Bild. Laden Sie sie herunter.',
  left_already:
    'Die E-Mail ist schon verschickt und lässt sich nicht zurücknehmen. Schreiben Sie eine weitere.',
  draft_changed:
    '{{by}} hat diesen Entwurf inzwischen geändert. Sehen Sie ihn sich an, bevor Sie weiterschreiben.',
  approver_may_not_send: '{{name}} darf nicht von {{address}} senden. Fragen Sie den Inhaber des Postfachs.',
  address_not_usable:
    'An diese Adresse lässt sich nicht schreiben, deshalb ist sie nicht hinzugefügt. Prüfen Sie sie zuerst.',
  file_link_over: 'Dieser Link gilt nicht mehr. Bitten Sie den Absender um einen neuen.',
  answered_meanwhile: '{{by}} hat inzwischen geantwortet. Lesen Sie diese Antwort, bevor Sie Ihre senden.',
  mailbox_disconnected: 'Dieses Postfach ist getrennt. Wählen Sie einen anderen Absender.',
  may_not_send: 'Sie dürfen aus diesem Postfach nicht senden. Wählen Sie einen anderen Absender.',
  last_owner: 'Ein Arbeitsbereich braucht einen Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.',
  not_configured: 'Dieser Anbieter ist noch nicht von Ihrer IT eingerichtet. Schicken Sie ihr die Anleitung.',
  other_account: 'Das war ein anderes Konto. Melden Sie sich mit dem Konto dieses Postfachs an.',
  public_address_missing:
    'Kontor hat noch keine öffentliche Adresse, Links in echten E-Mails liefen ins Leere. Ein Inhaber trägt sie unter Arbeitsbereich, Server ein.',
  version_conflict:
    'Jemand hat das inzwischen geändert. Laden Sie es neu und nehmen Sie Ihre Änderung noch einmal vor.',
  campaign_closed: 'Diese Kampagne ist geschlossen. Beginnen Sie eine neue, um wieder zu schreiben.',
  no_mailbox: 'Es gibt noch kein Postfach zum Senden. Verbinden Sie zuerst eines.',
  malformed:
    'Kontor konnte diese Anfrage nicht lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  not_json:
    'Kontor konnte diese Anfrage nicht lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  other_origin:
    'Diese Seite wurde unter einer anderen Adresse geöffnet als der von Kontor. Öffnen Sie Kontor unter seiner eigenen.',
  not_member: 'Sie gehören nicht zu diesem Arbeitsbereich. Bitten Sie einen seiner Admins um eine Einladung.',
  database_away:
    'Die Datenbank ist kurz nicht da. Versuchen Sie es gleich noch einmal; Ihre Eingaben bleiben erhalten.',
  not_ready: 'Kontor startet noch. Versuchen Sie es in ein paar Sekunden noch einmal.',
  too_large:
    'Das ist größer, als Kontor annimmt. Kürzen Sie es, oder schicken Sie eine große Datei als Link.',
  mailbox_unknown: 'Dieses Postfach gibt es nicht mehr. Wählen Sie einen anderen Absender.',
  mailbox_connected:
    'Dieses Postfach ist noch verbunden. Trennen Sie es zuerst; dort wird gefragt, was bleibt.',
  mailbox_not_active: 'Dieses Postfach kann gerade nicht senden. Sehen Sie zuerst nach seinem Zustand.',
  mailbox_needed: 'Dafür fehlt ein Absender. Wählen Sie zuerst ein Postfach.',
  mailbox_not_allowed: 'Sie dürfen von {{address}} nicht senden. Wählen Sie einen anderen Absender.',
  no_admin_to_ask: 'Bei diesem Anbieter lässt sich kein Admin fragen. Verbinden Sie das Postfach direkt.',
  level_same: 'Das Postfach hat diese Stufe schon. Wählen Sie die andere, oder lassen Sie es dabei.',
  endpoint_unknown:
    'Diesen Anbieter gibt es hier nicht. Gehen Sie zurück und wählen Sie einen aus der Liste.',
  endpoint_not_configured:
    'Dieser Anbieter ist noch nicht von Ihrer IT eingerichtet. Schicken Sie ihr die Anleitung.',
  mode_mismatch: 'Übungspostfächer gehören in Übungsarbeitsbereiche, echte in echte.',
  mode_undecided: 'Beantworten Sie zuerst die Frage am Anfang: proben oder echtes Postfach verbinden.',
  campaign_unknown: 'Diese Kampagne gibt es nicht mehr. Gehen Sie zurück zur Liste.',
  campaign_not_running: 'Die Kampagne läuft nicht. Starten Sie sie zuerst.',
  campaign_status:
    'Von diesem Zustand kann eine Kampagne nicht in jenen wechseln. Laden Sie die Seite neu, um zu sehen, wo sie steht.',
  application_unknown: 'Diese Bewerbung gibt es nicht mehr. Gehen Sie zurück zur Liste.',
  application_withdrawn: 'Diese Bewerbung wurde zurückgezogen. Zu entscheiden gibt es nichts mehr.',
  decision_sent:
    'Diese Entscheidung ist schon verschickt. Schreiben Sie der Person direkt, um sie zu berichtigen.',
  member_unknown:
    'Diese Person ist nicht mehr in der Kampagne. Laden Sie die Seite neu, um zu sehen, wer es ist.',
  brief_unknown:
    'Dieser Link ist nicht bekannt. Vielleicht fehlt ein Stück davon; wer ihn geschickt hat, kann einen neuen senden.',
  already_applied: 'Die Bewerbung ist schon da. Das Team meldet sich.',
  name_taken: 'Etwas mit diesem Namen gibt es schon. Wählen Sie einen anderen Namen.',
  key_reused: 'Das wurde schon mit anderem Inhalt gesendet. Laden Sie die Seite neu.',
  contact_merged: 'Dieser Influencer wurde mit einem anderen zusammengeführt. Öffnen Sie stattdessen diesen.',
  import_started:
    'Dieser Import hat mit anderen Angaben begonnen. Importieren Sie die Datei erneut, um neu zu wählen.',
  import_not_read: 'Diese Datei ist nicht vollständig angekommen. Wählen Sie sie noch einmal aus.',
  import_empty: 'In dieser Datei steht nichts. Wählen Sie eine andere aus.',
  import_too_long:
    'Diese Datei hat {{lines, number}} Zeilen. Teilen Sie sie in Dateien mit höchstens {{most, number}} Zeilen, und importieren Sie diese nacheinander.',
  no_address_column:
    'In keiner Spalte steht bisher die E-Mail-Adresse. Wählen Sie sie oben aus, dann geht es weiter.',
  message_empty: 'Diese Nachricht hat noch keinen Text. Schreiben Sie einen, dann geht es weiter.',
  launch_unknown: 'Das gibt es nicht mehr. Gehen Sie zurück zur Kampagne.',
  launch_state: 'Das ist schon fertig oder wurde angehalten. Laden Sie die Seite neu, um den Stand zu sehen.',
  unknown_variable: 'Einen Wert „{{name}}“ gibt es nicht. Nehmen Sie einen aus der Liste.',
  not_a_variable: '„{{text}}“ ist kein Platzhalter. Wählen Sie einen aus der Liste.',
  unknown_filter:
    'Einen Filter „{{name}}“ gibt es nicht. Nehmen Sie ihn heraus oder einen wie default oder upcase.',
  template_unknown: 'Diese Vorlage gibt es nicht mehr. Gehen Sie zurück zu den Vorlagen.',
  nobody_to_show: 'Es gibt noch keinen Influencer, dessen Brief das sein könnte. Legen Sie zuerst einen an.',
  practice_and_real:
    'Übungsadressen und echte Adressen schreiben einander nie. Wählen Sie einen Absender aus derselben Welt.',
  contact_without_address: 'Dieser Influencer hat keine Adresse. Ergänzen Sie eine und schreiben Sie dann.',
  field_country: 'Zwei Buchstaben eines Landes, zum Beispiel DE.',
  field_variable:
    'Nur Kleinbuchstaben, Ziffern und _, mit einem Buchstaben am Anfang, und kein Name, den Kontor selbst benutzt.',
  field_wrong: 'Bitte prüfen Sie dieses Feld.',
  field_other_endpoint: 'Dieses Postfach ist bei einem anderen Anbieter verbunden.',
  field_required: 'Das wird gebraucht.',
  field_too_small: 'Das ist zu kurz. Es braucht mindestens {{bound, number}} Zeichen.',
  field_too_big: 'Das ist zu lang. Es darf {{bound, number}} Zeichen haben.',
  field_invalid_format: 'Das stimmt so noch nicht.',
  field_address: 'Das ist keine E-Mail-Adresse. Sie braucht die Form name@domain.',
  field_limit_out_of_range: 'Zwischen 1 und 300.',
  field_window_reversed: 'Das Ende liegt nach dem Beginn.',
  field_window_without_days: 'Wählen Sie mindestens einen Tag.',
  field_reserve_above_limit: 'Die Reserve kann nicht größer sein als das Tageslimit.',
  field_pace_out_of_range: 'Zwischen 0 und 3.600 Sekunden.',
  field_wrong_size: 'Ein Teil der Datei hat die falsche Größe. Laden Sie sie noch einmal hoch.',
  field_zone_unknown: 'Diese Zeitzone ist nicht bekannt.',
  field_named_unknown: 'Jemand von den Ausgewählten ist nicht mehr im Team.',
  field_past: 'Das liegt in der Vergangenheit. Wählen Sie eine künftige Zeit.',
  field_too_far: 'Das ist zu weit voraus. Wählen Sie eine Zeit innerhalb eines Jahres.',
  field_reassign_target: 'Wählen Sie ein verbundenes Postfach, aus dem Sie senden dürfen.',
  too_many_requests:
    'Das war viel in kurzer Zeit. Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  public_url_needed:
    'Kontor hat noch keine öffentliche Adresse, Links in echten E-Mails liefen ins Leere. Ein Inhaber trägt sie unter Arbeitsbereich, Server ein.',
  member_already: 'Sie gehören schon zu diesem Arbeitsbereich. Gehen Sie zum Posteingang.',
  field_number_too_small: 'Mindestens {{bound, number}}.',
  field_number_too_big: 'Höchstens {{bound, number}}.',
  field_list_too_small: 'Wählen Sie mindestens {{bound, number}}.',
  field_list_too_big: 'Wählen Sie höchstens {{bound, number}}.',
  field_control_characters: 'Entfernen Sie Zeilenumbrüche und unsichtbare Zeichen.',
  field_zone: 'Diese Zeitzone ist nicht bekannt. Wählen Sie eine aus der Liste.',
  field_invalid_type: 'Das stimmt so noch nicht.',
  field_invalid_value: 'Wählen Sie einen der angebotenen Werte.',
  field_invalid_union: 'Das stimmt so noch nicht.',
  field_invalid_key: 'Das stimmt so noch nicht.',
  field_invalid_element: 'Eines davon stimmt so noch nicht.',
  field_not_multiple_of: 'Das stimmt so noch nicht.',
  field_unrecognized_keys: 'Dieses Feld kennt Kontor nicht. Laden Sie die Seite neu.',
  field_custom: 'Das stimmt so noch nicht.',
  not_server_owner:
    'Den Server richten die Inhaber des ersten Arbeitsbereichs ein. Fragen Sie einen von ihnen.',
  set_by_environment:
    'Das setzt die Umgebung des Servers. Ändern Sie es dort, oder entfernen Sie es dort, um es hier zu setzen.',
  system_mail_missing:
    'Noch ist kein Mailserver eingetragen. Tragen Sie einen ein und senden Sie dann einen Test.',
  field_address_only_here:
    'Das ist keine Adresse, die andere öffnen könnten. Sie braucht die Form https://kontor.example.com, ohne Pfad.',
  reset_by_admin:
    'Dieses Kontor verschickt keine eigenen E-Mails, deshalb kann niemand Ihnen einen Link senden. Fragen Sie Ihren Admin: Am Terminal des Servers setzt npm run reset-password ein neues.',
  too_many_resets:
    'Ein Link wurde schon mehrmals erbeten. Sehen Sie in Posteingang und Spam nach, oder warten Sie eine Stunde und fragen Sie dann noch einmal.',
  reset_expired: 'Dieser Link ist schon benutzt oder abgelaufen. Fordern Sie einen neuen an.',
  current_password_wrong:
    'Das jetzige Passwort stimmt nicht. Geben Sie es noch einmal ein, oder melden Sie sich ab und nutzen Sie „Passwort vergessen?“.',
  addresses_unreadable:
    'Google nennt die weiteren Adressen eines Kontos nur bei Vollem Zugriff. Ändern Sie zuerst die Integrationsstufe.',
  address_not_offered: 'Das Konto führt diese Adresse nicht mehr auf. Laden Sie die Liste neu.',
  address_connected: 'Diese Adresse ist schon verbunden. Wählen Sie sie unter Verbundene E-Mails.',
  shared_not_offered:
    'Freigegebene Postfächer fügen Sie über das eigene Postfach eines Geschäfts- oder Schulkontos bei Microsoft hinzu. Private Konten haben keine.',
  shared_consent_missing:
    'Kontor darf freigegebene Postfächer dieses Kontos noch nicht nutzen. Erlauben Sie es einmal bei Microsoft; zum Lesen braucht es dort meist auch einen Admin, zum Senden nicht.',
  shared_unknown: 'Microsoft kennt kein Postfach mit dieser Adresse. Prüfen Sie die Schreibweise.',
  shared_unreadable:
    'Dieses Konto darf das Postfach nicht öffnen. Bitten Sie Ihre IT in Exchange um „Vollzugriff“ und „Senden als“; eine Änderung dauert dort bis zu einer Stunde.',
  shared_send_refused:
    'Dieses Konto darf das Postfach öffnen, aber nicht unter seiner Adresse senden. Bitten Sie Ihre IT in Exchange um „Senden als“; eine Änderung dauert dort bis zu einer Stunde.',
  shared_account_narrower:
    'Das Konto, über das dieses Postfach genutzt wird, hat Nur Sendezugriff. Ändern Sie zuerst die Stufe dieses Kontos.',
  shared_not_tried:
    'Ob Ihr Konto diese Adresse nutzen darf, ließ sich nicht ausprobieren: Der Anbieter antwortet nicht, oder von der Adresse darf heute nichts mehr abgehen. Versuchen Sie es in ein paar Minuten noch einmal, sonst morgen; Ihre Eingaben bleiben erhalten.',
  grant_broken:
    'Die Anmeldung dieses Kontos gilt nicht mehr. Verbinden Sie es zuerst erneut, und fügen Sie dann die Adresse hinzu.',
  signature_unreadable:
    'Nur Gmail-Postfächer mit vollem Zugriff zeigen ihre Signatur. Geben Sie sie hier ein.',
  signature_none: 'Beim Anbieter ist für diese Adresse keine Signatur hinterlegt. Geben Sie hier eine ein.',
  provider_away:
    'Der Anbieter antwortet gerade nicht. Versuchen Sie es in einer Minute noch einmal; Ihre Eingaben bleiben erhalten.',
} as const satisfies SameWords<typeof english>
