/** Microsoft's scopes as far as this world knows them: delegated permissions of Graph, and those of the sign-in. */

const GRAPH_PREFIX = 'https://graph.microsoft.com/'

export const GRAPH = {
  userRead: 'User.Read',
  send: 'Mail.Send',
  readBasic: 'Mail.ReadBasic',
  read: 'Mail.Read',
  readWrite: 'Mail.ReadWrite',
  sendShared: 'Mail.Send.Shared',
  readShared: 'Mail.Read.Shared',
} as const

const SIGN_IN: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access'])

interface Wording {
  readonly en: string
  readonly de: string
}

const WORDING: ReadonlyMap<string, Wording> = new Map([
  ['offline_access', { en: 'Keep the access you allow', de: 'Den erlaubten Zugriff behalten' }],
  [GRAPH.userRead, { en: 'Sign you in and read your profile', de: 'Sie anmelden und Ihr Profil lesen' }],
  [GRAPH.send, { en: 'Send mail as you', de: 'E-Mails in Ihrem Namen senden' }],
  [
    GRAPH.readBasic,
    { en: 'Read your mail without its contents', de: 'Ihre E-Mails ohne deren Inhalt lesen' },
  ],
  [GRAPH.read, { en: 'Read your mail', de: 'Ihre E-Mails lesen' }],
  [GRAPH.readWrite, { en: 'Read and write your mail', de: 'Ihre E-Mails lesen und schreiben' }],
  [
    GRAPH.sendShared,
    {
      en: 'Send mail from mailboxes that you share',
      de: 'E-Mails aus Postfächern senden, die Sie mitbenutzen',
    },
  ],
  [
    GRAPH.readShared,
    { en: 'Read mail in mailboxes that you share', de: 'E-Mails in Postfächern lesen, die Sie mitbenutzen' },
  ],
])

/** Short names, as in token answers; names are told apart without regard to case. */
export function normalScopes(text: string): readonly string[] {
  const known = [...SIGN_IN, ...WORDING.keys()]
  const short = text
    .split(/\s+/)
    .filter((scope) => scope !== '')
    .map((scope) => (scope.toLowerCase().startsWith(GRAPH_PREFIX) ? scope.slice(GRAPH_PREFIX.length) : scope))
    .map((scope) => known.find((each) => each.toLowerCase() === scope.toLowerCase()) ?? scope)
  return [...new Set(short)]
}

export function isKnownScope(scope: string): boolean {
  return SIGN_IN.has(scope) || WORDING.has(scope)
}

export function isSignInScope(scope: string): boolean {
  return SIGN_IN.has(scope)
}

/** What a user may not allow alone under the consent policy that Microsoft manages. */
export function needsAdmin(scope: string): boolean {
  return [GRAPH.read, GRAPH.readBasic, GRAPH.readWrite, GRAPH.readShared].some((each) => each === scope)
}

const SHARED = '.Shared'

/** What the scopes are worth in a mailbox that is shared with the user, under the names they have in the own one. */
export function worthInShared(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => scope.endsWith(SHARED)).map((scope) => scope.slice(0, -SHARED.length))
}

export function scopeWords(scope: string, language: 'en' | 'de'): string {
  return WORDING.get(scope)?.[language] ?? scope
}
