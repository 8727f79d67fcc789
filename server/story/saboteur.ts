/** Somebody who signs in at the practice providers on their own and reads past the product, which knows nothing of it. */
import { ImapFlow } from 'imapflow'
import type { Sender } from './cast.ts'
import { mailServerPassword } from './stage.ts'
import type { Stage } from './stage.ts'

type Reached = Pick<Stage, 'practice'>
type Account = Pick<Sender, 'provider' | 'address'>

/** `name`: as clients of that mailbox call the message. */
export async function openMessage(stage: Reached, account: Account, name: string): Promise<void> {
  if (account.provider === 'imap') return await fetchMessage(stage, account, name)
  const token = await ownToken(stage, account)
  const id = encodeURIComponent(name)
  const path =
    account.provider === 'gmail'
      ? `/gmail/v1/users/me/messages/${id}?format=raw`
      : `/graph/v1.0/me/messages/${id}/$value`
  const answer = await fetch(stage.practice.base + path, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`the saboteur was told ${answer.status}`)
}

async function fetchMessage({ practice }: Reached, { address }: Account, name: string): Promise<void> {
  const servers = (await (await fetch(`${practice.base}/post/servers`)).json()) as { imap: number }
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: servers.imap,
    secure: false,
    auth: { user: address, pass: mailServerPassword },
    logger: false,
  })
  await client.connect()
  const [, folder = '', uid = ''] = /^([^;]+);.*UID=(\d+)$/.exec(name) ?? []
  await client.mailboxOpen(decodeURIComponent(folder), { readOnly: true })
  const found = await client.fetchOne(uid, { source: true }, { uid: true })
  await client.logout()
  if (!found) throw new Error('the saboteur found nothing')
}

const apps = {
  gmail: {
    authorize: '/google/o/oauth2/v2/auth',
    token: '/google/token',
    id: 'practice-client',
    secret: 'practice-secret',
    scope:
      'openid email https://www.googleapis.com/auth/gmail.send https://www.googleapis.com/auth/gmail.readonly',
  },
  microsoft: {
    authorize: '/microsoft/common/oauth2/v2.0/authorize',
    token: '/microsoft/common/oauth2/v2.0/token',
    id: 'practice-office-client',
    secret: 'practice-office-secret',
    scope: 'openid email offline_access Mail.Read Mail.Send User.Read',
  },
} as const

export async function ownToken({ practice }: Reached, { provider, address }: Account): Promise<string> {
  if (provider === 'imap') throw new Error('a mail server gives no tokens')
  const app = apps[provider]
  const redirect = 'http://127.0.0.1:9/back'
  const query = new URLSearchParams({
    client_id: app.id,
    redirect_uri: redirect,
    response_type: 'code',
    scope: app.scope,
    access_type: 'offline',
    prompt: 'consent',
    state: 'saboteur',
  })
  const back = await practice.consent(`${practice.base}${app.authorize}?${query.toString()}`, address, true)
  const answer = await fetch(practice.base + app.token, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(back).searchParams.get('code') ?? '',
      client_id: app.id,
      client_secret: app.secret,
      redirect_uri: redirect,
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error('the saboteur could not sign in')
  return token
}
