/** What is read and stored, what is not, and how to take it back, in German. */
import type { Section } from '../article.ts'
import { limitedUsePolicy } from '../policy.ts'
import { limitedUse } from './terms.ts'

export const access: Section = {
  id: 'access',
  title: 'Welche Informationen ruft die E-Mail-Integration ab, und was speichert sie?',
  blocks: [
    { kind: 'heading', text: 'Was gespeichert wird' },
    {
      kind: 'list',
      entries: [
        'Die Adresse des Postfachs und der Name aus Ihrem öffentlichen Profil. Foto, Telefonnummer und Position werden bei der Ankunft verworfen.',
        'Die Berechtigung selbst, verschlüsselt.',
        'Jede E-Mail, die Kontor aus dem Postfach gesendet hat.',
        'Bei vollem Zugriff: Antworten auf diese E-Mails, samt Unzustellbarkeit und automatischen Antworten, und was Sie selbst von Hand in diesen Gesprächen geschrieben haben.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Sonst nichts aus dem Postfach. Gespeichert wird auf dem Server Ihrer eigenen Organisation, für jeden Arbeitsbereich abgeschottet, bis es gelöscht wird: für ein Postfach beim Trennen oder jederzeit danach, mit Nachweis.',
    },
    { kind: 'heading', text: 'Was nur angesehen wird' },
    {
      kind: 'paragraph',
      text: 'Um die Antworten zu finden, fragt Kontor den Anbieter zuerst nach Kennungen und nach dem Text einer E-Mail erst, wenn feststeht, dass sie auf eine von unseren antwortet. Von anderen E-Mails laufen diese Spuren durch:',
    },
    {
      kind: 'table',
      caption: 'Spuren anderer E-Mails, je Anbieter',
      head: ['', 'Um Kandidaten zu finden', 'Zum Zuordnen', 'Inhalt'],
      rows: [
        [
          'Gmail',
          'Kennungen von E-Mail und Thread',
          'nichts: der Thread entscheidet, und außerhalb unserer Threads wird nichts erfragt',
          'nie',
        ],
        [
          'Microsoft',
          'Kennungen von E-Mail und Unterhaltung',
          'Thread-Kopfzeilen, nur in unseren Unterhaltungen; wo sie nichts sagen, ob ein Beteiligter sie schrieb',
          'nie',
        ],
        [
          'IMAP',
          'Nummer der E-Mail; nach einem Ausfall auch die Zeit ihres Eingangs',
          'Message-ID, In-Reply-To, References; kein Betreff, kein Absender',
          'nie',
        ],
        [
          'IMAP, nach dem Senden',
          'nichts: Der Server sucht in „Gesendet“ nach unserer eigenen Message-ID; fehlt sie, wird unsere Kopie dort abgelegt',
          'nichts',
          'nie',
        ],
        [
          'Microsoft, nach dem Senden',
          'nichts: „Gesendet“ wird nach unserer eigenen Message-ID gefragt',
          'nichts, außer die Kopie fehlt nach 90 Sekunden: dann Message-ID und unser eigenes Zeichen, in „Gesendet“ um diese Zeit',
          'nie',
        ],
        [
          'Gmail und Microsoft, wenn „Auch Antworten mit anderem Betreff finden“ eingeschaltet ist',
          'Kennungen von E-Mail und Thread',
          'Message-ID, In-Reply-To, References neuer E-Mails von anderen; kein Betreff, kein Absender',
          'nie',
        ],
        [
          'Ungeklärten Versand klären',
          'Kennungen in „Gesendet“ seit dem Versuch',
          'Message-ID und unser eigenes Zeichen',
          'nie',
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: 'Was durchläuft, wird sofort verworfen, bis auf die Kennungen: Sie bleiben sieben Tage, mit der Zeit und damit, ob Kopfzeilen gesehen wurden, weil eine Antwort eintreffen kann, bevor ihr Thread bekannt ist, und damit nach einem Ausfall keine Kopfzeilen ein zweites Mal erfragt werden. Nach einem längeren Ausfall bleiben sie, bis alles geprüft ist.',
    },
    {
      kind: 'paragraph',
      text: 'Über IMAP/SMTP legt Kontor die Kopie selbst in „Gesendet“ ab, wo der Mailserver es nicht tut. Dort beweist eine fehlende Kopie nichts: Ein ungeklärter Versand, der nicht gefunden wird, bleibt einem Menschen überlassen.',
    },
    {
      kind: 'paragraph',
      text: 'Jeder dieser Zugriffe steht im Zugriffsprotokoll des Postfachs: wann, wozu, wie tief. Die Einträge sind aneinander gesiegelt, sodass keiner unbemerkt geändert oder ausgelassen werden kann; der Inhaber des Postfachs kann es lesen, prüfen und exportieren.',
    },
    {
      kind: 'paragraph',
      text: 'Was Kontor liest, dient dazu, Ihrem Team die Gespräche zu zeigen, und zu nichts anderem: keine Werbung, kein Verkauf, kein Training von Modellen.',
    },
    {
      kind: 'statement',
      text: [limitedUse.before, { link: limitedUsePolicy.name, to: limitedUsePolicy.url }, limitedUse.after],
    },
  ],
}

export const uncaptured: Section = {
  id: 'uncaptured',
  title: 'Was nicht erfasst wird und warum',
  blocks: [
    {
      kind: 'table',
      caption: 'Was nicht erfasst wird und warum',
      head: ['Nicht erfasst', 'Warum'],
      rows: [
        [
          'Eine neue E-Mail von Influencern, die Sie kennen',
          'Sie antwortet auf nichts, was Kontor gesendet hat, und gehört daher allein Ihrem Postfach.',
        ],
        [
          'Eine E-Mail mit demselben Betreff',
          'Ein Betreff beweist nichts. Es zählen die Kennungen, die eine Antwort mitbringt, oder der Thread des Anbieters.',
        ],
        [
          'Eine Antwort mit geändertem Betreff',
          'Gmail und Microsoft legen sie in einen eigenen Thread, und außerhalb unserer Threads wird nichts erfragt. Der Inhaber eines Postfachs kann dort „Auch Antworten mit anderem Betreff finden“ einschalten; dann werden drei Kopfzeilen neuer E-Mails erfragt, und sie wird gefunden.',
        ],
        [
          'Antworten auf E-Mails, die Sie ohne Kontor gesendet haben',
          'Kontor kennt diese E-Mails nicht und öffnet sie nicht, um es herauszufinden.',
        ],
        [
          'Antworten an eine Adresse mit „Nur Sendezugriff“',
          'Es gibt keine Leseberechtigung. Sie bleiben privat in Ihrem eigenen Posteingang.',
        ],
        [
          'Antworten auf E-Mails aus der Zeit, bevor eine Adresse getrennt wurde',
          'Mit dem Trennen endet das Lesen endgültig. Eine Adresse, die wieder verbunden wird, beginnt neu; Antworten auf ihre früheren E-Mails bleiben privat in Ihrem eigenen Posteingang.',
        ],
        [
          'E-Mails, die endgültig gelöscht wurden, bevor Kontor nachsah',
          'Sie sind nicht mehr da. Im Papierkorb, im Archiv, im Spam-Ordner oder in einem anderen Ordner werden sie gefunden.',
        ],
        [
          'Ob eine E-Mail geöffnet wurde',
          'Dazu bräuchte es versteckte Bilder in Ihren E-Mails. Kontor verwendet keine und misst es nicht.',
        ],
      ],
    },
  ],
}

export const disconnect: Section = {
  id: 'disconnect',
  title: 'Verbindung trennen',
  blocks: [
    {
      kind: 'steps',
      entries: [
        [
          'Öffnen Sie die ',
          { strong: 'Kontoeinstellungen' },
          ', dort ',
          { strong: 'Integrationen' },
          ' und im Menü der Adresse ',
          { strong: 'Verbindung trennen' },
          '.',
        ],
        'Entscheiden Sie, was mit den wartenden E-Mails geschieht: pausieren, einer anderen Adresse geben oder abbrechen. Sie werden vorher aufgelistet.',
        'Entscheiden Sie, was mit dem Gespeicherten geschieht: behalten, exportieren oder löschen.',
        'Kontor gibt die Berechtigung an den Anbieter zurück und zeigt einen Trennungsnachweis, den Sie als PDF aufheben können.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Google beendet dabei alle Berechtigungen eines Kontos für Kontor, also auch eine zweite Verbindung desselben Google-Kontos. Bei Microsoft nehmen Sie Berechtigungen unter „Meine Apps“ zurück, oder Ihre IT tut es; Kontor löscht seine Schlüssel in jedem Fall sofort. Bei einem IMAP-Postfach löschen Sie das App-Passwort, falls Sie eines angelegt haben.',
    },
    {
      kind: 'paragraph',
      text: 'Endet die Berechtigung auf anderem Weg, etwa durch ein neues Passwort, geht nichts verloren: Das Postfach bittet darum, erneut verbunden zu werden, seine E-Mails warten, und danach holt Kontor die Antworten aus der Zwischenzeit und berichtet, was es geprüft hat.',
    },
  ],
}
