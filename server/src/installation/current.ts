/**
 * The settings as they hold at this moment. They are read through the database each time (five small rows), because
 * another process may have changed one a millisecond ago; only the opening of secrets is spared while nothing changed,
 * and then the very same object is given, so that whoever builds something from it can keep that too.
 */
import { z } from 'zod'
import type { Database, Tx } from '../platform/db/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import type { Given, SettingName, Settings, Stored } from './settings.ts'
import { microsoftClouds, settingNames, settingsOf } from './settings.ts'
import { readSettings, writeSetting } from './store.ts'
import type { SettingRow } from './store.ts'

export interface SettingsBook {
  current(): Promise<Settings>
  /** Stores a setting over the version it was typed over; false when somebody was faster. Secrets are sealed here. */
  write<N extends SettingName>(
    tx: Tx,
    name: N,
    value: Stored[N] | undefined,
    version: number,
  ): Promise<boolean>
  /** What the environment names. */
  readonly given: Given
}

export interface SettingsParts {
  readonly database: Database
  readonly box: SecretBox
  readonly given: Given
}

const app = z.object({ id: z.string(), secret: z.string() })
const shapes = {
  google: app,
  googlePush: z.object({ topic: z.string(), account: z.string(), audience: z.string().optional() }),
  microsoft: app.extend({
    tenant: z.string(),
    cloud: z.enum(microsoftClouds).default('global'),
  }),
  publicAddress: z.string(),
  systemMail: z.object({
    host: z.string(),
    port: z.number(),
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string(),
    password: z.string(),
    from: z.string(),
  }),
  support: z.object({ chatUrl: z.string(), communityUrl: z.string(), adminAddress: z.string() }),
} satisfies Record<SettingName, z.ZodType>

/** The property of a setting that is stored sealed. */
const secretOf: Readonly<Partial<Record<SettingName, string>>> = {
  google: 'secret',
  microsoft: 'secret',
  systemMail: 'password',
}

/** The book of a process. */
export function openSettings({ database, box, given }: SettingsParts): SettingsBook {
  let known: { readonly stamp: string; readonly settings: Settings } | undefined
  return {
    given,
    async current() {
      const rows = await database.inSystem(readSettings)
      const stamp = rows.map(({ name, version }) => `${name} ${version}`).join()
      if (known?.stamp !== stamp) known = { stamp, settings: opened(box, rows, given) }
      return known.settings
    },
    write: (tx, name, value, version) =>
      writeSetting(tx, {
        name,
        value: mapSecret(name, value, (text) => box.seal(text, contextOf(name))),
        version,
      }),
  }
}

function opened(box: SecretBox, rows: readonly SettingRow[], given: Given): Settings {
  const stored: { [Name in SettingName]?: unknown } = {}
  const versions = Object.fromEntries(settingNames.map((name) => [name, 0])) as Record<SettingName, number>
  for (const row of rows) {
    const name = settingNames.find((one) => one === row.name)
    if (name === undefined) continue
    versions[name] = row.version
    const value = shapes[name].safeParse(row.value)
    if (value.success) stored[name] = mapSecret(name, value.data, (text) => box.open(text, contextOf(name)))
  }
  return settingsOf(stored as Stored, given, versions)
}

function contextOf(name: SettingName): string {
  return `server setting ${name}`
}

function mapSecret<T extends object | string | undefined>(
  name: SettingName,
  value: T,
  change: (text: string) => string,
): T {
  const property = secretOf[name]
  if (property === undefined || typeof value !== 'object') return value
  const secret = (value as Record<string, unknown>)[property]
  return typeof secret === 'string' && secret !== '' ? { ...value, [property]: change(secret) } : value
}
