/**
 * Before many mails are queued: whether the sender can leave at all. Another address of an account is asked for at the
 * provider, which may have taken it away meanwhile; the rest is known.
 */
import { type Mailbox, SenderCheck } from '@kontor/api/mailboxes'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Banner } from '../ui/states.tsx'
import { useHealth } from './health.ts'

export function PlanSender({ mailbox }: { readonly mailbox: Mailbox | undefined }): ReactElement | null {
  const { t } = useTranslation('campaigns')
  const here = useHere()
  const client = useQueryClient()
  const healthOf = useHealth()
  const id = mailbox?.id ?? ''
  const asked = useQuery({
    queryKey: ['check-sender', id],
    queryFn: () => api.post(here.path(`/mailboxes/${id}/check-sender`), SenderCheck),
    enabled: mailbox !== undefined && mailbox.place === 'alias',
    retry: false,
  })
  const refused = asked.data?.sender === 'refused'
  useEffect(() => {
    if (refused) void client.invalidateQueries({ queryKey: here.key('mailboxes') })
  }, [client, here, refused])
  if (mailbox === undefined) return null
  const health = healthOf(mailbox)
  if (!refused && health.tone !== 'problem') return null
  return (
    <Banner
      tone="problem"
      act={
        <ButtonLink to="/settings/integrations/$mailboxId" params={{ mailboxId: mailbox.id }}>
          {t('plan.toMailbox')}
        </ButtonLink>
      }
    >
      {refused
        ? t('plan.senderRefused', { address: mailbox.address })
        : t('plan.senderStopped', { address: mailbox.address, why: health.sentence })}
    </Banner>
  )
}
