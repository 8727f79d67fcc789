/** German words of the help. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/help.ts'

export const words = {
  title: 'Hilfe',
  contents: 'Auf dieser Seite',
  levels: {
    title: 'Integrationsstufen',
    intro: 'Die Stufe bestimmt, was Kontor in einem Postfach darf. Sie lässt sich jederzeit ändern.',
    can: 'Was',
    rows: {
      send: 'Von der eigenen Adresse senden',
      several: 'Mehrere Postfächer, Standardadresse',
      queue: '300 am Tag, Warteschlange, Reihenfolge, voraussichtliche Zeiten',
      stored: 'Gesendete E-Mails gespeichert und für das Team sichtbar',
      replies: 'Antworten in Kontor erfasst, gelesen und beantwortet',
      bounces: 'Unzustellbarkeit und automatische Antworten erkannt',
      proof: 'Nachweis bei ungeklärtem Versand',
    },
    yes: 'ja',
    no: 'nein',
    repliesNo: 'nein: sie bleiben privat im eigenen Posteingang',
    proofYes: 'ja, im Gesendet-Ordner nachgesehen',
    proofNo: 'nein: ein Mensch entscheidet',
  },
  limits: {
    title: 'Wie hoch sind die täglichen Sendelimits?',
    one: '300 E-Mails am Tag und je verbundener Adresse, gezählt über alles, was Kontor von ihr sendet. Anbieter bremsen oder sperren Adressen, die zu viel auf einmal senden; das Limit hält Ihre darunter.',
    two: 'Was darüber hinausgeht, geht am nächsten verfügbaren Tag raus und behält seinen Platz. Nichts wird abgewiesen, weil es zu viel ist. Zwei Adressen haben zusammen 600 am Tag; Kontor wählt die Adresse nie selbst.',
    three:
      '20 des Tages bleiben persönlichen E-Mails vorbehalten und werden 2 Stunden vor Ende der Sendezeiten frei, damit alle 300 rausgehen können.',
  },
  order: {
    title: 'Die Reihenfolge der Warteschlange',
    intro:
      'In einem Postfach ist die Reihenfolge fest. Was höher steht, überholt alles, was noch nicht raus ist; innerhalb einer Zeile geht es nach Eingang.',
    first: 'Persönliche E-Mails und Antworten (immer zuerst)',
  },
  captured: {
    title: 'Welche Informationen ruft die E-Mail-Integration ab, und was speichert sie?',
    one: 'Gespeichert werden: die Adresse und der öffentliche Profilname, E-Mails, die Kontor gesendet hat, und bei vollem Zugriff die Antworten darauf sowie Ihre eigenen E-Mails in diesen Gesprächen. Sonst nichts.',
    two: 'Erfasst werden Antworten auf E-Mails, die Kontor gesendet hat, wo immer sie im Postfach liegen. Eine neue E-Mail eines bekannten Influencers ist keine Antwort und wird nicht erfasst. Der Betreff entscheidet nie.',
    three:
      'Um Antworten zu finden, laufen von anderen E-Mails diese Spuren durch und werden sofort verworfen:',
    where: 'Anbieter',
    candidates: 'Um Kandidaten zu finden',
    match: 'Zum Zuordnen',
    content: 'Inhalt',
    never: 'nie',
    gmail: 'Gmail',
    gmailFind: 'Kennung von E-Mail und Thread',
    gmailMatch: 'nichts: der Thread entscheidet',
    microsoft: 'Microsoft',
    microsoftFind: 'Kennung und Kennung der Unterhaltung',
    microsoftMatch: 'Thread-Kopfzeilen, nur bei unseren Unterhaltungen',
    imap: 'IMAP',
    imapFind: 'Nummer der E-Mail',
    imapMatch: 'Message-ID, In-Reply-To, References; kein Betreff, kein Absender',
    sent: 'Ungeklärten Versand klären',
    sentFind: 'Kennungen in Gesendet seit dem Versuch',
    sentMatch: 'Message-ID und unser eigenes Zeichen',
    ledger:
      'Jeder Zugriff steht im Zugriffsprotokoll des Postfachs, Eintrag an Eintrag gesiegelt, und der Inhaber kann es prüfen.',
    limited:
      'Die Nutzung der von Google-APIs erhaltenen Informationen durch Kontor entspricht der Google API Services User Data Policy einschließlich der Anforderungen zur eingeschränkten Nutzung (Limited Use).',
  },
  disconnect: {
    title: 'Verbindung trennen',
    one: 'Kontoeinstellungen, Integrationen, das Menü der Adresse, Verbindung trennen. Sie entscheiden, was mit wartenden E-Mails und mit dem Gespeicherten geschieht. Die Berechtigung wird an den Anbieter zurückgegeben; Google beendet dann alle Berechtigungen dieses Kontos für Kontor.',
  },
  more: { title: 'Mehr Hilfe', one: 'Fragen Sie den Admin Ihres Arbeitsbereichs.' },
} as const satisfies SameWords<typeof english>
