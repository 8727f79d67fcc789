/** English words of `settings`. */
export const words = {
  title: 'settings',
} as const
