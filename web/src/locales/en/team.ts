/** English words of `team`. */
export const words = {
  title: 'team',
} as const
