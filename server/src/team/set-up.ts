/**
 * Owns the first start: a one-time link, printed by the terminal until somebody has opened it, makes its holder the
 * owner of the first workspace. Of two people at once exactly one becomes owner.
 *
 * Only the hash of the link's token is stored, so each start prints a new link and the newest one counts.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { hashPassword } from './password.ts'
import { audit } from './store-audit.ts'
import { closeSetup, insertPerson, lockSetup, openSetup, readSetupDone } from './store-people.ts'
import { insertMembership, insertWorkspace } from './store.ts'
import { signInKey } from './sign-in-address.ts'

export type SetUp = {
  readonly token: string
  readonly name: string
  readonly address: string
  readonly password: string
  readonly workspaceName: string
  readonly language: 'en' | 'de'
  readonly zone: string
}
export type SetUpOutcome = 'owner' | 'setup_done' | 'setup_token_wrong'

/** A new token for the link, or undefined when there is an owner. */
export async function printableSetupToken(parts: {
  readonly database: Database
  readonly ids: Ids
}): Promise<string | undefined> {
  const token = parts.ids.token(32)
  const open = await parts.database.inSystem((tx) => openSetup(tx, hashOf(token)))
  return open ? token : undefined
}

export async function setupNeeded(parts: { readonly database: Database }): Promise<boolean> {
  return !(await parts.database.inSystem(readSetupDone))
}

/** Makes the owner and the first workspace, once. */
export async function setUp(
  parts: { readonly database: Database; readonly ids: Ids },
  wish: SetUp,
): Promise<SetUpOutcome> {
  const passwordHash = await hashPassword(wish.password)
  const workspaceId = parts.ids.uuid()
  return parts.database.inWorkspace(workspaceId, async (tx) => {
    const setup = await lockSetup(tx)
    if (setup.state === 'done') return 'setup_done'
    if (setup.state !== 'open' || !sameText(setup.hash, hashOf(wish.token))) return 'setup_token_wrong'
    const personId = parts.ids.uuid()
    await closeSetup(tx)
    const person = { id: personId, name: wish.name, address: wish.address, language: wish.language }
    await insertPerson(tx, { ...person, addressKey: signInKey(wish.address), passwordHash }, parts.ids.uuid())
    await insertWorkspace(tx, {
      id: workspaceId,
      name: wish.workspaceName,
      language: wish.language,
      zone: wish.zone,
    })
    await insertMembership(tx, { workspaceId, personId, role: 'owner' })
    await audit(tx, {
      actor: { personId, name: wish.name },
      action: 'workspace.created',
      subject: wish.workspaceName,
    })
    return 'owner'
  })
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function sameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
}
