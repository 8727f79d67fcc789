/** What every provider does about further addresses of an account: which are named, and as whom a mail leaves. */
import { expect } from 'vitest'
import type { Fact } from './provider-hands.contract.ts'
import { kindOf, ours, position, senderSeen, signal, value } from './provider-hands.contract.ts'

export function identityContract(fact: Fact): void {
  fact('the own address is named as the primary one', async (at) => {
    const named = value(await at.provider.identities(signal))
    expect(named.filter((one) => one.primary).map((one) => one.address)).toEqual([at.address])
  })

  fact(
    'another address is named once its owner has confirmed it, and not any longer than that',
    async (at) => {
      const alias = `also.${at.address}`
      const others = async () =>
        value(await at.provider.identities(signal)).flatMap((one) => (one.primary ? [] : [one.address]))
      const before = await others()
      await at.alias(alias, true)
      const meanwhile = await others()
      await at.alias(alias, false)
      expect([before, meanwhile, await others()]).toEqual([[], [alias], []])
    },
    'aliases',
  )

  fact(
    'a mail from a confirmed address leaves from it',
    async (at) => {
      const from = `also.${at.address}`
      await at.alias(from, true)
      const cursor = await position(at.other.provider)
      value(await at.provider.send(ours(at, { from }).bytes, undefined, signal))
      expect(await senderSeen(at, cursor)).toBe(from)
    },
    'aliases',
  )

  fact(
    'a mail from an address that is not confirmed leaves from the own one, and nobody is told',
    async (at) => {
      const cursor = await position(at.other.provider)
      value(await at.provider.send(ours(at, { from: `not.${at.address}` }).bytes, undefined, signal))
      expect(await senderSeen(at, cursor)).toBe(at.address)
    },
    'aliases',
  )

  fact(
    'a mail from a shared mailbox leaves from its address, and the mailbox is read',
    async (at) => {
      const { provider, address } = await at.shared()
      const cursor = await position(at.other.provider)
      const begun = await position(provider)
      value(await provider.send(ours(at, { from: address }).bytes, undefined, signal))
      const told = value(await provider.changesSince(begun, signal)).changes.map(({ own }) => own)
      expect([await senderSeen(at, cursor), told]).toEqual([address, [true]])
    },
    'shared mailboxes',
  )

  fact(
    'a shared mailbox that may not be opened is refused for sending and reading, and the own one is not',
    async (at) => {
      const { provider, address, rights } = await at.shared()
      const cursor = await position(provider)
      await rights({ read: false, sendAs: true })
      const asked = [
        await provider.send(ours(at, { from: address }).bytes, undefined, signal),
        await provider.changesSince(cursor, signal),
        await provider.identities(signal),
        await at.provider.identities(signal),
      ]
      expect(asked.map(kindOf)).toEqual(['mailbox_refused', 'mailbox_refused', 'mailbox_refused', 'ok'])
    },
    'shared mailboxes',
  )

  fact(
    'a shared mailbox that may not be sent from is refused as sender, and still read',
    async (at) => {
      const { provider, address, rights } = await at.shared()
      await rights({ read: true, sendAs: false })
      const asked = [
        await provider.send(ours(at, { from: address }).bytes, undefined, signal),
        await provider.changesSince(undefined, signal),
      ]
      expect(asked.map(kindOf)).toEqual(['sender_refused', 'ok'])
    },
    'shared mailboxes',
  )
}
