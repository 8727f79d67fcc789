/** What every route of the control interface reads: its body, the mailbox it is about, the page of a record. */
import type { Context } from 'hono'
import { InputError, Reader } from '../json.ts'
import { addressKey } from '../mime/addresses.ts'
import type { Page } from '../records.ts'
import { accountAt } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'

const MOST_ROWS = 5000

export async function readBody(c: Context): Promise<Reader> {
  const text = await c.req.text()
  return new Reader(text === '' ? {} : JSON.parse(text))
}

export function knownMailbox(store: Store, address: string): string {
  const account = accountAt(store, address)
  if (account === undefined) throw new InputError(`There is no mailbox ${address}.`)
  return account.key
}

export function mailboxOf(c: Context): string | undefined {
  const mailbox = c.req.query('mailbox')
  return mailbox === undefined || mailbox === '' ? undefined : addressKey(mailbox)
}

export function readPage(c: Context): Page {
  const since = Number(c.req.query('since') ?? 0)
  const limit = Number(c.req.query('limit') ?? 1000)
  if (!Number.isInteger(since) || !Number.isInteger(limit) || limit < 1)
    throw new InputError('"since" and "limit" must be whole numbers.')
  return { since, limit: Math.min(limit, MOST_ROWS), mailbox: mailboxOf(c) }
}
