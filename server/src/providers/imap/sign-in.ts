/**
 * Signing in by password: find the servers, sign in at each that the level needs, and keep what worked. What did not is told
 * as a complaint. Nothing is sent, no message is looked at.
 */
import type {
  Level,
  MailServer,
  PasswordSignIn,
  SignedIn,
  SignInComplaint,
  TypedSignIn,
} from '../../mailboxes/consent.ts'
import { addressKey } from '../../mail/address.ts'
import { complaintIn, toldBy } from './errors.ts'
import { foldersOf } from './folders.ts'
import type { MailServers } from './known-servers.ts'
import type { Place, Places } from './places.ts'
import type { Login, Secret } from './secret.ts'
import { readSecret, writeSecret } from './secret.ts'
import { connectImap } from './session.ts'
import { NoLoginError, withSmtp } from './smtp.ts'

export interface SignInParts {
  readonly places: Places
  /** Real time. */
  readonly now: () => Temporal.Instant
}

/** Signs in where the level needs it; what does not work, undefined when all does. */
export async function tryServers(
  places: Places,
  servers: Pick<MailServers, 'smtp' | 'imap'>,
  login: Login,
  level: Level,
  signal: AbortSignal,
): Promise<SignInComplaint | undefined> {
  for (const at of level === 'full' ? (['smtp', 'imap'] as const) : (['smtp'] as const)) {
    const wrong = await tried(places, at, { server: servers[at], login }, signal)
    if (wrong !== undefined) return { at, ...wrong, server: servers[at].host }
  }
  return undefined
}

type Trial = { readonly verdict: SignInComplaint['verdict']; readonly detail: string } | undefined

async function tried(
  places: Places,
  speaks: 'smtp' | 'imap',
  { server, login }: { readonly server: MailServer; readonly login: Login },
  signal: AbortSignal,
): Promise<Trial> {
  try {
    const reached = await places.reach(server, speaks)
    if (!reached.ok) return reached
    return speaks === 'smtp'
      ? await withSmtp(reached.place, login, signal, async () => undefined)
      : await reads(reached.place, login, signal)
  } catch (error) {
    if (error instanceof NoLoginError) return { verdict: 'no_login', detail: '' }
    const told = toldBy(error)
    return { verdict: complaintIn(told, speaks), detail: (told.response || told.code).slice(0, 300) }
  }
}

export function passwordSignIn({ places, now }: SignInParts): PasswordSignIn {
  return {
    async signIn(typed, level, signal, before) {
      const last = before === undefined ? undefined : readSecret(before)
      const { address, password, user = last?.user ?? address } = typed
      const found = await serversOf(places, typed, last)
      if (found === undefined)
        return { ok: false, complaint: { at: 'address', verdict: 'servers_unknown', detail: '' } }
      const { appPasswords } = found
      const wrong = await tryServers(places, found, { user, password }, level, signal)
      if (wrong !== undefined) {
        const hint = wrong.verdict === 'login_refused' && appPasswords !== undefined ? { appPasswords } : {}
        return { ok: false, complaint: { ...wrong, ...hint } }
      }
      return { ok: true, value: kept({ ...typed, user }, level, found, now()) }
    },
  }
}

async function reads(place: Place, login: Login, signal: AbortSignal): Promise<Trial> {
  const client = await connectImap(place, login, signal)
  try {
    const folders = await foldersOf(client)
    return folders.some((folder) => folder.sent) ? undefined : { verdict: 'no_sent_folder', detail: '' }
  } finally {
    await client.logout().catch(() => client.close())
  }
}

/** As typed, else as before, else as found from the address. */
async function serversOf(
  places: Places,
  { address, smtp, imap }: TypedSignIn,
  last: Pick<Secret, 'smtp' | 'imap'> | undefined,
): Promise<MailServers | undefined> {
  const known = await places.serversFor(address)
  const servers = {
    smtp: smtp ?? last?.smtp ?? known?.smtp,
    imap: imap ?? last?.imap ?? known?.imap ?? smtp ?? last?.smtp,
  }
  if (servers.smtp === undefined || servers.imap === undefined) return undefined
  const { appPasswords } = known ?? {}
  return { smtp: servers.smtp, imap: servers.imap, ...(appPasswords === undefined ? {} : { appPasswords }) }
}

/** A password has no end of its own; the server says when it does not work any more. */
const endlessHours = 24 * 365 * 100

function kept(
  { address, name, user, password }: TypedSignIn & { readonly user: string },
  level: Level,
  { smtp, imap }: MailServers,
  now: Temporal.Instant,
): SignedIn {
  const token = writeSecret({ address, name, user, password, smtp, ...(level === 'full' ? { imap } : {}) })
  return {
    tokens: {
      accessToken: token,
      refreshToken: token,
      expiresAt: now.add({ hours: endlessHours }),
      scopes: [],
    },
    account: { accountId: addressKey(address), address, name },
    granted: { send: true, read: level === 'full' },
  }
}
