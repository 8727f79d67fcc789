/** A provider that takes a mail by one plain request, and tells by another whether it took it. */
import type { MailProvider } from '../../../server/src/mailboxes/provider.ts'
import { sendingProvider } from '../../../server/src/testing/sending-provider.ts'

export function plainProvider(url: string): MailProvider {
  return sendingProvider(
    async (raw, _thread, signal) => {
      try {
        const answer = await fetch(`${url}/send`, { method: 'POST', body: Buffer.from(raw), signal })
        const { id } = (await answer.json()) as { id: string }
        return { ok: true, value: { providerMessageId: id, providerThreadId: `t${id}` } }
      } catch (error) {
        return { ok: false, failure: { kind: 'unknown_outcome', diagnostic: String(error) } }
      }
    },
    async ({ messageId }, signal) => {
      const answer = await fetch(`${url}/find?id=${encodeURIComponent(messageId)}`, { signal })
      const { id } = (await answer.json()) as { id?: string }
      const value = id === undefined ? undefined : { providerMessageId: id, providerThreadId: `t${id}` }
      return { ok: true, value }
    },
  )
}
