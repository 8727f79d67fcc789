/** Under a connected mailbox: that reading waits for an admin at the provider, and what can be done meanwhile. */
import type { AdminRequest, Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { AdminLink } from './admin-link.tsx'
import { useAskAdmin, useLevelChange, useReconnect, useStopWaiting } from './asks.ts'
import styles from './mailboxes.module.css'

interface LineProps {
  readonly mailbox: Mailbox
  readonly request: AdminRequest | undefined
}

/** Nothing where nobody is waited for. */
export function AdminLine({ mailbox, request }: LineProps): ReactElement | null {
  if (!mailbox.maySteer) return null
  if (mailbox.health === 'waiting_for_admin') return <Broken mailbox={mailbox} request={request} />
  if (request?.shared) return <Shared request={request} />
  if (request && mailbox.level === 'send_only') return <Wider mailbox={mailbox} request={request} />
  return null
}

/** The mailbox goes on; those that are shared with its account wait. */
function Shared({ request }: { readonly request: AdminRequest }): ReactElement {
  const { t } = useTranslation('settings')
  const sentence = useProblemSentence()
  const stop = useStopWaiting(request.id)
  const { answer } = request
  const told = { agreed: 'admin.sharedAgreed', declined: 'admin.sharedDeclined' } as const
  return (
    <div className={styles['rowActs']}>
      <span className={styles['wide']}>{t(answer ? told[answer] : 'admin.shared')}</span>
      {answer === 'agreed' ? null : <AdminLink request={request} />}
      <Button look="link" busy={stop.isPending} onClick={() => stop.mutate()}>
        {t('admin.stop')}
      </Button>
      {stop.error ? <ProblemBanner sentence={sentence(stop.error)} /> : null}
    </div>
  )
}

/** The admin took the consent back: nothing leaves and nothing is read until it is given again. */
function Broken({ mailbox, request }: LineProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const sentence = useProblemSentence()
  const ask = useAskAdmin()
  const reconnect = useReconnect(mailbox.id)
  const change = useLevelChange(mailbox.id)
  const failed = ask.error ?? reconnect.error ?? change.error
  const agreed = request?.answer === 'agreed'
  return (
    <div className={styles['rowActs']}>
      {agreed ? <span className={styles['wide']}>{t('admin.agreed')}</span> : null}
      {request && !agreed ? <AdminLink request={request} /> : null}
      {request ? null : (
        <Button
          look="link"
          busy={ask.isPending}
          onClick={() => ask.mutate({ endpoint: mailbox.endpoint, mailboxId: mailbox.id })}
        >
          {t('admin.link')}
        </Button>
      )}
      <Button
        look={agreed ? 'primary' : 'plain'}
        busy={reconnect.isPending}
        onClick={() => reconnect.mutate()}
      >
        {t('reconnect.act')}
      </Button>
      {mailbox.level === 'full' ? (
        <Button look="link" busy={change.isPending} onClick={() => change.mutate({ level: 'send_only' })}>
          {part('level.send_only')}
        </Button>
      ) : null}
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
    </div>
  )
}

/** Send Only works on; Full Access was asked for and waits. */
function Wider({
  mailbox,
  request,
}: {
  readonly mailbox: Mailbox
  readonly request: AdminRequest
}): ReactElement {
  const { t } = useTranslation('settings')
  const sentence = useProblemSentence()
  const change = useLevelChange(mailbox.id)
  const stop = useStopWaiting(request.id)
  const failed = change.error ?? stop.error
  const { answer } = request
  const told = { agreed: 'admin.ofMailboxAgreed', declined: 'admin.ofMailboxDeclined' } as const
  return (
    <div className={styles['rowActs']}>
      <span className={styles['wide']}>{t(answer ? told[answer] : 'admin.ofMailbox')}</span>
      {answer === 'agreed' ? (
        <Button look="primary" busy={change.isPending} onClick={() => change.mutate({ level: 'full' })}>
          {t('admin.connect')}
        </Button>
      ) : (
        <AdminLink request={request} />
      )}
      <Button look="link" busy={stop.isPending} onClick={() => stop.mutate()}>
        {t('admin.stop')}
      </Button>
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
    </div>
  )
}
