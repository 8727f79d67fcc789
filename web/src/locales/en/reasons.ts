/** English words of `reasons`. */
export const words = {
  title: 'reasons',
} as const
