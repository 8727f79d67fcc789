/** Google's scopes as far as this world knows them, and what the consent page says of each. */

export const PREFIX = 'https://www.googleapis.com/auth/'

export const MAIL_GOOGLE = 'https://mail.google.com/'
export const GMAIL = {
  send: `${PREFIX}gmail.send`,
  readonly: `${PREFIX}gmail.readonly`,
  modify: `${PREFIX}gmail.modify`,
  compose: `${PREFIX}gmail.compose`,
  metadata: `${PREFIX}gmail.metadata`,
  labels: `${PREFIX}gmail.labels`,
  settingsBasic: `${PREFIX}gmail.settings.basic`,
} as const

const EMAIL = `${PREFIX}userinfo.email`
const PROFILE = `${PREFIX}userinfo.profile`
const SIGN_IN: ReadonlySet<string> = new Set(['openid', EMAIL, PROFILE])

/** The full names that Google uses in its answers: `email` becomes `…/auth/userinfo.email`. */
export function normalScopes(scopes: string | readonly string[]): readonly string[] {
  const list = typeof scopes === 'string' ? scopes.split(/\s+/) : scopes
  const full = list
    .filter((scope) => scope !== '')
    .map((scope) => (scope === 'email' ? EMAIL : scope === 'profile' ? PROFILE : scope))
  return [...new Set(full)]
}

export function isSignInScope(scope: string): boolean {
  return SIGN_IN.has(scope)
}

export function mayTellAddress(scopes: readonly string[]): boolean {
  return scopes.includes(EMAIL)
}

export function mayTellName(scopes: readonly string[]): boolean {
  return scopes.includes(PROFILE)
}

interface Wording {
  readonly en: string
  readonly de: string
}

const WORDING: ReadonlyMap<string, Wording> = new Map([
  [GMAIL.send, { en: 'Send emails on your behalf', de: 'E-Mails in Ihrem Namen senden' }],
  [
    GMAIL.readonly,
    { en: 'See your email messages and settings', de: 'Ihre E-Mails und Einstellungen ansehen' },
  ],
  [GMAIL.modify, { en: 'Read, write and send emails', de: 'E-Mails lesen, schreiben und senden' }],
  [GMAIL.compose, { en: 'Manage drafts and send emails', de: 'Entwürfe verwalten und E-Mails senden' }],
  [
    GMAIL.metadata,
    {
      en: 'See headers and labels, but no contents',
      de: 'Kopfzeilen und Labels ansehen, aber keine Inhalte',
    },
  ],
  [GMAIL.labels, { en: 'See and edit labels', de: 'Labels ansehen und bearbeiten' }],
  [
    GMAIL.settingsBasic,
    { en: 'See and edit mail settings', de: 'E-Mail-Einstellungen ansehen und bearbeiten' },
  ],
  [
    MAIL_GOOGLE,
    {
      en: 'Read, write, send and permanently delete all emails',
      de: 'Alle E-Mails lesen, schreiben, senden und endgültig löschen',
    },
  ],
])

/** True for scopes that exist here; another one is refused as invalid_scope. */
export function isKnownScope(scope: string): boolean {
  return isSignInScope(scope) || WORDING.has(scope)
}

export function scopeWords(scope: string, language: 'en' | 'de'): string {
  return WORDING.get(scope)?.[language] ?? scope
}
