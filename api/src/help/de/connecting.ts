/** Setting up, what can be sent, and the two levels, in German. */
import type { Section } from '../article.ts'
import { kindNames, levelNames, levelSentences } from './terms.ts'

export const setup: Section = {
  id: 'setup',
  title: 'Einrichten',
  blocks: [
    {
      kind: 'paragraph',
      text: 'Eine Adresse ist in einer Minute verbunden. Dabei wird nichts gesendet, und im Postfach ändert sich nichts.',
    },
    {
      kind: 'steps',
      entries: [
        [
          'Öffnen Sie die ',
          { strong: 'Kontoeinstellungen' },
          ' und dort ',
          { strong: 'Integrationen' },
          '. Wählen Sie im Abschnitt ',
          { strong: 'E-Mail-Anbieter' },
          ' den Knopf ',
          { strong: 'Ihr E-Mail-Konto verbinden' },
          '.',
        ],
        [
          'Wählen Sie Ihren E-Mail-Anbieter aus: Gmail (Gmail, Google Workspace), Microsoft (Outlook, Microsoft 365) oder Andere (IMAP/SMTP). Dann ',
          { strong: 'Weiter' },
          '.',
        ],
        [
          'Wählen Sie die ',
          { link: 'Integrationsstufe', to: '#levels' },
          ' für Ihr Konto aus. Auf derselben Seite können Sie festlegen, wer sieht und sendet. Dann ',
          { strong: 'Verbinden' },
          '.',
        ],
        [
          'Melden Sie sich bei Ihrem Anbieter an und stimmen Sie zu. Bei vollem Zugriff spricht Google vom Lesen aller E-Mails; was Kontor wirklich öffnet, steht ',
          { link: 'weiter unten', to: '#access' },
          '. Lassen Sie alle Häkchen gesetzt: Fehlt eines, sagt Kontor, welches, und behält nichts.',
        ],
        [
          'Die Adresse steht nun unter ',
          { strong: 'Verbundene E-Mails' },
          '. Mit ',
          { strong: '+Weitere E-Mail verbinden' },
          ' kommt die nächste dazu. Ihre erste Adresse ist Ihr Standard, bis Sie einen anderen festlegen.',
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: 'Alles Weitere steht im Menü der Adresse: Als Standard festlegen, Absendername und Signatur, Integrationsstufe ändern, Weitere Adresse dieses Kontos (Gmail), Freigegebenes Postfach hinzufügen (Microsoft), Wer sieht und sendet, Sendelimits, Testnachricht senden, Versand pausieren, Erneut verbinden, Verbindung trennen.',
    },
    {
      kind: 'paragraph',
      text: 'Ein Gmail-Konto darf unter mehreren Adressen senden. Bei vollem Zugriff zeigt „Weitere Adresse dieses Kontos“ die bei Google bestätigten; jede, die Sie hinzufügen, hat einen eigenen Absendernamen, eine eigene Signatur, eigene Rechte und ein eigenes Limit, und niemand meldet sich noch einmal an. Antworten an alle kommen in dem einen Postfach an und werden dort auf einmal gelesen. Vor jeder E-Mail fragt Kontor Google, ob die Adresse noch bestätigt ist, denn sonst würde Google stillschweigend von der Hauptadresse senden; ist sie es nicht, geht nichts raus, und die Adresse sagt das. Mit Nur Sendezugriff sagt Google das nicht, deshalb lassen sich weitere Adressen dort nicht verwenden.',
    },
    {
      kind: 'paragraph',
      text: 'Postfächer, die Ihre Organisation für ein Geschäftskonto bei Microsoft freigegeben hat (hallo@, presse@), kommen mit „Freigegebenes Postfach hinzufügen“ dazu. In Exchange muss das Konto dafür „Vollzugriff“ und „Senden als“ haben. Erst dann fragt Kontor bei Microsoft danach, ein einziges Mal; zum Lesen braucht es meist die Zustimmung eines Administrators. Kontor öffnet den Ordner Posteingang des Postfachs, keine E-Mail, und sendet eine kurze E-Mail von dort an Ihre eigene Adresse: Anders lässt sich nicht feststellen, ob das Konto darf. Diese E-Mail zählt im Tageslimit des Postfachs. Ein freigegebenes Postfach kann eine kleinere Stufe haben als sein Konto, nie eine größere: Zum Senden braucht es keinen Administrator. Es hat einen eigenen Absendernamen, eine eigene Signatur, eigene Rechte und ein eigenes Limit; Gesendetes liegt in seinem eigenen Ordner. Wird das Recht entzogen, steht dieses Postfach still und sagt warum, das eigene läuft weiter. Microsoft meldet neue E-Mails in freigegebenen Postfächern nicht, deshalb sieht Kontor in Abständen nach.',
    },
    { kind: 'heading', text: 'Was Ihre IT einmal tut' },
    {
      kind: 'table',
      caption: 'Was Ihre IT einmal tut, je Anbieter',
      head: ['Anbieter', 'Was nötig ist'],
      rows: [
        [
          'Gmail, Google Workspace',
          'Eine OAuth-App bei Google, eingetragen in den Servereinstellungen. Eine firmeneigene App vom Typ „Intern“ braucht keine Prüfung durch Google. Bis dahin steht auf der Kachel „Noch nicht von Ihrer IT eingerichtet“.',
        ],
        [
          'Microsoft (Outlook, Microsoft 365)',
          'Eine App-Registrierung bei Microsoft, eingetragen in den Servereinstellungen. Für das Lesen (Mail.Read, bei freigegebenen Postfächern Mail.Read.Shared) brauchen Geschäftskonten meist die Zustimmung eines Administrators: Das Postfach wartet dann auf Ihre IT und gibt Ihnen einen Link zum Weiterreichen. Nur Sendezugriff verbindet sich sofort.',
        ],
        [
          'Andere (IMAP/SMTP)',
          'Nichts, solange der Mailserver die Anmeldung mit Passwort oder App-Passwort erlaubt, verschlüsselt und aus dem Internet. Große Anbieter sind bekannt, andere werden gefragt, wo ihre Server stehen, und beides lässt sich von Hand eingeben. Mit Nur Sendezugriff erfährt Kontor den IMAP-Server nicht. Lässt ein Anbieter die Anmeldung für IMAP und SMTP ohne Passwort zu, kann Ihre IT ihn in der Konfiguration nennen; er steht dann unter den Anbietern.',
        ],
      ],
    },
  ],
}

export const sent: Section = {
  id: 'sent',
  title: 'Was gesendet werden kann',
  blocks: [
    {
      kind: 'paragraph',
      text: 'Jede E-Mail geht von Ihrer eigenen Adresse raus, mit Ihrem Absendernamen und Ihrer Signatur. Ihr Anbieter stellt sie zu; kein anderer Versanddienst steht dazwischen.',
    },
    {
      kind: 'table',
      caption: 'Arten von E-Mails',
      head: ['Art', 'Was das ist'],
      rows: [
        [
          kindNames.direct,
          'Was ein Mensch einem Menschen schreibt: eine erste E-Mail, eine Antwort, eine Antwort an alle. Geht zu jeder Tageszeit raus.',
        ],
        [
          kindNames.invitation,
          'Die persönliche Einladung in eine Kampagne, mit dem Knopf zum Briefing und einem Weg, abzusagen.',
        ],
        [kindNames.approval, 'Ihr Ja zu einer Bewerbung.'],
        [
          kindNames.bulk,
          'Eine Nachricht an viele ausgewählte Influencer, an jeden mit Namen geschrieben, und Nachfassmails an alle, die noch nicht geantwortet haben.',
        ],
        [kindNames.rejection, 'Ihr Nein zu einer Bewerbung.'],
      ],
    },
    {
      kind: 'list',
      entries: [
        'Dateien: mit Gmail bis 25 MB, mit Microsoft etwa 2,2 MB, mit IMAP/SMTP so viel, wie der Mailserver erlaubt. Größere gehen als Link zu einer Download-Seite.',
        'Fehlt in einer Vorlage eine Variable, wird nur diese eine E-Mail angehalten, mit dem Hinweis, welche fehlt; alle anderen gehen raus.',
        'In der Sekunde des Sendens prüft Kontor noch einmal, ob die E-Mail noch stimmt. Hat jemand abgesagt, zurückgezogen oder darf nicht mehr angeschrieben werden, wird sie übersprungen, und der Postausgang nennt den Grund.',
        [
          { strong: 'Nachfassmails: ' },
          'bis zu drei zu einer Einladung oder einem Massenversand, jede 1 bis 30 Tage nach dem Versand der E-Mail davor, mit eigenem Text und im selben Gespräch. Eine Antwort, eine Unzustellbarkeit, eine Bewerbung, eine Absage oder ein Klick von Ihnen stoppt sie; eine Abwesenheitsnotiz nicht. Klingt eine Antwort nach einer Absage, warten sie, bis Sie entschieden haben. Bevor eine rausgeht, hat Kontor ins Postfach gesehen. Mit Nur Sendezugriff geht das nicht: Am Tag selbst erinnert Kontor Sie, und Sie vermerken eine Antwort oder senden die Nachfassmail.',
        ],
        'Der offene Link einer Kampagne sendet nichts. Wer ihn hat, bewirbt sich mit einem Namen und einer Adresse, die niemand bestätigt hat; bei der Bewerbung steht das dabei. Eine E-Mail geht dorthin erst, wenn Ihr Team eine sendet. Wer nicht angeschrieben werden darf, bekommt keine, wie auch immer entschieden wird.',
      ],
    },
  ],
}

export const levels: Section = {
  id: 'levels',
  title: 'Integrationsstufen',
  blocks: [
    {
      kind: 'paragraph',
      text: [
        'Die Stufe bestimmt, was Kontor in einem Postfach darf. ',
        { strong: `${levelNames.full}:` },
        ` ${levelSentences.full} `,
        { strong: `${levelNames.send_only}:` },
        ` ${levelSentences.send_only}`,
      ],
    },
    {
      kind: 'table',
      caption: 'Die beiden Integrationsstufen im Vergleich',
      head: ['', levelNames.full, levelNames.send_only],
      rows: [
        ['Von der eigenen Adresse senden', 'ja', 'ja'],
        ['Mehrere Postfächer, eines als Standard', 'ja', 'ja'],
        ['300 am Tag, Warteschlange, Reihenfolge, voraussichtliche Zeiten', 'ja', 'ja'],
        ['Gesendete E-Mails gespeichert und für das Team sichtbar', 'ja', 'ja'],
        [
          'Antworten in Kontor erfasst, gelesen und beantwortet',
          'ja',
          'nein: sie bleiben privat in Ihrem eigenen Posteingang',
        ],
        ['Unzustellbare E-Mails und automatische Antworten erkannt', 'ja', 'nein'],
        [
          'Nachweis bei ungeklärtem Versand',
          'ja, im Gesendet-Ordner nachgesehen',
          'nein: ein Mensch entscheidet',
        ],
        ['Berechtigungen bei Google', 'gmail.send, gmail.readonly', 'gmail.send'],
        ['Berechtigungen bei Microsoft', 'Mail.Send, Mail.Read', 'Mail.Send'],
        [
          'Für freigegebene Postfächer bei Microsoft, sobald Sie eines hinzufügen',
          'Mail.Send.Shared, Mail.Read.Shared',
          'Mail.Send.Shared',
        ],
        ['IMAP/SMTP', 'SMTP und IMAP', 'nur SMTP'],
      ],
    },
    {
      kind: 'paragraph',
      text: 'Bei beiden Stufen fragt Kontor außerdem, wer Sie sind: bei Google mit openid, email und profile, bei Microsoft mit openid, profile, email, offline_access und User.Read.',
    },
    {
      kind: 'paragraph',
      text: 'Die Stufe lässt sich jederzeit ändern. Von vollem Zugriff zu „Nur Sendezugriff“ wird die weite Berechtigung zurückgegeben und die enge erbeten; wartende E-Mails behalten so lange ihren Platz, und Sie wählen, ob die bisher gespeicherten Antworten bleiben oder gelöscht werden. In der anderen Richtung fragt Kontor, ob es frühere Antworten auf seine E-Mails holen soll.',
    },
    {
      kind: 'paragraph',
      text: 'Wer sieht und sendet, legen Sie für jedes Postfach eigens fest: das ganze Team, das Team sieht und nur Sie senden, oder ausgewählte Mitglieder.',
    },
  ],
}
