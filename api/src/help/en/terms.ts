/** English words that screens, help and PDF must say alike: levels, the order of the queue, Google's statement. */

export const levelNames = { full: 'Full Access', send_only: 'Send Only Access' } as const
export const levelSentences = {
  full: 'Send, read replies and reply here. The whole conversation stays in one place.',
  send_only: 'Send from here. Replies stay private in your own inbox.',
} as const
export const kindNames = {
  direct: 'Personal emails and replies',
  invitation: 'Campaign invitations',
  approval: 'Application approvals',
  bulk: 'Campaign bulk messages',
  rejection: 'Application rejections',
} as const

/** The sentence that Google asks every app with these permissions to publish, around the name of its policy. */
export const limitedUse = {
  before:
    'Kontor’s use and transfer to any other app of information received from Google APIs will adhere to the ',
  after: ', including the Limited Use requirements.',
} as const

export const downloadPdf = 'Download our PDF'
