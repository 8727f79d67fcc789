/** What contacts show over HTTP. What is an agent here is called manager in the contract. */
import type * as api from '@kontor/api/contacts'
import type { z } from 'zod'
import type { Contact } from './contact.ts'

export function shown(contact: Contact): z.input<typeof api.Contact> {
  const { basisAt, pausedUntil, createdAt, agent, ...rest } = contact
  return {
    ...rest,
    tags: [...rest.tags],
    otherAddresses: [...rest.otherAddresses],
    otherHandles: [...rest.otherHandles],
    custom: { ...rest.custom },
    createdAt: createdAt.toString(),
    ...(agent === undefined ? {} : { manager: agent }),
    ...(basisAt === undefined ? {} : { basisAt: basisAt.toString() }),
    ...(pausedUntil === undefined ? {} : { pausedUntil: pausedUntil.toString() }),
  }
}
