/** English words of `outbox`. */
export const words = {
  title: 'outbox',
} as const
