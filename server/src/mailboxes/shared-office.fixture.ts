/** An account with which a mailbox is shared, at the provider in memory, for the tests of shared mailboxes. */
import { asActor } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { CameBack } from './come-back.ts'
import type { Level } from './consent.ts'
import type { Mailbox } from './mailbox.ts'
import type { OpenMailbox } from './open-mailbox.ts'
import { mailboxById } from './store.ts'
import type { Grant } from './store-grant.ts'
import { grantById } from './store-grant.ts'

const { signal } = new AbortController()
let drawn = 0

export interface Office {
  readonly at: MailboxesGround
  readonly anna: string
  readonly hello: string
  /** Her own mailbox. */
  readonly id: string
  /** Asks over HTTP, below the mailboxes of the workspace. */
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  add(address?: string, level?: Level): Promise<Record<string, unknown>>
  /** The id of hello@, once it is added. */
  added(level?: Level): Promise<string>
  check(which: string): Promise<unknown>
  mailbox(which: string): Promise<Mailbox | undefined>
  /** Its health with the reason. */
  standing(which: string): Promise<string | undefined>
  comeBack(
    authorizeUrl: unknown,
    answer?: { readonly shared?: Level | undefined },
  ): Promise<CameBack | undefined>
  /** Allows shared mailboxes at the provider. */
  allow(level?: Level): Promise<void>
  open(which: string): Promise<OpenMailbox>
  grant(): Promise<Grant | undefined>
}

/** Anna's account, with which hello@ is shared; she has allowed shared mailboxes unless told. */
export async function office(
  database: Database,
  wish: { readonly level?: Level; readonly allowed?: boolean } = {},
): Promise<Office> {
  const { level = 'full', allowed = true } = wish
  const domain = `shared-${(drawn += 1)}.example`
  const [anna, hello] = [`anna@${domain}`, `hello@${domain}`]
  const at = await mailboxesGround(database, { seed: domain })
  at.outside.account(anna, 'Anna Keller')
  at.outside.account(hello, '')
  at.outside.share(hello, anna, { read: true, sendAs: true })
  const id = await at.connect(anna, level)
  const actor = { personId: at.personId, role: 'owner', name: 'Anna Keller' } as const
  const asked = asActor({ ...actor, workspaceId: at.workspaceId, language: 'en' }, at.routes())
  async function ask(method: string, path: string, body: object = {}): Promise<Record<string, unknown>> {
    const answer = await asked.request(`/workspaces/${at.workspaceId}/mailboxes/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const world: Office = {
    at,
    anna,
    hello,
    id,
    ask,
    add: async (address = hello, wished: Level = level) =>
      await ask('POST', `${id}/shared-mailboxes`, { address, name: 'Nordlicht', level: wished }),
    async added(wished: Level = level): Promise<string> {
      return String((await world.add(hello, wished))['mailboxId'])
    },
    check: async (which: string) => (await ask('POST', `${which}/check-sender`))['sender'],
    mailbox: (which: string) => at.inside((tx) => mailboxById(tx, which)),
    async standing(which: string) {
      const { health, healthReason } = (await world.mailbox(which)) ?? {}
      return healthReason === undefined ? health : `${health}: ${healthReason}`
    },
    async comeBack(authorizeUrl: unknown, answer: { readonly shared?: Level | undefined } = {}) {
      const callbackUrl = at.outside.consent(String(authorizeUrl), { account: anna, ...answer })
      return await at.mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
    },
    async allow(wished: Level = level) {
      const meant = { address: hello, name: 'Nordlicht', level: wished }
      await world.comeBack((await ask('POST', `${id}/shared-consent`, meant))['authorizeUrl'])
    },
    async open(which: string) {
      const opened = await at.mailboxes.open(at.workspaceId, which, 'pull')
      if (!opened.ok) throw new Error(opened.failure.diagnostic)
      return opened.value
    },
    grant: async () => {
      const grantId = (await world.mailbox(id))?.grantId ?? ''
      return await at.inside((tx) => grantById(tx, grantId))
    },
  }
  if (allowed) await world.allow()
  return world
}
