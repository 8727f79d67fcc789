/** English words of `welcome`. */
export const words = {
  title: 'welcome',
} as const
