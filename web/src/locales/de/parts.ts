/** German words that several screens share: mail kinds and states, health, levels, sharing, capacity. */
import { downloadPdf, kindNames, levelNames, levelSentences, limitedUse } from '@kontor/api/help/de/terms'
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/parts.ts'

export const words = {
  number: '{{value, number}}',
  sender: 'Absender',
  default: 'Standard',
  provider: { gmail: 'Google', microsoft: 'Microsoft', imap: 'Ihrem Mailserver' },
  kind: {
    direct: 'Persönlich',
    invitation: 'Einladung',
    approval: 'Zusage',
    bulk: 'Massenversand',
    rejection: 'Absage',
  },
  kindLong: kindNames,
  state: {
    queued: 'Wartet',
    held: 'Angehalten',
    leased: 'Wird gesendet',
    accepted: 'Gesendet',
    failed: 'Nicht gesendet',
    in_doubt: 'Ungeklärt',
    suppressed: 'Übersprungen',
    cancelled: 'Abgebrochen',
  },
  level: levelNames,
  levelSentence: levelSentences,
  health: {
    connecting: 'Wird verbunden',
    active: 'Verbunden',
    waiting_for_admin: 'Wartet auf Freigabe durch Ihre IT',
    throttled: 'Von {{provider}} gebremst bis {{until}}',
    slowed: 'Von {{provider}} gebremst',
    reconnect_needed: 'Erneut verbinden nötig',
    paused: 'Versand pausiert',
    disconnected: 'Getrennt',
  },
  why: {
    revoked: 'Die Berechtigung wurde beim Anbieter zurückgenommen.',
    expired: 'Die Berechtigung ist abgelaufen.',
    scope_missing: 'Eine Berechtigung, die diese Stufe braucht, fehlt.',
    admin_needed: 'Ein Admin Ihrer Organisation muss es einmal erlauben.',
    password_changed: 'Das Passwort wurde geändert.',
    invalid_grant: 'Die Berechtigung gilt nicht mehr.',
  },
  sharing: { team: 'Team', team_sees: 'Team sieht, ich sende', named: 'Ausgewählte Mitglieder' },
  sharingSentence: {
    team: 'Alle sehen die Gespräche und dürfen daraus senden.',
    team_sees: 'Alle sehen die Gespräche. Nur der Inhaber sendet.',
    named: 'Nur die hier ausgewählten Personen sehen die Gespräche und senden daraus.',
  },
  capacity: {
    used: '{{used, number}} von {{limit, number}} heute',
    elsewhere_one: '{{count, number}} davon außerhalb dieses Arbeitsbereichs',
    elsewhere_other: '{{count, number}} davon außerhalb dieses Arbeitsbereichs',
    reserved_one: '{{count, number}} für persönliche E-Mails reserviert',
    reserved_other: '{{count, number}} für persönliche E-Mails reserviert',
    waiting_one: '{{count, number}} wartet',
    waiting_other: '{{count, number}} warten',
    waiting_zero: 'keine wartet',
  },
  limitedUse,
  downloadPdf,
  checked: 'zuletzt geprüft {{when}}',
} as const satisfies SameWords<typeof english>
