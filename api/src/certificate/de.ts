import type { Words } from './words.ts'

export const german: Words = {
  locale: 'de-DE',
  title: {
    disconnected: 'Trennungsnachweis',
    narrowed: 'Nachweis über die Aufgabe des vollen Zugriffs',
    erased: 'Löschnachweis',
  },
  lead: 'Was über dieses Postfach entschieden wurde, von wem, und was daraus geworden ist.',
  fact: {
    number: 'Nummer',
    workspace: 'Arbeitsbereich',
    mailbox: 'Postfach',
    decided: 'Entschieden von',
    permission: 'Berechtigung',
    waiting: 'Wartende E-Mails',
    stored: 'Gespeicherte E-Mails',
    stays: 'Was bleibt',
    seal: 'Siegel',
  },
  provider: { gmail: 'Google', microsoft: 'Microsoft', imap: 'Der Mailserver' },
  level: { full: 'voller Zugriff', send_only: 'nur Sendezugriff' },
  mailbox: ({ address, provider, level, since }) =>
    `${address} (${provider}, ${level}), verbunden seit ${since}.`,
  permission: {
    revoked: (provider) => `Zurückgegeben; ${provider} hat sie beendet.`,
    forgotten: (provider) =>
      `Hier gelöscht. ${provider} war nicht zu erreichen; Sie können die Berechtigung dort in Ihrem Konto entfernen.`,
    shared: () => 'Bleibt, weil andere Ihrer Adressen dieselbe Anmeldung benutzen.',
    none: () => 'Es gab keine mehr.',
  },
  endsOthers: (provider) => `${provider} hat auch jede andere Berechtigung dieses Kontos für Kontor beendet.`,
  none: 'Keine.',
  waiting: {
    hold: (count) => `${count}, angehalten.`,
    cancel: (count) => `${count}, abgebrochen.`,
    reassign: (count, to, isOne) => `${count}, ${isOne ? 'geht' : 'gehen'} von ${to} raus.`,
  },
  kept: (count, size) => `${count} behalten (${size}).`,
  nothingErased: 'Es gab keine mehr zu löschen.',
  erased: ({ count, files, isOneFile, size, when }) =>
    `${count} gelöscht, mit ${files} ${isOneFile ? 'Anhang' : 'Anhängen'} (${size}), ${when}.`,
  log: (count, isOne) => `Das Zugriffsprotokoll mit ${count} ${isOne ? 'Eintrag' : 'Einträgen'}.`,
  barred: (count, isOne) =>
    isOne
      ? `${count} Adresse mit Kontaktsperre, als Hash mit Schlüssel, der niemanden nennt.`
      : `${count} Adressen mit Kontaktsperre, als Hashes mit Schlüssel, die niemanden nennen.`,
  sealed:
    'Das Siegel ist der SHA-256 des Nachweises als JSON, ohne das Siegel selbst. Wer die JSON-Datei hat, kann es nachrechnen und so zeigen, dass keine Seite etwas geändert hat.',
  issued: (when) => `Ausgestellt am ${when}`,
  page: (page, pages) => `Seite ${page} von ${pages}`,
}
