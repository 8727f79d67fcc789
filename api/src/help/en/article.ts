/** The help article in English, in the order in which it is read. */
import type { Article } from '../article.ts'
import { levels, sent, setup } from './connecting.ts'
import { access, disconnect, uncaptured } from './privacy.ts'
import { limits, order } from './sending.ts'

export const article: Article = {
  title: 'Email integration',
  lead: 'Kontor sends from your team’s own mailboxes and brings the replies to exactly those emails into one place. This article says what that takes: which permissions, which limits, what is stored, and how to take it all back.',
  revised: '2026-11-26',
  revisedLine: 'As of {date}',
  contents: { title: 'Contents', page: 'Page' },
  pageLine: 'Page {page} of {pages}',
  contacts: { chat: 'Live chat', community: 'Community', admin: 'Email to the admin of this Kontor' },
  sections: [
    setup,
    sent,
    levels,
    access,
    limits,
    order,
    uncaptured,
    disconnect,
    {
      id: 'pdf',
      title: 'This article as a PDF',
      blocks: [
        {
          kind: 'paragraph',
          text: 'For your IT, for data protection or for your files: this article exists as a PDF in English and German, with the same words as on the screen.',
        },
      ],
    },
    {
      id: 'more',
      title: 'Need more help?',
      blocks: [
        { kind: 'paragraph', text: 'The admins of your workspace know your setup and are the first to ask.' },
      ],
    },
  ],
}
