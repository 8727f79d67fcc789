import { expect, test } from 'vitest'
import type { SharedMailbox } from '../mailboxes/consent.ts'
import type { ProviderUnderTest } from '../mailboxes/provider.contract.ts'
import { lackedBy, providerContract } from '../mailboxes/provider.contract.ts'
import { steppedClock } from './clock.ts'
import type { MemoryProviderOptions, SharedRights } from './memory-hands.ts'
import { SimulatedCrash, createMemoryProvider } from './memory-provider.ts'
import { signInAt } from './signed-in.ts'

const cut = { before: 'cut_before', after: 'cut_after' } as const

async function openMemory(
  options: Pick<MemoryProviderOptions, 'rewritesMessageId' | 'silent'>,
): Promise<ProviderUnderTest> {
  const clock = steppedClock()
  const outside = createMemoryProvider({ now: clock.now, pageSize: 5, ...options })
  const address = 'anna.keller@brand.example'
  outside.account(address, 'Anna Keller')
  outside.account('ben@brand.example', 'Ben Ito')
  const signedIn = async (level: 'full' | 'send_only', shared?: SharedMailbox) => {
    const answer = (url: string) => outside.consent(url, { account: address })
    return (await signInAt(outside.adapter, level, answer, shared)).provider
  }
  return {
    provider: await signedIn('full'),
    traits: outside.adapter.traits,
    address,
    name: 'Anna Keller',
    other: { address: 'ben@brand.example', provider: outside.open('ben@brand.example') },
    now: async () => clock.now(),
    deliver: async (raw) => {
      outside.deliver(address, raw)
    },
    disturb: async (next) => {
      outside.fault(address, { call: 'send', effect: next === 'cut_before' ? cut.before : cut.after })
    },
    throttle: async (until, _patience, asked) => {
      const effect = { kind: 'throttled', until, diagnostic: 'told to wait' } as const
      outside.fault(address, { call: asked === 'sending' ? 'send' : 'changesSince', effect })
    },
    expireCursors: async () => {
      outside.expireCursors(address)
    },
    sendOnly: () => signedIn('send_only'),
    endGrant: async () => {
      outside.endGrants(address)
    },
    elapse: async (seconds) => {
      await clock.step({ seconds })
    },
    watchWish: () => ({
      notifyUrl: 'https://kontor.example/n',
      lifecycleUrl: 'https://kontor.example/l',
      secret: 's',
    }),
    alias: async (alias, accepted) => {
      outside.alias(address, alias, accepted ? 'accepted' : 'gone')
    },
    shared: async () => {
      const lent = { address: 'hello@brand.example' }
      outside.account(lent.address, '')
      const rights = async (may: SharedRights) => outside.share(lent.address, address, may)
      await rights({ read: true, sendAs: true })
      return { ...lent, rights, provider: await signedIn('full', lent) }
    },
    fileSentAfter: () => Promise.reject(new Error('a copy is filed at once here')),
  }
}

const under = { patience: ['by a fault'], lacks: lackedBy['in memory'] }
providerContract('in memory, rewriting Message-IDs', under, () => openMemory({}))
providerContract('in memory, keeping Message-IDs', under, () => openMemory({ rewritesMessageId: false }))
providerContract('in memory, silent on sending', under, () =>
  openMemory({ rewritesMessageId: false, silent: true }),
)

test('a crash after the provider accepted leaves the mail accepted', async () => {
  const outside = createMemoryProvider({ now: () => Temporal.Instant.from('2026-03-10T09:00:00Z') })
  outside.account('anna@brand.example', 'Anna Keller')
  const raw = Buffer.from('From: anna@brand.example\r\nTo: mia@people.example\r\n\r\nText\r\n')
  const { signal } = new AbortController()
  outside.fault('anna@brand.example', { call: 'send', effect: 'crash_before' })
  outside.fault('anna@brand.example', { call: 'send', effect: 'crash_after' })
  const provider = outside.open('anna@brand.example')
  await expect(provider.send(raw, undefined, signal)).rejects.toThrow(SimulatedCrash)
  expect(outside.sent).toEqual([])
  await expect(provider.send(raw, undefined, signal)).rejects.toThrow(SimulatedCrash)
  expect(outside.sent.map((each) => Buffer.from(each.raw))).toEqual([raw])
})
