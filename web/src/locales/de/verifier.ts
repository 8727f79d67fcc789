/** German words of the page that verifies a downloaded access log without Kontor. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/verifier.ts'

export const words = {
  title: 'Ein Zugriffsprotokoll prüfen',
  lead: 'Kontor schreibt jeden Zugriff auf ein Postfach auf und siegelt jeden Eintrag an den vorigen. Diese Seite prüft ein solches Protokoll auf diesem Gerät: Sie kennt keinen Server, und die Datei verlässt es nicht.',
  other: 'English',
  choose: 'Heruntergeladenes Protokoll wählen',
  drop: 'oder hierher ziehen. Mehrere Downloads desselben Postfachs werden auch miteinander verglichen.',
  dropNow: 'Zum Prüfen loslassen',
  working: 'Wird geprüft …',
  results: 'Ergebnis',
  ok: 'Dieses Protokoll ist lückenlos.',
  okAbout: 'Vom ersten bis zum letzten Eintrag wurde nichts geändert, entfernt oder eingefügt.',
  broken: 'Dieses Protokoll ist gebrochen.',
  brokenAbout:
    'Verlassen Sie sich nicht darauf. Sagen Sie es der Person, die Kontor bei Ihnen betreibt, und heben Sie diese Datei auf.',
  foreign: 'Das ist kein Zugriffsprotokoll.',
  foreignAbout:
    'Keine Zeile darin ist ein Eintrag von Kontor. Wählen Sie die Datei, die „Herunterladen“ auf der Seite „Zugriffsprotokoll“ liefert.',
  unreadable: 'Diese Datei ließ sich nicht lesen.',
  more: 'und {{count}} weitere',
  facts: {
    mailbox: 'Postfach',
    entries: 'Einträge',
    time: 'Von – bis',
    made: 'Heruntergeladen',
    opened: 'Geöffnet',
    threadHeaders: 'Thread-Kopfzeilen gesehen',
    identifiers: 'Kennung gesehen',
    sent: 'Gesendet',
    looks: 'Blicke, noch kein Eintrag',
    seal: 'Letztes Siegel',
  },
  continues:
    'Der spätere Download setzt den früheren fort: Bis Eintrag {{count}} steht er unverändert darin.',
  parts:
    'Der spätere Download setzt den früheren nicht fort: Das Protokoll wurde dazwischen neu geschrieben.',
  proves: 'Was das beweist',
  provesList: {
    changed:
      'Kein Eintrag wurde für sich geändert, entfernt, eingefügt oder verschoben: Jeder trägt den SHA-256 des vorigen. Wer einen anfasst, muss alle späteren neu siegeln.',
    whole: 'Die Datei ist vollständig, bis zu dem Ende, das sie selbst nennt.',
    depth:
      'Wie tief jeder Zugriff sah und wie viele E-Mails er berührte, ist das, was damals versiegelt wurde.',
  },
  not: 'Was es nicht beweist',
  notList: {
    owner:
      'Dass niemand das ganze Protokoll neu geschrieben hat. Wer die Datenbank besitzt, könnte alles neu versiegeln. Dagegen hilft ein aufgehobener Download oder das letzte Siegel: Ein späterer Download muss es fortsetzen. Wählen Sie hier beide.',
    truth:
      'Dass jeder Zugriff im Protokoll steht. So ist Kontor gebaut, und sein Quelltext liegt für alle offen, die es nachsehen wollen.',
    stored:
      'Dass das Protokoll zu den gespeicherten E-Mails passt. Das prüft der Befehl npm run verify-ledger dort, wo Kontor läuft.',
    ids: 'Welche E-Mail gemeint war. Das Protokoll enthält nur Prüfsummen ihrer Kennung, unter einem Schlüssel, den das Löschen vernichtet.',
  },
  foot: 'Eine Datei, kein Netz: Der Browser selbst verbietet dieser Seite jede Verbindung. Speichern Sie sie, und lesen Sie ihren Quelltext.',
} satisfies SameWords<typeof english>
