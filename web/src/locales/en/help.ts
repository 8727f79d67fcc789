/** English words of `help`. */
export const words = {
  title: 'help',
} as const
