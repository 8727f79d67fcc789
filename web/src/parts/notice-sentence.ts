/** A notice as one sentence, and where it leads. */
import type { Notice } from '@kontor/api/notices'
import { useTranslation } from 'react-i18next'

export function useNoticeSentence(): (notice: Pick<Notice, 'kind' | 'facts'>) => string {
  const { t } = useTranslation('notices')
  return ({ kind, facts }) => {
    const text = (name: string) => String(facts[name] ?? '')
    return t(`sentence.${kind}`, {
      address: text('address'),
      by: text('by'),
      contact: text('contact'),
      count: Number(facts['count'] ?? facts['waiting'] ?? 0),
      days: Number(facts['days'] ?? 0),
      place: text('name') === '' ? '' : t('inCampaign', { name: text('name') }),
    })
  }
}

/** The address of the screen where something can be done about it. */
export function noticeHref({ kind, subject, facts }: Pick<Notice, 'kind' | 'subject' | 'facts'>): string {
  switch (kind) {
    case 'mailbox_broken':
    case 'returned':
      return `/settings/integrations/${subject}`
    case 'in_doubt':
    case 'queue_long':
      return `/outbox?mailboxId=${subject}`
    case 'mention':
    case 'reply':
      return `/inbox/${subject}`
    case 'follow_up_due':
      return facts['campaignId'] ? `/campaigns/${facts['campaignId']}/follow-ups` : '/follow-ups'
    case 'follow_up_by_hand':
      return '/follow-ups'
  }
}
