/** What a contract test does to a mailbox from outside, at any provider of the practice world. */
import type { ProviderUnderTest } from '../mailboxes/provider.contract.ts'
import type { PracticeServer } from './practice-server.ts'
import { practiceTime } from './practice-server.ts'

const labelsOf = { spam: ['UNREAD', 'SPAM'], archive: ['UNREAD'], trash: ['UNREAD', 'TRASH'] } as const

type Hands = Pick<
  ProviderUnderTest,
  'now' | 'deliver' | 'disturb' | 'expireCursors' | 'endGrant' | 'elapse' | 'alias' | 'shared'
>

export function practiceHands(practice: PracticeServer, address: string): Hands {
  return {
    now: () => practiceTime(practice),
    async deliver(raw, where) {
      const labels = where === undefined ? {} : { labels: labelsOf[where] }
      const rawBase64 = Buffer.from(raw).toString('base64')
      await practice.control('/deliver', { to: address, rawBase64, ...labels })
    },
    async disturb(next) {
      const key = next === 'cut_before' ? 'cutBeforeAccept' : 'cutAfterAccept'
      await practice.control('/faults', { [key]: { every: 1, times: 1, mailbox: address } })
    },
    async expireCursors() {
      await practice.control('/faults', { historyTooOld: { mailbox: address, times: 1 } })
    },
    async endGrant() {
      await practice.control('/grants/end', { mailbox: address })
    },
    async alias(alias, accepted) {
      const sendAs = [{ address: alias, name: 'Anna Keller', accepted }]
      await practice.control('/accounts', { address, name: 'Anna Keller', sendAs })
    },
    shared: () => Promise.reject(new Error('nothing is shared here')),
    async elapse(seconds) {
      await practice.control('/clock', { advanceMs: seconds * 1000 })
    },
  }
}
