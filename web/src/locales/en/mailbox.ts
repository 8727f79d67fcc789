/** English words of `mailbox`. */
export const words = {
  title: 'mailbox',
} as const
