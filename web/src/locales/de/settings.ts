/** German words of the account settings: profile, integrations, connected emails and their dialogs. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/settings.ts'

export const words = {
  title: 'Kontoeinstellungen',
  tab: {
    profile: 'Profil',
    integrations: 'Integrationen',
    notifications: 'Benachrichtigungen',
    security: 'Sicherheit',
  },
  profile: {
    name: 'Name',
    address: 'E-Mail-Adresse zum Anmelden',
    language: 'Sprache',
    appearance: 'Darstellung',
    light: 'Hell',
    dark: 'Dunkel',
    auto: 'Wie das System',
  },
  security: {
    password: 'Passwort',
    passwordNote: 'Ein neues Passwort meldet jeden anderen Browser ab.',
    current: 'Jetziges Passwort',
    fresh: 'Neues Passwort',
    freshHint:
      'Mindestens 10 Zeichen. Ein paar Wörter hintereinander merken sich leichter als Sonderzeichen.',
    change: 'Passwort ändern',
    changed: 'Das Passwort ist geändert. Jeder andere Browser ist abgemeldet.',
    signedIn: 'Wo Sie angemeldet sind',
    here: 'Dieser Browser',
    since: 'Angemeldet seit {{when}}',
    unknownDevice: 'Unbekannter Browser',
    signOut: 'Abmelden',
    signOutOf: '{{device}} abmelden',
    everywhereElse: 'Überall sonst abmelden',
  },
  notifications: {
    title: 'Hinweise',
    note: 'Was Sie in {{workspace}} erfahren. Die Zusammenfassung kommt einmal am Tag nach acht Uhr, und nur wenn etwas ungelesen ist.',
    what: 'Hinweis',
    shown: 'Im Kontor',
    digested: 'Per E-Mail',
    noMail:
      'Dieser Server hat noch keinen eigenen Mailserver, deshalb geht keine Zusammenfassung raus. Ein Inhaber trägt einen unter Arbeitsbereich, Server ein.',
    kind: {
      mailbox_broken: 'Ein Postfach muss erneut verbunden werden',
      in_doubt: 'Eine E-Mail meines Postfachs ist ungeklärt',
      mention: 'Jemand nennt mich in einer Notiz',
      queue_long: 'Die Warteschlange meines Postfachs dauert länger als 7 Tage',
      reply: 'Eine Antwort in einem Gespräch, das mir zugewiesen ist',
      follow_up_due: 'Bei Personen, denen ich schrieb, ist von Hand nachzufassen',
      follow_up_by_hand: 'Nachfassmails gehen nicht mehr von selbst raus',
      returned: 'E-Mails kommen zurück, weil ein Postfach nicht senden darf',
    },
  },
  provider: {
    noDefault: 'Sie haben keinen Standardabsender. Wählen Sie einen; Kontor entscheidet das nie für Sie.',
    section: 'E-Mail-Anbieter',
    list: 'Verbundene E-Mails',
    connect: 'Ihr E-Mail-Konto verbinden',
    another: '+Weitere E-Mail verbinden',
    disconnected_one: 'Getrennte Adresse ({{count, number}})',
    disconnected_other: 'Getrennte Adressen ({{count, number}})',
    empty:
      'Verbinden Sie eine Adresse, und Ihr Team schreibt von dort; die Antworten auf diese E-Mails kommen hierher zurück.',
    emptyViewer: 'Noch ist keine Adresse verbunden. Mitglieder und Admins können eine verbinden.',
    line: '{{used, number}} von {{limit, number}} heute · {{waiting, number}} warten',
    checked: 'zuletzt geprüft {{when}}',
    owner: 'von {{name}}',
    ofAccount: 'Adresse von {{account}}',
    sharedWith: 'freigegebenes Postfach, über {{account}}',
    menu: 'Optionen für {{address}}',
  },
  menu: {
    default: 'Als Standard festlegen',
    signature: 'Absendername und Signatur',
    level: 'Integrationsstufe ändern',
    address: 'Weitere Adresse dieses Kontos',
    shared: 'Freigegebenes Postfach hinzufügen',
    sharing: 'Wer sieht und sendet',
    limits: 'Sendelimits',
    test: 'Testnachricht senden',
    pause: 'Versand pausieren',
    resume: 'Versand fortsetzen',
    reconnect: 'Erneut verbinden',
    disconnect: 'Verbindung trennen',
  },
  pause: {
    title: 'Versand von {{address}} pausieren?',
    sentence:
      'Von dieser Adresse geht nichts mehr raus, bis Sie fortsetzen. {{count, number}} wartende E-Mails behalten ihren Platz; Antworten kommen weiter an.',
    sentence_one:
      'Von dieser Adresse geht nichts mehr raus, bis Sie fortsetzen. Die wartende E-Mail behält ihren Platz; Antworten kommen weiter an.',
    sentence_zero:
      'Von dieser Adresse geht nichts mehr raus, bis Sie fortsetzen. Antworten kommen weiter an.',
    act: 'Versand pausieren',
  },
  test: {
    title: 'Testnachricht senden?',
    sentence:
      'Eine kurze E-Mail geht von {{address}} an sich selbst. Sie zählt zu den {{limit, number}} von heute und zeigt Absendername und Signatur.',
    act: 'Testnachricht senden',
    sent: 'Die Testnachricht wartet im Postausgang, an {{address}}.',
    sentAt: 'Die Testnachricht geht {{when}} raus, an {{address}}.',
  },
  reconnect: {
    title: '{{address}} erneut verbinden',
    sentence:
      '{{provider}} bittet Sie, sich noch einmal anzumelden. Wählen Sie dort genau dieses Konto. Antworten aus der Zwischenzeit werden danach nachgeholt.',
    waiting_zero: 'Hier wartet keine E-Mail.',
    waiting_one: '{{count, number}} wartende E-Mail behält ihren Platz und geht danach raus.',
    waiting_other: '{{count, number}} wartende E-Mails behalten ihren Platz und gehen danach raus.',
    account: 'Es ist eine Adresse von {{account}}: Melden Sie sich mit diesem Konto an.',
    shared: 'Es ist für {{account}} freigegeben: Melden Sie sich mit diesem Konto an.',
    others: 'Damit kommt auch zurück: {{addresses, list}}.',
    act: 'Erneut verbinden',
  },
  level: {
    title: 'Integrationsstufe von {{address}} ändern',
    toSendOnly: {
      gmail:
        'Die jetzige Berechtigung wird zurückgegeben und eine kleinere erfragt. Wartende E-Mails sind bis dahin angehalten. Google beendet dabei alle Berechtigungen dieses Kontos für Kontor auf einmal. Ab dann bleiben Antworten privat in Ihrem eigenen Posteingang.',
      microsoft:
        'Kontor vergisst die jetzige Berechtigung und fragt nach einer kleineren. Wartende E-Mails sind bis dahin angehalten. Microsoft lässt sich das Lesen nicht von hier aus zurückgeben; danach zeigt Kontor, wo Sie es selbst entfernen. Ab dann bleiben Antworten privat in Ihrem eigenen Posteingang.',
      imap: 'Kontor vergisst den lesenden Zugang zu Ihrem Mailserver. Ab dann bleiben Antworten privat in Ihrem eigenen Posteingang.',
    },
    toFull:
      '{{provider}} fragt nach einer weiteren Berechtigung: lesen. Antworten auf E-Mails, die Kontor gesendet hat, erscheinen dann hier.',
    others: 'Die Stufe gehört zum Konto. Sie ändert sich auch für {{addresses, list}}.',
    aliasesStop:
      'Mit Nur Sendezugriff sagt Google nicht, unter welchen Adressen dieses Konto senden darf. Die weiteren Adressen stehen deshalb still, bis Sie zu Vollem Zugriff zurückkehren.',
    stored_one: 'Gespeicherte Antworten und von Hand geschriebene E-Mails ({{count, number}})',
    stored_other: 'Gespeicherte Antworten und von Hand geschriebene E-Mails ({{count, number}})',
    keepHint: 'Das Team sieht sie weiter in ihren Gesprächen.',
    eraseHint:
      'Texte und Anhänge werden endgültig gelöscht. Was Kontor gesendet hat, bleibt. Sie erhalten einen Nachweis.',
    fetch: 'Auch frühere Antworten holen',
    fetchHint:
      'Kontor sieht einmal die Kennungen seit {{when}} durch, als die erste E-Mail von hier rausging, und öffnet Antworten auf das, was es gesendet hat. Sonst nichts.',
    shared: {
      send_only:
        'Ab jetzt liest Kontor dieses Postfach nicht mehr; Antworten bleiben darin. {{account}} behält seine Stufe, und niemand muss sich noch einmal anmelden.',
      full: 'Antworten auf E-Mails, die Kontor von diesem Postfach gesendet hat, erscheinen dann hier. Kontor öffnet einmal seinen Posteingang, um zu sehen, ob {{account}} das darf. War das Lesen freigegebener Postfächer noch nicht erlaubt, fragt Microsoft danach.',
      bound:
        '{{account}} hat Nur Sendezugriff, und weiter reicht ein Postfach nicht, das dafür freigegeben ist. Ändern Sie zuerst die Stufe von {{account}}.',
    },
    act: 'Ändern und weiter zu {{provider}}',
    actShared: 'Stufe ändern',
  },
  address: {
    title: 'Adressen von {{account}}',
    sentence:
      'Google nennt diese weiteren Adressen des Kontos, sobald sie dort bestätigt sind. Jede Adresse, die Sie hinzufügen, hat einen eigenen Absendernamen, eine eigene Signatur, eigene Rechte und ein eigenes Tageslimit. Niemand muss sich noch einmal anmelden.',
    list: 'Weitere Adressen von {{account}}',
    empty:
      'Dieses Konto hat keine weiteren Adressen. Neue richten Sie in Gmail ein: Einstellungen, Konten, „Senden als“.',
    add: 'Hinzufügen',
    addNamed: '{{address}} hinzufügen',
    added: 'Verbunden.',
    connected: 'Schon verbunden',
  },
  shared: {
    title: 'Freigegebenes Postfach hinzufügen',
    sentence:
      'Ein Postfach, das Ihre Organisation für {{account}} freigegeben hat. In Exchange braucht das Konto dafür „Vollzugriff“ und „Senden als“. Ob es sie hat, stellt Kontor mit einer kurzen E-Mail aus dem Postfach an {{account}} fest.',
    own: 'Es bekommt einen eigenen Absendernamen, eine eigene Signatur, eigene Rechte und ein eigenes Tageslimit, in dem diese E-Mail zählt.',
    level: 'Integrationsstufe dieses Postfachs',
    levelHint: {
      full: 'Antworten auf E-Mails, die Kontor von dort gesendet hat, erscheinen hier. Meist muss ein Admin das bei Microsoft erlauben.',
      send_only: 'Kontor sendet von dort und liest nichts. Dafür braucht es keinen Admin.',
    },
    sendOnly: 'Wie {{account}} bekommt es {{level}}.',
    address: 'Adresse des freigegebenen Postfachs',
    name: 'Absendername',
    nameHint: 'Empfänger sehen ihn. Er lässt sich später ändern.',
    act: 'Prüfen und hinzufügen',
    allow: 'Bei Microsoft erlauben',
    added: '{{address}} ist verbunden.',
  },
  disconnect: {
    title: 'Verbindung zu {{address}} trennen',
    queue: 'Wartende E-Mails ({{count, number}})',
    queueEmpty: 'In diesem Postfach wartet keine E-Mail.',
    listed: 'Die nächsten',
    more_one: 'und {{count, number}} weitere im Postausgang',
    more_other: 'und {{count, number}} weitere im Postausgang',
    all: 'Im Postausgang ansehen',
    hold: 'Anhalten',
    holdHint: 'Sie bleiben angehalten im Postausgang, bis Sie entscheiden.',
    cancel: 'Abbrechen',
    cancelHint: 'Sie gehen nie raus, auch die angehaltenen nicht.',
    reassign: 'Von einem anderen Postfach senden',
    reassignHint:
      'Sie behalten ihren Rang und reihen sich dort nach der Zeit ein, zu der sie eingeplant wurden.',
    to: 'Neuer Absender',
    stored_zero: 'Gespeicherte E-Mails dieses Postfachs (keine)',
    stored_one: 'Gespeicherte E-Mails dieses Postfachs ({{count, number}}, {{size}})',
    stored_other: 'Gespeicherte E-Mails dieses Postfachs ({{count, number}}, {{size}})',
    keep: 'Behalten',
    keepHint: 'Das Team sieht die Gespräche weiter. Löschen können Sie auch später.',
    erase: 'Löschen',
    eraseHint:
      'Texte, Anhänge, Namen und Kennungen werden endgültig gelöscht, gesendete wie empfangene. Dass es eine E-Mail gab und wann, bleibt; ebenso das Zugriffsprotokoll.',
    take: 'Vorher mitnehmen:',
    permission: {
      gmail:
        'Die Berechtigung wird an Google zurückgegeben. Google beendet dabei alle Berechtigungen dieses Kontos für Kontor auf einmal, auch die seiner anderen Adressen.',
      microsoft:
        'Kontor vergisst seine Schlüssel sofort und kann nichts mehr tun. Microsoft lässt sich das von hier aus nicht mitteilen; danach zeigt Kontor, wo Sie die Zustimmung dort entfernen.',
      imap: 'Das Passwort wird hier sofort gelöscht. Haben Sie für Kontor ein App-Passwort angelegt, löschen Sie es bei Ihrem Anbieter.',
    },
    permissionStays:
      'Die Berechtigung bleibt, weil sie noch gebraucht wird: {{addresses, list}}. Mit der letzten Adresse dieses Kontos wird sie zurückgegeben.',
    act: 'Verbindung zu {{address}} trennen',
    doneTitle: '{{address}} ist getrennt',
    revoked: 'Die Berechtigung wurde an den Anbieter zurückgegeben.',
    forgotten:
      'Die Schlüssel von Kontor zu diesem Postfach sind gelöscht. {{provider}} führt die Zustimmung auf, bis Sie sie dort entfernen.',
    notRevoked:
      'Die Berechtigung ist hier gelöscht. Sie können sie auch in Ihrem Konto beim Anbieter entfernen.',
    erasing_one: '{{count, number}} gespeicherte E-Mail wird gelöscht.',
    erasing_other: '{{count, number}} gespeicherte E-Mails werden gelöscht.',
    certificate: 'Zum Trennungsnachweis',
    newDefault: 'Wählen Sie einen neuen Standardabsender.',
  },
  admin: {
    waiting: 'Wartet auf Freigabe durch Ihre IT',
    since: 'seit {{when}}',
    why: 'Ein Admin Ihrer Organisation muss das Lesen einmal erlauben. Senden Sie ihm den Link; bis dahin ist nichts verbunden und nichts gespeichert.',
    agreed: 'Ihre IT hat zugestimmt',
    agreedWhy: 'Verbinden Sie jetzt, um abzuschließen.',
    declined: 'Ihre IT hat abgelehnt',
    declinedWhy:
      'Es wurde nichts verbunden. Fragen Sie mit dem Link noch einmal, oder nutzen Sie den Nur Sendezugriff.',
    ofMailbox: 'Voller Zugriff wartet auf Freigabe durch Ihre IT',
    ofMailboxAgreed: 'Ihre IT hat dem vollen Zugriff zugestimmt',
    ofMailboxDeclined: 'Ihre IT hat den vollen Zugriff abgelehnt',
    shared: 'Das Lesen freigegebener Postfächer wartet auf Ihre IT',
    sharedAgreed:
      'Ihre IT hat freigegebenen Postfächern zugestimmt. Fügen Sie das Postfach noch einmal hinzu.',
    sharedDeclined: 'Ihre IT hat freigegebene Postfächer abgelehnt',
    copy: 'Link für Ihre IT kopieren',
    copied: 'Link kopiert',
    send: 'Link per E-Mail senden',
    link: 'Link für Ihre IT',
    connect: 'Verbinden',
    again: 'Noch einmal anmelden',
    sendOnly: 'Stattdessen nur mit Sendezugriff verbinden',
    stop: 'Nicht mehr warten',
    menu: 'Optionen für {{label}}, wartet auf Freigabe durch Ihre IT',
    label: '{{label}}-Konto',
    subject: 'Bitte erlauben Sie Kontor das Lesen von E-Mails bei {{label}}',
    body: 'Guten Tag,\n\nich möchte mein Postfach mit vollem Zugriff in Kontor verbinden, damit Antworten auf damit gesendete E-Mails dort ankommen. In unserer Organisation muss ein Admin das Lesen einmal erlauben. Bitte öffnen Sie diesen Link, melden Sie sich als Admin an und stimmen Sie zu:\n\n{{link}}\n\nKontor fragt nach: {{scopes}}. Es öffnet nur Antworten auf E-Mails, die es gesendet hat; jeder Zugriff steht in einem Protokoll, das der Inhaber des Postfachs prüfen kann. Zurücknehmen können Sie die Zustimmung jederzeit im Admin Center unter Unternehmensanwendungen.\n',
  },
  outcome: {
    connected: '{{address}} ist verbunden.',
    partial_read:
      'Der Anbieter hat für {{address}} das Senden erlaubt, aber nicht das Lesen. Voller Zugriff braucht beides. Gespeichert wurde nichts.',
    partial_send:
      'Der Anbieter hat für {{address}} das Senden nicht erlaubt. Ohne das kann Kontor von dieser Adresse nicht schreiben. Gespeichert wurde nichts.',
    partial_shared:
      'Der Anbieter hat für {{address}} freigegebene Postfächer nicht erlaubt. Hinzugefügt wurde nichts; alles andere bleibt, wie es war.',
    partial_shared_read:
      'Microsoft hat das Senden aus freigegebenen Postfächern erlaubt, aber nicht das Lesen. {{address}} wurde nicht geändert; alles andere bleibt, wie es war.',
    sharedSendOnly: 'Stattdessen mit Nur Sendezugriff nutzen',
    denied: 'Sie haben beim Anbieter abgelehnt. Nichts wurde verbunden, nichts gespeichert.',
    other_account:
      'Sie haben sich mit einem anderen Konto angemeldet. Melden Sie sich noch einmal an und wählen Sie {{address}}.',
    other_account_unknown:
      'Sie haben sich mit einem anderen Konto angemeldet als dem dieses Postfachs. Verbinden Sie noch einmal mit dem richtigen.',
    expired: 'Das hat zu lange gedauert, die Anfrage ist abgelaufen. Beginnen Sie noch einmal.',
    failed: 'Die Verbindung kam nicht zustande. Gespeichert wurde nichts; beginnen Sie noch einmal.',
    why: {
      mailbox_unavailable:
        'Dieses Konto hat kein eigenes Postfach. Melden Sie sich mit dem Konto an, das Ihre E-Mails empfängt.',
      organisation_policy:
        'Eine Richtlinie Ihrer Organisation verbietet diese Anmeldung. Fragen Sie Ihre IT und beginnen Sie dann noch einmal.',
      sign_in_again:
        'Der Anbieter verlangt, dass Sie sich neu anmelden. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      wrong_account:
        'Dieses Konto gehört nicht zur Organisation. Beginnen Sie noch einmal und wählen Sie ein anderes.',
      account_disabled:
        'Das Konto ist gesperrt oder abgeschaltet. Fragen Sie Ihre IT und beginnen Sie dann noch einmal.',
      address_connected:
        '{{address}} ist hier schon verbunden, von jemandem aus dem Team. Bitten Sie darum, unter „Wer sieht und sendet“ mitsenden zu dürfen.',
      broken_off:
        'Kontor wurde mitten im Verbinden angehalten. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      mailbox_refused:
        'Der Anbieter hat die Anmeldung nicht angenommen. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      sender_refused:
        'Der Anbieter hat die Anmeldung nicht angenommen. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      cursor_expired:
        'Der Anbieter hat die Anmeldung nicht angenommen. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      endpoint_unknown:
        'Dieser Anbieter ist hier nicht mehr eingerichtet. Fragen Sie Ihre IT und beginnen Sie dann noch einmal.',
      grant_too_wide:
        'Der Anbieter hat auch das Lesen erlaubt, das der Nur Sendezugriff nicht haben darf. Gespeichert wurde nichts. Entfernen Sie Kontor in Ihrem Konto beim Anbieter und verbinden Sie dann noch einmal.',
      mailbox_disconnected: 'Dieses Postfach wurde inzwischen getrennt. Verbinden Sie es als neues.',
      no_refresh_token:
        'Der Anbieter hat keine dauerhafte Berechtigung erteilt. Gespeichert wurde nichts. Entfernen Sie Kontor in Ihrem Konto beim Anbieter und verbinden Sie dann noch einmal.',
      not_found:
        'Der Anbieter hat dieses Konto nicht gefunden. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      our_config:
        'Der Anbieter weist die App von Kontor ab: Client-ID, Schlüssel oder Rücksprungadresse stimmt nicht. Welches, findet ein Inhaber unter Arbeitsbereich, Server heraus.',
      quota_day:
        'Der Anbieter bittet Kontor, bis morgen zu warten. Gespeichert wurde nichts; verbinden Sie dann noch einmal.',
      rejected:
        'Der Anbieter hat die Anmeldung nicht angenommen. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      scope_missing:
        'Der Anbieter hat weniger erlaubt, als diese Stufe braucht. Gespeichert wurde nichts; fragen Sie noch einmal.',
      throttled:
        'Der Anbieter bittet Kontor, kurz zu warten. Gespeichert wurde nichts; versuchen Sie es in ein paar Minuten noch einmal.',
      transient:
        'Der Anbieter hat nicht geantwortet. Gespeichert wurde nichts; versuchen Sie es gleich noch einmal.',
      unauthorised:
        'Der Anbieter hat die Anmeldung nicht angenommen. Gespeichert wurde nichts; beginnen Sie noch einmal.',
      unknown_outcome:
        'Die Verbindung zum Anbieter ist abgerissen. Gespeichert wurde nichts; beginnen Sie noch einmal.',
    },
    admin_needed:
      'In Ihrer Organisation muss zuerst ein Admin das Lesen erlauben. Senden Sie Ihrer IT den Link unten, oder verbinden Sie jetzt nur mit Sendezugriff.',
    wider:
      '{{address}} ist mit Nur Sendezugriff verbunden. {{provider}} führt das Lesen für Kontor weiterhin auf, weil es früher oder von Ihrer IT erlaubt wurde. Kontor nutzt es nicht, und das Zugriffsprotokoll zeigt jeden Aufruf.',
    consentPage: 'Bei {{provider}} entfernen',
    admin: 'Meine IT muss zustimmen',
    askAgain: 'Noch einmal fragen',
    useSendOnly: 'Nur Sendezugriff nutzen',
    startAgain: 'Von vorn beginnen',
    close: 'Schließen',
  },
} as const satisfies SameWords<typeof english>
