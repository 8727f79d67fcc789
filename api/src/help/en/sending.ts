/** The daily limits and the order of the queue, in English. */
import type { Section } from '../article.ts'
import { kindNames } from './terms.ts'

export const limits: Section = {
  id: 'limits',
  title: 'What are the daily sending limits?',
  blocks: [
    {
      kind: 'paragraph',
      text: [
        { strong: '300 emails per connected address and day.' },
        ' The count covers everything that Kontor sends from the address, personal emails included; an email counts once, whatever its number of recipients. The owner of the mailbox may lower the limit.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Providers slow down or block addresses that suddenly send a lot, and what they block first is what matters to you: your everyday email. The limit keeps your address well below that line.',
    },
    {
      kind: 'list',
      entries: [
        [
          { strong: 'The rest waits for the next available day. ' },
          'It keeps its place; nothing is refused for being too much. A day is a calendar day in the time zone of the mailbox, and the outbox says of every email when it will leave.',
        ],
        [
          { strong: 'Two addresses send 600. ' },
          'Each has its own 300, and they do not wait for each other. The same address connected twice shares one count.',
        ],
        [
          { strong: 'You choose the address. ' },
          'Kontor never spreads emails over several addresses by itself: providers count that as evading their limits.',
        ],
        [
          { strong: 'Personal emails always get through. ' },
          '20 of the 300 are kept for them until two hours before sending times end; then they are released, so that all 300 can leave.',
        ],
        [
          { strong: 'The provider has the last word. ' },
          'If it asks Kontor to wait, the emails wait. For private Gmail accounts Kontor also stops at 450 within any 24 hours, because Google counts that way.',
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: [
        'What leaves first when not everything fits into one day is fixed: see the ',
        { link: 'order of the queue', to: '#order' },
        '.',
      ],
    },
  ],
}

export const order: Section = {
  id: 'order',
  title: 'The order of the queue',
  blocks: [
    { kind: 'paragraph', text: 'Within one mailbox, waiting emails leave in this order:' },
    {
      kind: 'steps',
      entries: [kindNames.invitation, kindNames.approval, kindNames.bulk, kindNames.rejection],
    },
    {
      kind: 'paragraph',
      text: 'Within a line it is first in, first out. What stands higher overtakes everything that has not left yet, even if it was written later. Personal emails and replies go before all four, at any time of day; the four keep to the sending times of the mailbox and to a short gap between two emails.',
    },
    {
      kind: 'paragraph',
      text: 'So that rejections are not put off for ever, a decision can carry a date by which the reply was promised; on that day it moves to the front.',
    },
  ],
}
