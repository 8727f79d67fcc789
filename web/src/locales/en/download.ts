/** English words of the page behind a link to a file. Read by creators and whoever else got the mail. */
export const words = {
  title: 'A file for you',
  from: 'From {{name}}, {{size}}',
  until: 'Here until {{when}}',
  act: 'Download',
  over: 'This link no longer works',
  overBody: 'It has expired, or the sender has ended it. Ask the sender for a new one.',
  failed: 'The file cannot be reached right now.',
  again: 'Try again',
} as const
