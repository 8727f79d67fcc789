/** A provider of which nothing but sending (and looking for what was sent) may be asked. */
import type { MailProvider } from '../mailboxes/provider.ts'

export function sendingProvider(
  send: MailProvider['send'],
  findSent: MailProvider['findSent'] = never,
): MailProvider {
  return {
    identity: never,
    changesSince: never,
    changesBetween: never,
    threadHeaders: never,
    writtenBy: never,
    raw: never,
    identities: never,
    watch: never,
    unwatch: never,
    send,
    findSent,
  }
}

function never(): never {
  throw new Error('not asked here')
}
