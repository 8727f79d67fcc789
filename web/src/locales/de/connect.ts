/** German words of connecting a mailbox: provider, integration level, consent, and what stands beside them. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/connect.ts'

export const words = {
  title: 'Ihr E-Mail-Konto verbinden',
  back: 'Integrationen',
  steps: 'Schritte',
  one: { title: 'Wählen Sie Ihren E-Mail-Anbieter aus', next: 'Weiter', change: 'Ändern' },
  two: {
    title: 'Wählen Sie die Integrationsstufe für Ihr Konto aus',
    learn: 'Erfahren Sie mehr über Berechtigungen',
    sharing: 'Wer sieht und sendet',
    can: 'Kann',
    cannot: 'Kann nicht',
    full: {
      can: 'Von Ihrer Adresse senden · Antworten auf diese E-Mails erfassen · Unzustellbarkeit und automatische Antworten erkennen · ungeklärten Versand im Gesendet-Ordner nachsehen',
      cannot: 'Andere E-Mails öffnen · in Ihrem Postfach etwas ändern oder löschen',
    },
    send_only: {
      can: 'Von Ihrer Adresse senden · Warteschlange, Limits und voraussichtliche Zeiten wie bei vollem Zugriff',
      cannot:
        'Etwas lesen: keine Antworten, keine Unzustellbarkeit. Über ungeklärten Versand entscheidet ein Mensch',
    },
  },
  three: {
    password: 'Adresse und Passwort',
    byPassword: {
      full: 'Auf der nächsten Seite geben Sie die Adresse und ein Passwort an, am besten ein App-Passwort, das Sie für Kontor anlegen. Beides wird an Ihren Servern geprüft; nichts wird gesendet, nichts geöffnet.',
      send_only:
        'Auf der nächsten Seite geben Sie die Adresse und ein Passwort an, am besten ein App-Passwort, das Sie für Kontor anlegen. Es wird an Ihrem SMTP-Server geprüft; nichts wird gesendet.',
    },
    title: 'Zustimmung bei {{provider}}',
    full: '{{provider}} wird vom Lesen aller Ihrer E-Mails sprechen. Daneben steht, was Kontor wirklich öffnet, und im Zugriffsprotokoll können Sie es jederzeit nachprüfen.',
    send_only: '{{provider}} wird nur nach einer Berechtigung fragen: in Ihrem Namen zu senden.',
    both: 'Lassen Sie dort alle Häkchen gesetzt; fehlt eines, sagt Kontor es Ihnen und speichert nichts.',
    admin:
      'Geschäftskonten: Meist muss ein Admin Ihrer Organisation dem Lesen einmal zustimmen. Zeigt Microsoft „Administratorgenehmigung erforderlich“, kommen Sie hierher zurück und senden Sie Ihrer IT den Link.',
    adminAct: 'Link für Ihre IT',
    connect: 'Verbinden',
    connecting: 'Weiter zu {{provider}} …',
  },
  otherProvider: 'Andere',
  signIn: {
    title: 'Am Mailserver anmelden',
    practice:
      'In der Übungswelt: studio@post.practice.example oder ein anderes Postfach dort, mit dem Passwort „practice“.',
    address: 'E-Mail-Adresse',
    there: 'Adressen dieser Domain melden sich bei {{provider}} an; Kontor braucht dann kein Passwort.',
    thereAct: 'Bei {{provider}} anmelden',
    name: 'Absendername',
    nameHint: 'Was Empfänger neben der Adresse sehen.',
    password: 'Passwort',
    passwordHint:
      'Gmail, iCloud, Yahoo, GMX und andere verlangen hier ein App-Passwort. Es wird verschlüsselt gespeichert und nur an Ihre Mailserver gesendet.',
    byHand: 'Server von Hand eingeben',
    smtp: 'SMTP-Server (Senden)',
    imap: 'IMAP-Server (Lesen)',
    port: 'Anschluss (Port)',
    security: 'Verschlüsselung',
    user: 'Benutzername',
    userHint: 'Nur wenn er nicht die Adresse ist.',
    trying: 'Server werden geprüft …',
    says: 'Der Server sagte: {{detail}}',
    appPassword: 'Dieser Anbieter verlangt ein App-Passwort.',
    appPasswordLink: 'Dort anlegen',
    wrong: {
      servers_unknown:
        'Niemand sagt, welche Server diese Adresse benutzt. Geben Sie sie unten ein; die Hilfe Ihres Anbieters nennt sie.',
      host_unknown: '{{service}}: Einen Server {{server}} gibt es nicht. Prüfen Sie die Schreibweise.',
      host_inside:
        '{{service}}: {{server}} liegt in einem privaten Netz, und dieses Kontor verbindet sich nur mit Mailservern im Internet. Wer es betreibt, kann die einer Organisation mit KONTOR_PRIVATE_MAIL_SERVERS=on erlauben, den eigenen Rechner nie.',
      port_refused:
        '{{service}}: Dieser Port ist keiner für E-Mail. SMTP benutzt 465 oder 587, IMAP 993 oder 143.',
      nobody_listens: '{{service}}: {{server}} antwortet, aber nicht auf diesem Port. Prüfen Sie den Port.',
      too_slow:
        '{{service}}: {{server}} hat nicht rechtzeitig geantwortet. Prüfen Sie Name und Port, oder versuchen Sie es später.',
      speaks_plainly:
        '{{service}}: {{server}} spricht auf diesem Port kein TLS. Wählen Sie STARTTLS oder den anderen Port.',
      speaks_tls: '{{service}}: {{server}} erwartet auf diesem Port TLS. Wählen Sie TLS.',
      no_starttls:
        '{{service}}: {{server}} bietet auf diesem Port keine Verschlüsselung. Wählen Sie TLS und den Port dafür.',
      certificate:
        '{{service}}: Das Zertifikat von {{server}} gilt nicht für diesen Namen. Fragen Sie, wer den Server betreibt.',
      no_login:
        '{{service}}: {{server}} bietet auf diesem Port keine Anmeldung mit Passwort. Ihr Anbieter hat sie vielleicht abgeschaltet oder will einen anderen Port.',
      login_refused:
        '{{service}}: {{server}} lehnt Benutzername oder Passwort ab. Prüfen Sie beides; bei Anmeldung in zwei Schritten brauchen Sie ein App-Passwort.',
      imap_off:
        'IMAP ist für dieses Postfach ausgeschaltet. Schalten Sie es bei Ihrem Anbieter ein, oder wählen Sie Nur Sendezugriff.',
      no_sent_folder:
        'IMAP geht, aber kein Ordner ist als Gesendet-Ordner gekennzeichnet. Legen Sie bei Ihrem Anbieter einen mit dem Namen „Sent“ an, und versuchen Sie es noch einmal.',
      busy: '{{service}}: {{server}} lässt gerade niemanden herein. Versuchen Sie es in einer Viertelstunde noch einmal.',
      broke_off:
        '{{service}}: {{server}} hat die Verbindung abgebrochen. Versuchen Sie es in einer Weile noch einmal.',
    },
  },
  notConfigured: 'Noch nicht von Ihrer IT eingerichtet',
  instructions: 'Anleitung senden',
  mail: {
    subject: 'Bitte {{provider}} für Kontor einrichten',
    gmail:
      'Guten Tag,\n\num unsere Postfächer zu verbinden, braucht Kontor einen OAuth-Client bei Google:\n\n1. console.cloud.google.com: ein Projekt, mit eingeschalteter Gmail API.\n2. OAuth-Zustimmungsbildschirm: Nutzertyp Intern (keine Prüfung nötig). Bereiche: {{scopes}}.\n3. Anmeldedaten, OAuth-Client-ID erstellen, Webanwendung. Autorisierter Weiterleitungs-URI: {{redirect}}\n4. Client-ID und Clientschlüssel in Kontor unter Arbeitsbereich, Server eintragen; dort lässt sich beides prüfen.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
    microsoft:
      'Guten Tag,\n\num unsere Postfächer zu verbinden, braucht Kontor eine App-Registrierung bei Microsoft:\n\n1. entra.microsoft.com, App-Registrierungen, Neue Registrierung. Konten: nur diese Organisation, oder alle Organisationen und persönliche Konten.\n2. Umleitungs-URI, Plattform Web: {{redirect}}\n3. API-Berechtigungen, Microsoft Graph, delegiert: {{scopes}}. „Administratorzustimmung erteilen“ erspart allen die Nachfrage.\n4. Zertifikate & Geheimnisse: ein neuer geheimer Clientschlüssel.\n5. Anwendungs-ID und Schlüssel in Kontor unter Arbeitsbereich, Server eintragen; dort lässt sich beides prüfen. Nur für eine einzelne Organisation auch deren Mandanten.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
    imap: 'Guten Tag,\n\nbitte richten Sie {{provider}} für Kontor ein.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
  },
  products: { gmail: 'Gmail, Google Workspace', microsoft: 'Outlook, Microsoft 365', imap: 'IMAP/SMTP' },
  none: 'In diesem Arbeitsbereich steht kein Anbieter zur Verfügung.',
  aside: {
    password: 'Wofür das Passwort benutzt wird',
    passwordNote: {
      full: 'Ein Passwort kennt keine Stufen: Es würde das ganze Postfach öffnen. Was Kontor damit tut, steht darunter. Ein App-Passwort können Sie bei Ihrem Anbieter jederzeit zurücknehmen.',
      send_only:
        'Ein Passwort kennt keine Stufen. Mit Nur Sendezugriff erfährt Kontor Ihren IMAP-Server nicht und fragt nie nach dem Lesen. Ein App-Passwort können Sie bei Ihrem Anbieter jederzeit zurücknehmen.',
    },
    screen: 'Was {{provider}} zeigen wird',
    opens: 'Was Kontor öffnet',
    show: {
      gmail: {
        read: 'Ihre E-Mails und Einstellungen ansehen',
        send: 'E-Mails in Ihrem Namen senden',
        sign: 'Ihren Namen und Ihre E-Mail-Adresse sehen',
      },
      microsoft: {
        read: 'Ihre E-Mails lesen',
        send: 'E-Mails unter Ihrem Namen senden',
        sign: 'Anmelden und Ihr Profil lesen',
        offline: 'Zugriff auf Daten beibehalten, für die Sie Zugriff erteilt haben',
      },
      imap: {
        read: 'Über Ihren Mailserver lesen',
        send: 'Über Ihren Mailserver senden',
      },
      profile: 'Vom Profil behält Kontor Name und Adresse; nach Foto, Telefon und Position wird nie gefragt.',
    },
    rows: {
      replies: 'Antworten auf E-Mails, die Kontor gesendet hat',
      repliesFull: 'geöffnet und gespeichert',
      repliesNone: 'nie gesehen',
      other: 'Alle anderen E-Mails',
      gmailOther: 'Kennung von E-Mail und Thread, nach sieben Tagen vergessen; nie geöffnet',
      microsoftOther: 'Kennung von E-Mail und Unterhaltung, nach sieben Tagen vergessen; nie geöffnet',
      imapOther: 'Nummer, nach sieben Tagen vergessen, und Thread-Kopfzeilen, sofort verworfen; nie geöffnet',
      otherNone: 'nie gesehen',
      sent: 'Ihr Gesendet-Ordner',
      sentFull: 'nur um ungeklärten Versand zu klären, nach unseren eigenen Kennungen',
      sentFullMicrosoft: 'Kennungen, und nach unserer eigenen Message-ID, wo eine gesendete E-Mail liegt',
      sentFullImap:
        'eine Kopie dessen, was Kontor sendet, wird dort abgelegt und nach unseren eigenen Kennungen gesucht; fehlt sie, beweist das nichts, wenn Ihr Server selbst keine Kopien ablegt',
      sentNone: 'nie gesehen',
    },
    ledger: 'Jeder Zugriff steht im Zugriffsprotokoll des Postfachs und lässt sich dort nachprüfen.',
  },
} as const satisfies SameWords<typeof english>
