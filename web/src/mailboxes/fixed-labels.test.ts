/** The path to a connected mailbox and its words are fixed in both languages: each step by the name it must have. */
import { expect, test } from 'vitest'
import { words as connectDe } from '../locales/de/connect.ts'
import { words as partsDe } from '../locales/de/parts.ts'
import { words as settingsDe } from '../locales/de/settings.ts'
import { words as shellDe } from '../locales/de/shell.ts'
import { words as connectEn } from '../locales/en/connect.ts'
import { words as partsEn } from '../locales/en/parts.ts'
import { words as settingsEn } from '../locales/en/settings.ts'
import { words as shellEn } from '../locales/en/shell.ts'

const english = { connect: connectEn, parts: partsEn, settings: settingsEn, shell: shellEn }
const german = { connect: connectDe, parts: partsDe, settings: settingsDe, shell: shellDe }
type Said = typeof english | typeof german

const path: readonly [step: string, said: (words: Said) => readonly string[], en: string, de: string][] = [
  ['1, the page', (to) => [to.settings.title], 'Account Settings', 'Kontoeinstellungen'],
  ['1, the way there', (to) => [to.shell.nav.account], 'Account Settings', 'Kontoeinstellungen'],
  ['2, the tab', (to) => [to.settings.tab.integrations], 'Integrations', 'Integrationen'],
  ['3, the section', (to) => [to.settings.provider.section], 'Email Provider', 'E-Mail-Anbieter'],
  ['4, the act', (to) => [to.settings.provider.connect], 'Connect Your Email', 'Ihr E-Mail-Konto verbinden'],
  ['4, its page', (to) => [to.connect.title], 'Connect Your Email', 'Ihr E-Mail-Konto verbinden'],
  [
    '5, the question',
    (to) => [to.connect.one.title],
    'Select your email provider',
    'Wählen Sie Ihren E-Mail-Anbieter aus',
  ],
  [
    '5, the products',
    ({ connect: { products } }) => [products.gmail, products.microsoft, products.imap],
    'Gmail, Google Workspace | Outlook, Microsoft 365 | IMAP/SMTP',
    'Gmail, Google Workspace | Outlook, Microsoft 365 | IMAP/SMTP',
  ],
  ['6', (to) => [to.connect.one.next], 'Next', 'Weiter'],
  [
    '7, the question',
    (to) => [to.connect.two.title],
    'Select the integration level for your account',
    'Wählen Sie die Integrationsstufe für Ihr Konto aus',
  ],
  [
    '7, the levels',
    ({ parts: { level } }) => [level.full, level.send_only],
    'Full Access | Send Only Access',
    'Voller Zugriff | Nur Sendezugriff',
  ],
  [
    '7, full access in one sentence',
    (to) => [to.parts.levelSentence.full],
    'Send, read replies and reply here. The whole conversation stays in one place.',
    'Senden, Antworten lesen und direkt hier antworten. Das ganze Gespräch bleibt an einem Ort.',
  ],
  [
    '7, send only access in one sentence',
    (to) => [to.parts.levelSentence.send_only],
    'Send from here. Replies stay private in your own inbox.',
    'Hier senden. Antworten bleiben privat in Ihrem eigenen Posteingang.',
  ],
  [
    '7, the link to the help',
    (to) => [to.connect.two.learn],
    'Learn more about Permissions',
    'Erfahren Sie mehr über Berechtigungen',
  ],
  ['7, folded', (to) => [to.connect.two.sharing], 'Who sees and sends', 'Wer sieht und sendet'],
  ['8', (to) => [to.connect.three.connect], 'Connect', 'Verbinden'],
  ['10', (to) => [to.settings.provider.list], 'Connected Emails', 'Verbundene E-Mails'],
  ['11', (to) => [to.settings.provider.another], '+Connect Another Email', '+Weitere E-Mail verbinden'],
  [
    '12, the menu',
    ({ settings: { menu } }) => [
      menu.default,
      menu.signature,
      menu.level,
      menu.sharing,
      menu.limits,
      menu.test,
      menu.pause,
      menu.reconnect,
      menu.disconnect,
    ],
    'Set as default | Sender name and signature | Change integration level | Who sees and sends | Sending limits | Send a test message | Pause sending | Reconnect | Disconnect',
    'Als Standard festlegen | Absendername und Signatur | Integrationsstufe ändern | Wer sieht und sendet | Sendelimits | Testnachricht senden | Versand pausieren | Erneut verbinden | Verbindung trennen',
  ],
  [
    'a tile without an OAuth app',
    (to) => [to.connect.notConfigured, to.connect.instructions],
    'Not set up by your IT yet | Send instructions',
    'Noch nicht von Ihrer IT eingerichtet | Anleitung senden',
  ],
]

test.each(path)('step %s', (_step, said, en, de) => {
  expect([said(english).join(' | '), said(german).join(' | ')]).toEqual([en, de])
})

test('step 9: before the provider’s own screen one sentence says what that screen will speak of', () => {
  expect(connectEn.three.full).toContain('will speak of reading all your email')
  expect(connectDe.three.full).toContain('wird vom Lesen aller Ihrer E-Mails sprechen')
})
