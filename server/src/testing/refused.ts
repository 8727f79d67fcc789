/** For tests of adapters: a refusal ordered of the practice world, and what the product makes of it. */
import type { MailProvider, Outcome } from '../mailboxes/provider.ts'

const { signal } = new AbortController()

/** What is asked while the provider refuses: `read` for changes, `message` for the headers of one, `send` for a mail. */
export type Asked = 'read' | 'message' | 'send'

/** The kind of failure, with its reason where it has one; `done` when nothing failed. `refuse` gives the order, and its end. */
export async function meaning(
  at: {
    readonly provider: MailProvider
    readonly address: string
    readonly other: { readonly address: string }
  },
  asked: Asked,
  refuse: () => Promise<() => Promise<unknown>>,
): Promise<string> {
  const { provider, address, other } = at
  const first = await provider.changesSince(undefined, signal)
  const end = await refuse()
  const answer = await ask()
  await end()
  return said(answer)

  async function ask(): Promise<Outcome<unknown>> {
    if (asked === 'read') return await provider.changesSince(first.ok ? first.value.cursor : '', signal)
    if (asked === 'message') return await provider.threadHeaders('x', signal)
    const bytes = Buffer.from(`From: ${address}\r\nTo: ${other.address}\r\nSubject: s\r\n\r\nText\r\n`)
    return await provider.send(bytes, undefined, signal)
  }
}

function said(answer: Outcome<unknown>): string {
  if (answer.ok) return 'done'
  return 'why' in answer.failure ? `${answer.failure.kind} ${answer.failure.why}` : answer.failure.kind
}
