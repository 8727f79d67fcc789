/** German words of the settings of the whole server: apps at the providers, public address, system mail, support. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/server.ts'

export const words = {
  tab: 'Server',
  intro:
    'Diese Einstellungen gelten für alle Arbeitsbereiche dieses Kontors. Eine Änderung gilt sofort; neu gestartet werden muss nichts.',
  forOwners: 'Den Server richten die Inhaber seines ersten Arbeitsbereichs ein. Fragen Sie einen von ihnen.',
  environment:
    'Von der Umgebung des Servers gesetzt ({{variables}}). Sie hat Vorrang vor dem, was hier steht.',
  clear: 'Entfernen',
  clearTitle: 'Diese Einstellung entfernen?',
  clearApp:
    'Niemand kann mehr ein Postfach bei {{provider}} verbinden, und die verbundenen bleiben stehen, sobald ihre Berechtigung erneuert werden muss, binnen einer Stunde.',
  clearAddress:
    'Links führen dann nur noch auf diesen Rechner, und Kampagnen-E-Mails aus echten Postfächern werden abgelehnt.',
  clearPush:
    'Gmail meldet keine neuen Mails mehr. Kontor sieht weiter selbst nach, alle paar Sekunden bis zwei Minuten.',
  clearMail:
    'Links für ein neues Passwort werden nicht mehr verschickt. Was das System zu sagen hat, bleibt im Produkt.',
  app: {
    google: 'Google',
    microsoft: 'Microsoft',
    googleIntro:
      'Damit lassen sich Gmail und Google Workspace verbinden. Dafür braucht es eine eigene OAuth-App bei Google.',
    microsoftIntro:
      'Damit lassen sich Outlook und Microsoft 365 verbinden. Dafür braucht es eine eigene App-Registrierung bei Microsoft.',
    redirect: 'Rücksprungadresse',
    redirectHint: 'Tragen Sie beim Anbieter genau diese Adresse ein, bis auf das letzte Zeichen.',
    clientId: 'Client-ID',
    clientSecret: 'Client-Schlüssel',
    secretKept: 'Gespeichert, niemand bekommt ihn zu sehen. Leer lassen, um ihn zu behalten.',
    secretNew: 'Wird verschlüsselt gespeichert und danach niemandem gezeigt.',
    tenant: 'Für wen',
    tenantHint:
      '„common“ für alle, „organizations“ für Geschäftskonten, oder die ID oder Domain Ihrer Organisation, wenn die App nur für diese gilt.',
    cloud: 'Cloud bei Microsoft',
    cloudHint:
      'Wo Ihre Organisation ihre Konten hat. Für die US-Regierung und China gibt es eigene Portale, um die App zu registrieren: portal.azure.us und portal.azure.cn.',
    clouds: {
      global: 'Weltweit, auch GCC',
      'gcc-high': 'US-Regierung, GCC High',
      dod: 'US-Regierung, DoD',
      china: 'China, von 21Vianet betrieben',
    },
    save: 'Speichern und prüfen',
    check: 'Noch einmal prüfen',
    checking: '{{provider}} wird gefragt …',
    guide: 'Schritt für Schritt',
    none: 'Noch nicht eingerichtet. Wer verbinden möchte, liest das auf der Kachel.',
    verdict: {
      works: '{{provider}} kennt diese App und nimmt ihren Schlüssel an.',
      known:
        '{{provider}} kennt diese App. Ob der Schlüssel stimmt, zeigt die erste Anmeldung; notieren Sie, bis wann er gilt.',
      app_unknown:
        '{{provider}} kennt diese Client-ID nicht. Kopieren Sie sie noch einmal; sie muss zu einer App gehören, die es noch gibt.',
      secret_wrong:
        '{{provider}} kennt die App, nimmt aber den Schlüssel nicht an. Kopieren Sie den Wert des Schlüssels, nicht seine ID, oder legen Sie einen neuen an.',
      secret_expired:
        'Der Schlüssel ist abgelaufen. Legen Sie bei {{provider}} einen neuen an und tragen Sie ihn hier ein.',
      app_is_public:
        'Diese App ist für Geräte registriert, die keinen Schlüssel haben. Registrieren Sie sie als Webanwendung.',
      tenant_unknown:
        'Microsoft kennt diese Organisation nicht. Prüfen Sie die ID oder Domain unter „Für wen“.',
      tenant_only_own:
        'Diese App gilt nur für eine Organisation. Tragen Sie deren ID unter „Für wen“ ein, oder öffnen Sie die App für andere.',
      redirect_unknown:
        '{{provider}} nimmt App und Schlüssel an, kennt aber die Rücksprungadresse nicht. Tragen Sie dort die obige ein, bis auf das letzte Zeichen.',
      too_slow: '{{provider}} antwortet gerade nicht. Prüfen Sie in einer Minute noch einmal.',
      unreachable:
        'Dieser Server erreicht {{provider}} nicht. Erlauben Sie ausgehende Verbindungen dorthin, oder sehen Sie nach dem Proxy.',
      unclear:
        '{{provider}} hat etwas Unerwartetes geantwortet. Prüfen Sie ID und Schlüssel; der Wortlaut steht darunter.',
    },
  },
  guideGoogle: [
    'Öffnen Sie console.cloud.google.com mit einem Konto Ihrer Organisation und legen Sie ein Projekt an, etwa „Kontor“.',
    'APIs und Dienste, Bibliothek: Aktivieren Sie die Gmail API.',
    'APIs und Dienste, OAuth-Zustimmungsbildschirm: Wählen Sie „Intern“. Eine interne App eines Google Workspace braucht keine Prüfung durch Google und hat keine Grenze für Nutzer. Ohne Workspace wählen Sie „Extern“ und tragen die Personen als Testnutzer ein; Google beendet deren Berechtigung dann nach sieben Tagen, bis die App veröffentlicht und geprüft ist.',
    'Datenzugriff: Fügen Sie die Bereiche openid, email, profile und gmail.send hinzu, für vollen Zugriff auch gmail.readonly.',
    'Anmeldedaten, Anmeldedaten erstellen, OAuth-Client-ID, Typ „Webanwendung“. Tragen Sie unter „Autorisierte Weiterleitungs-URIs“ die obige Rücksprungadresse ein.',
    'Wenn Ihre Organisation nur vertrauenswürdige Apps zulässt oder nur manche verbinden sollen: admin.google.com, Sicherheit, Zugriffs- und Datenkontrolle, API-Steuerung, „Zugriff von Drittanbieter-Apps verwalten“. Fügen Sie die App mit ihrer Client-ID als „Vertrauenswürdig“ hinzu, für alle oder für die Organisationseinheiten, deren Postfächer verbunden werden dürfen.',
    'Kopieren Sie Client-ID und Client-Schlüssel in die Felder hier und drücken Sie „Speichern und prüfen“.',
  ],
  guidePush: [
    'Öffnen Sie console.cloud.google.com und wählen Sie dasselbe Projekt, in dem die OAuth-App von oben liegt. Ein anderes geht nicht.',
    'APIs und Dienste, Bibliothek: die „Cloud Pub/Sub API“ aktivieren.',
    'Pub/Sub, Themen, „Thema erstellen“: eine ID wie „kontor“, ohne „Standardabo hinzufügen“. Kopieren Sie den Namen des Themas (projects/…/topics/kontor) in das Feld hier.',
    'Öffnen Sie das Thema, „Berechtigungen“, „Hauptkonto hinzufügen“: die Adresse unter „Wer für Gmail veröffentlicht“ weiter unten, mit der Rolle „Pub/Sub Publisher“. Verbietet Ihre Organisation das, erlaubt ein Administrator die Domain system.gserviceaccount.com unter „Domaineingeschränkte Freigabe“.',
    'Pub/Sub, Abos, „Abo erstellen“: das Thema wählen, Zustellungsart „Push“, und die Endpunkt-URL weiter unten. „Authentifizierung aktivieren“ einschalten, ein Dienstkonto wie „kontor-push“ wählen oder anlegen (es braucht keine Rolle), und „Zielgruppe“ leer lassen. Fragt Google nach der Rolle „Ersteller von Dienstkonto-Tokens“, drücken Sie „Gewähren“. Ablauf: „Läuft nie ab“.',
    'Kopieren Sie die Adresse dieses Dienstkontos in das Feld hier und drücken Sie „Speichern und prüfen“.',
  ],
  guideMicrosoft: [
    'Öffnen Sie entra.microsoft.com, App-Registrierungen, Neue Registrierung, mit einem Namen wie „Kontor“.',
    'Unterstützte Kontotypen: nur Ihre Organisation, oder jede Organisation und persönliche Konten, wenn auch Personen von außerhalb verbinden. Davon hängt ab, was unter „Für wen“ steht.',
    'Umleitungs-URI: Plattform „Web“ und die obige Rücksprungadresse.',
    'API-Berechtigungen, Microsoft Graph, Delegiert: User.Read, Mail.Send, offline_access, openid, profile, email, für vollen Zugriff auch Mail.Read. Für freigegebene Postfächer außerdem Mail.Send.Shared und Mail.Read.Shared.',
    'Mail.Read und Mail.Read.Shared brauchen meist einen Admin: Drücken Sie jetzt „Administratorzustimmung erteilen“, dann muss später niemand warten. Der Nur Sendezugriff geht ohne.',
    'Nur wenn auch Personen anderer Organisationen verbinden: Branding und Eigenschaften, „Herausgeberüberprüfung“. Ohne überprüften Herausgeber können sie meist nicht selbst zustimmen. In der eigenen Organisation braucht es sie nicht.',
    'Wenn nur bestimmte Personen verbinden dürfen: Unternehmensanwendungen, diese App, Eigenschaften, „Zuweisung erforderlich?“: Ja, und tragen Sie sie dann unter „Benutzer und Gruppen“ ein. Dann muss ein Admin zustimmen (Schritt 5). Alle anderen lehnt Microsoft ab.',
    'Lassen Sie es bei „Delegiert“. Damit erreicht Kontor die Postfächer derer, die ihres verbinden, und was für sie freigegeben ist, sonst keines. Berechtigungen vom Typ „Anwendung“ würden jedes Postfach erreichen; entfernen Sie sie, falls welche dort stehen. Exchanges Grenzen auf bestimmte Postfächer (RBAC für Anwendungen, Anwendungszugriffsrichtlinien) gelten nur diesem Typ und sind hier nicht nötig.',
    'Zertifikate und Geheimnisse, Neuer geheimer Clientschlüssel: Kopieren Sie seinen Wert, nicht seine ID, und notieren Sie, bis wann er gilt.',
    'Kopieren Sie „Anwendungs-ID (Client)“ und den Schlüssel in die Felder hier und drücken Sie „Speichern und prüfen“.',
  ],
  push: {
    title: 'Gmail: sofort Bescheid bekommen',
    intro:
      'Freiwillig. Ohne das sieht Kontor selbst bei Gmail nach, spätestens alle zwei Minuten. Damit sagt Google sofort, dass etwas kam, und Antworten sind in Sekunden hier.',
    none: 'Nicht eingerichtet. Kontor sieht selbst nach, und keine Antwort geht verloren.',
    topic: 'Thema (Topic)',
    topicHint: 'Der volle Name: projects/ihr-projekt/topics/kontor',
    account: 'Dienstkonto, das zustellt',
    accountHint: 'Die Adresse aus Schritt 5, etwa kontor-push@ihr-projekt.iam.gserviceaccount.com',
    audience: 'Zielgruppe (Audience)',
    audienceHint: 'Leer lassen, es sei denn, Sie haben bei Google in Schritt 5 etwas Eigenes eingetragen.',
    publisher: 'Wer für Gmail veröffentlicht',
    publisherHint: 'Googles eigenes Konto; es bekommt in Schritt 4 die Rolle „Pub/Sub Publisher“.',
    url: 'Endpunkt-URL',
    urlHint: 'Für Schritt 5, bis zum letzten Zeichen.',
    save: 'Speichern und prüfen',
    check: 'Prüfen',
    checking: 'Gmail wird gefragt …',
    unreached:
      'Von diesem Server selbst war die öffentliche Adresse nicht zu erreichen: {{sentence}} Andere erreichen sie vielleicht trotzdem.',
    verdict: {
      asked: 'Gmail veröffentlicht in das Thema. Es wird auf die erste Meldung gewartet …',
      works: 'Es geht: Eine Meldung von Gmail ist angekommen und echt.',
      no_notice:
        'Gmail veröffentlicht in das Thema, aber binnen 20 Sekunden kam hier keine Meldung an. Prüfen Sie in Schritt 5, ob das Abo zu diesem Thema gehört, ob seine Art „Push“ ist und ob die Endpunkt-URL genau die obige ist. Dann noch einmal prüfen; die erste kann eine Minute brauchen.',
      no_app:
        'Die Anmeldung bei Google ist noch nicht eingerichtet. Füllen Sie zuerst den Abschnitt darüber aus.',
      not_set_up: 'Thema und Dienstkonto fehlen.',
      no_public_address:
        'Google stellt nur an eine Adresse zu, die von außen zu erreichen ist und mit https beginnt. Tragen Sie sie oben unter „Öffentliche Adresse“ ein.',
      no_mailbox:
        'Noch ist kein Gmail-Postfach mit vollem Zugriff verbunden, also lässt sich Gmail nicht fragen. Verbinden Sie eines und prüfen Sie dann noch einmal.',
      topic_missing:
        'Google kennt dieses Thema nicht. Kopieren Sie seinen vollen Namen noch einmal (Schritt 3).',
      publisher_missing:
        'Gmail darf in dieses Thema nicht veröffentlichen. Geben Sie der Adresse aus Schritt 4 dort die Rolle „Pub/Sub Publisher“, und prüfen Sie den Namen des Themas. Eine neue Rolle gilt manchmal erst nach ein, zwei Minuten.',
      topic_elsewhere:
        'Das Thema liegt in einem anderen Projekt als die OAuth-App. Gmail veröffentlicht nur im selben Projekt: Legen Sie das Thema dort an.',
      provider_refused:
        'Gmail hat anders geantwortet als erwartet; seine eigenen Worte stehen darunter. Prüfen Sie in einer Minute noch einmal.',
      unsigned:
        'Es kam etwas an, das Google nicht unterschrieben hat. Schalten Sie im Push-Abo „Authentifizierung aktivieren“ ein (Schritt 5).',
      audience:
        'Eine Meldung kam an, aber für eine andere Zielgruppe als „{{audience}}“. Leeren Sie „Zielgruppe“ bei Google und hier, oder tragen Sie an beiden Stellen dasselbe ein. Bei Google steht:',
      account:
        'Eine Meldung kam an, aber nicht vom Dienstkonto „{{account}}“. Wählen Sie bei Google dieses (Schritt 5), oder tragen Sie hier das ein, von dem sie kam:',
      keys_away:
        'Eine Meldung kam an, aber dieser Server kann Googles Schlüssel nicht abrufen, um sie zu prüfen. Erlauben Sie ausgehende Verbindungen zu www.googleapis.com.',
    },
  },
  address: {
    title: 'Öffentliche Adresse',
    intro:
      'Mit ihr beginnen die Links in Einladungen, Briefings und Abmeldezeilen, und die Anbieter schicken die Leute zu ihr zurück. Sie sollte https haben und von außen erreichbar sein.',
    label: 'Adresse',
    hint: 'Zum Beispiel https://kontor.example.com, ohne Pfad.',
    otherwise:
      'Noch keine. Links führen auf {{address}}, was nur dieser Rechner öffnen kann; Kampagnen-E-Mails aus echten Postfächern werden deshalb abgelehnt.',
    save: 'Prüfen und speichern',
    anyway: 'Trotzdem speichern',
    check: 'Noch einmal prüfen',
    checking: 'Die Adresse wird geöffnet …',
    verdict: {
      reached: 'Die Adresse führt zu diesem Kontor.',
      reached_plainly:
        'Die Adresse führt zu diesem Kontor, aber unverschlüsselt. Passwörter wären unterwegs lesbar; setzen Sie https davor.',
      no_origin:
        'Das ist keine Adresse einer Website. Sie braucht die Form https://kontor.example.com, ohne Pfad.',
      only_here:
        'Diese Adresse kann nur dieser Rechner öffnen. Creator und Anbieter brauchen eine, die von außen erreichbar ist.',
      nobody_listens:
        'Unter dieser Adresse antwortet niemand. Prüfen Sie, ob der Reverse-Proxy läuft und sein Port offen ist, auch von diesem Server aus.',
      host_unknown: 'Dieser Name ist nicht bekannt. Prüfen Sie die Schreibweise und den DNS-Eintrag.',
      certificate:
        'Das Zertifikat dieser Adresse ist nicht gültig. Erneuern Sie es, oder nehmen Sie einen Namen, auf den es ausgestellt ist.',
      too_slow: 'Die Adresse hat 8 Sekunden lang nicht geantwortet. Prüfen Sie Reverse-Proxy und Firewall.',
      leads_elsewhere:
        'Die Adresse leitet auf eine andere weiter. Tragen Sie die ein, bei der man am Ende ankommt.',
      not_kontor:
        'Unter dieser Adresse antwortet etwas anderes. Richten Sie den Reverse-Proxy auf dieses Kontor.',
      other_kontor:
        'Unter dieser Adresse antwortet ein anderes Kontor. Richten Sie sie auf dieses, oder nehmen Sie einen anderen Namen.',
    },
  },
  mail: {
    title: 'E-Mails des Systems',
    intro:
      'Für Links zu einem neuen Passwort und für Zusammenfassungen. Diese E-Mails gehen nie über ein verbundenes Postfach. Ohne Server bleiben sie im Produkt, und npm run reset-password setzt ein Passwort am Terminal.',
    host: 'SMTP-Server',
    port: 'Port-Nummer',
    security: 'Verschlüsselung',
    tls: 'TLS von Anfang an (Port 465)',
    starttls: 'STARTTLS (Port 587)',
    none: 'Keine, für ein Relay auf diesem Rechner (Port 25)',
    user: 'Benutzer',
    userHint: 'Leer, wenn der Server keine Anmeldung verlangt.',
    password: 'Passwort',
    from: 'Absenderadresse',
    fromHint: 'Zum Beispiel kontor@example.com. Der Server muss sie erlauben.',
    save: 'Speichern und Test senden',
    test: 'Noch einen Test senden',
    testing: 'Mit dem Server wird gesprochen …',
    own: 'Im Wortlaut: {{detail}}',
    verdict: {
      sent: 'Der Server hat eine Test-E-Mail an {{to}} angenommen. Sehen Sie nach, ob sie ankommt, auch im Spam.',
      host_unknown: 'Dieser Servername ist nicht bekannt. Prüfen Sie die Schreibweise.',
      nobody_listens:
        'An diesem Port antwortet niemand. Prüfen Sie Port und Firewall; üblich sind 587, 465 und 25.',
      too_slow: 'Der Server hat nicht rechtzeitig geantwortet. Prüfen Sie Name, Port und Firewall.',
      speaks_plainly: 'Dieser Port beginnt nicht mit TLS. Wählen Sie STARTTLS oder Port 465.',
      speaks_tls:
        'Dieser Port wartet auf TLS oder sagt gar nichts. Wählen Sie TLS von Anfang an oder Port 587.',
      no_starttls:
        'Der Server bietet an diesem Port kein STARTTLS. Wählen Sie TLS von Anfang an mit Port 465.',
      certificate:
        'Das Zertifikat des Servers gilt nicht für diesen Namen. Nehmen Sie den Namen, auf den es ausgestellt ist; für eine eigene Zertifizierungsstelle setzen Sie NODE_EXTRA_CA_CERTS.',
      login_needed: 'Der Server verlangt eine Anmeldung. Tragen Sie Benutzer und Passwort ein.',
      login_refused:
        'Der Server nimmt Benutzer und Passwort nicht an. Manche Anbieter wollen ein App-Passwort statt des üblichen.',
      sender_refused:
        'Der Server lässt diese Absenderadresse nicht durch. Nehmen Sie eine, die zur Anmeldung gehört.',
      recipient_refused:
        'Der Server nimmt Ihre eigene Adresse als Empfänger nicht an. Prüfen Sie, ob er nach außen senden darf.',
      mail_refused: 'Der Server hat die E-Mail abgelehnt. Der Wortlaut steht darunter.',
      broke_off: 'Der Server hat die Verbindung abgebrochen. Prüfen Sie Verschlüsselung und Port.',
    },
  },
  support: {
    title: 'Wen man fragt',
    intro: 'Steht am Ende der Hilfe. Was leer ist, erscheint nicht.',
    chatUrl: 'Live-Chat',
    communityUrl: 'Community-Seite',
    urlHint: 'Eine Adresse, die mit https:// beginnt',
    adminAddress: 'E-Mail-Adresse des Admins',
    check: 'Kontakte prüfen',
    checking: 'Wird nachgesehen …',
    verdict: {
      answers: 'Die Seite antwortet.',
      page_missing: 'Der Server antwortet, aber diese Seite gibt es nicht. Prüfen Sie den Pfad.',
      page_broken: 'Die Seite ist gerade gestört. Öffnen Sie sie selbst, oder prüfen Sie später noch einmal.',
      nobody_listens: 'Unter dieser Adresse antwortet niemand.',
      host_unknown: 'Dieser Name ist nicht bekannt. Prüfen Sie die Schreibweise.',
      certificate: 'Das Zertifikat der Seite ist nicht gültig; Browser werden davor warnen.',
      too_slow: 'Die Seite hat nicht binnen 8 Sekunden geantwortet.',
      takes_mail: 'Die Domain nimmt E-Mails an.',
      takes_no_mail: 'Die Domain nimmt keine E-Mails an. Prüfen Sie die Schreibweise hinter dem @.',
      not_known_now: 'Die Nameserver antworten gerade nicht. Prüfen Sie in einer Minute noch einmal.',
    },
  },
} as const satisfies SameWords<typeof english>
