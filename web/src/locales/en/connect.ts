/** English words of `connect`. */
export const words = {
  title: 'connect',
} as const
