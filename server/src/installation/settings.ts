/**
 * What an owner sets for the whole server: the apps at Google and Microsoft, the public address, the server for the
 * system's own mails, and whom to ask. What the environment names wins and is shown as such. Pure.
 */
export interface App {
  readonly id: string
  readonly secret: string
}
/** Microsoft runs its service in several clouds, of which none knows the accounts and apps of another. */
export const microsoftClouds = ['global', 'gcc-high', 'dod', 'china'] as const
export interface MicrosoftApp extends App {
  /** `common`, `organizations`, `consumers`, or one organisation by id or domain. */
  readonly tenant: string
  /** Which of Microsoft's clouds it is registered in. */
  readonly cloud: (typeof microsoftClouds)[number]
}
/** Where Gmail publishes notices of new mail (Google Cloud Pub/Sub), and who delivers them to us. */
export interface PushTopic {
  readonly topic: string
  /** The service account whose token every delivery carries. */
  readonly account: string
  /** Whom that token is made out to; our own address for them unless given. */
  readonly audience?: string
}
export interface MailServer {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte, `starttls` before anything is said, `none` for a relay on this machine. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user: string
  readonly password: string
  /** The address that the system's mails come from. */
  readonly from: string
}
export interface Support {
  readonly chatUrl: string
  readonly communityUrl: string
  readonly adminAddress: string
}

/** Everything that can be set, as it is stored: absent until somebody set it. */
export interface Stored {
  readonly google?: App
  readonly googlePush?: PushTopic
  readonly microsoft?: MicrosoftApp
  readonly publicAddress?: string
  readonly systemMail?: MailServer
  readonly support?: Support
}
export type SettingName = keyof Stored
export const settingNames = [
  'google',
  'googlePush',
  'microsoft',
  'publicAddress',
  'systemMail',
  'support',
] as const

/** What the environment names; it wins over what is stored. */
export type Given = {
  readonly [Name in 'google' | 'googlePush' | 'microsoft' | 'publicAddress']?: Stored[Name] | undefined
}

/** The settings that hold at one moment. */
export interface Settings extends Stored {
  /** Where each setting comes from; absent means that there is none. */
  readonly from: Readonly<Partial<Record<SettingName, 'environment' | 'settings'>>>
  /** The version of what is stored, by setting; 0 before anything was. */
  readonly versions: Readonly<Record<SettingName, number>>
}

/** What holds when this is stored and that is given. */
export function settingsOf(stored: Stored, given: Given, versions: Settings['versions']): Settings {
  const named = Object.entries(given).filter(([, value]) => value !== undefined)
  const from = Object.fromEntries([
    ...Object.keys(stored).map((name) => [name, 'settings'] as const),
    ...named.map(([name]) => [name, 'environment'] as const),
  ])
  return { ...stored, ...Object.fromEntries(named), from, versions }
}

/** The origin in a text that a person typed; undefined when it is none that links could begin with. */
export function publicOrigin(text: string): string | undefined {
  const url = URL.parse(text.trim())
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') return undefined
  return url.origin
}
