/** How many bytes of files one mail of a mailbox carries; without any limit while that is not known. */
import { useOwnSenders } from '../own-senders.ts'

export function useFilesLimit(mailboxId: string | undefined): number {
  const senders = useOwnSenders()
  const sender = mailboxId === undefined ? senders?.[0] : senders?.find((one) => one.mailboxId === mailboxId)
  return sender?.filesLimit ?? Number.POSITIVE_INFINITY
}
