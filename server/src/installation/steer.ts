/** What those who steer the server change: one setting at a time, typed over the version they saw. */
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { audit } from '../team/index.ts'
import type { SettingsBook } from './current.ts'
import type {
  App,
  MailServer,
  MicrosoftApp,
  PushTopic,
  SettingName,
  Settings,
  Stored,
  Support,
} from './settings.ts'
import { leadsHereOnly } from '../platform/public-address/index.ts'
import { publicOrigin } from './settings.ts'

export type Steered =
  | 'changed'
  | 'set_by_environment'
  | 'version_conflict'
  | 'secret_missing'
  | 'address_unusable'

/** A wish to change one setting; a secret that is not named stays as it is, and `undefined` clears the setting. */
export type SettingWish =
  | { readonly name: 'google'; readonly value: WithoutSecret<App, 'secret'> | undefined }
  | { readonly name: 'googlePush'; readonly value: PushTopic | undefined }
  | { readonly name: 'microsoft'; readonly value: WithoutSecret<MicrosoftApp, 'secret'> | undefined }
  | { readonly name: 'publicAddress'; readonly value: string | undefined }
  | { readonly name: 'systemMail'; readonly value: WithoutSecret<MailServer, 'password'> | undefined }
  | { readonly name: 'support'; readonly value: Support | undefined }
type WithoutSecret<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]?: T[P] | undefined }

/** Changes one setting of the server, typed over `version`; the line in the activity log names no secret. */
export async function steerServer(
  parts: { readonly database: Database; readonly settings: SettingsBook },
  actor: Actor,
  wish: SettingWish,
  version: number,
): Promise<Steered> {
  if (parts.settings.given[wish.name as keyof SettingsBook['given']] !== undefined)
    return 'set_by_environment'
  const value = completed(wish, await parts.settings.current())
  if (value === 'secret_missing' || value === 'address_unusable') return value
  return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
    if (!(await parts.settings.write(tx, wish.name, value.value, version))) return 'version_conflict'
    await tellChange(tx, actor, wish)
    return 'changed'
  })
}

function completed(
  wish: SettingWish,
  now: Settings,
): { readonly value: Stored[SettingName] } | 'secret_missing' | 'address_unusable' {
  if (wish.value === undefined) return { value: undefined }
  switch (wish.name) {
    case 'google':
    case 'microsoft': {
      const secret = wish.value.secret ?? keptSecret(now, wish.name, wish.value.id)
      return secret === undefined ? 'secret_missing' : { value: { ...wish.value, secret } }
    }
    case 'systemMail': {
      return { value: { ...wish.value, password: wish.value.password ?? keptPassword(now, wish.value) } }
    }
    case 'publicAddress': {
      const origin = publicOrigin(wish.value)
      return origin === undefined || leadsHereOnly(origin) ? 'address_unusable' : { value: origin }
    }
    case 'googlePush':
    case 'support':
      return { value: wish.value }
  }
}

/** The secret of another app would only be refused by the provider, so it is not kept for one. */
function keptSecret(now: Settings, name: 'google' | 'microsoft', id: string): string | undefined {
  return now[name]?.id === id ? now[name].secret : undefined
}

/** A password is not handed to another server or user than the one it was typed for. */
function keptPassword({ systemMail }: Settings, { host, user }: Pick<MailServer, 'host' | 'user'>): string {
  return systemMail?.host === host && systemMail.user === user ? systemMail.password : ''
}

async function tellChange(tx: Tx, actor: Actor, { name, value }: SettingWish): Promise<void> {
  const action = value === undefined ? 'server.setting_cleared' : 'server.setting_changed'
  await audit(tx, { actor, action, subject: name })
}
