/**
 * Disconnecting: the waiting emails are listed and decided, what is stored is kept or erased and can be taken along
 * first, and what happens to the permission is said before it happens. Afterwards the way to the certificate.
 */
import type { Disconnect } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { localeOf } from '../client/time.ts'
import { fileSize } from '@kontor/api/file-size'
import { MailboxPicker } from '../parts/mailbox-picker.tsx'
import { MovePlanned } from '../parts/move-plan.tsx'
import { sameAccount } from '../parts/same-account.ts'
import { Button } from '../ui/button.tsx'
import { Radios } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useDisconnect } from './asks.ts'
import { useMovePlan, useNextWaiting, useStored } from './asks-privacy.ts'
import type { DialogProps } from './dialog-props.ts'
import styles from './disconnect-dialog.module.css'
import { Downloads } from './stored-mail.tsx'
import { WaitingProgress } from './waiting-progress.tsx'

export function DisconnectDialog(props: DialogProps): ReactElement {
  const { mailbox, others, close } = props
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const disconnect = useDisconnect(mailbox.id)
  const stored = useStored(mailbox.id, true).data
  const locale = localeOf(useLanguage())
  const [wish, setWish, forget] = useDraft<Disconnect>(`disconnect.${mailbox.id}`, {
    queue: 'hold',
    stored: 'keep',
  })
  const { address } = mailbox
  const beside = sameAccount(mailbox, others).map((one) => one.address)
  const senders = others.filter(
    (one) => one.id !== mailbox.id && one.maySend && one.health !== 'disconnected',
  )
  const incomplete = wish.queue === 'reassign' && !wish.reassignTo

  if (disconnect.data) return <Done {...props} done={disconnect.data} wish={wish} senders={senders.length} />
  return (
    <Dialog
      title={t('disconnect.title', { address })}
      opened
      close={close}
      width={560}
      acts={
        <>
          <Button
            look="problem"
            busy={disconnect.isPending}
            disabled={incomplete}
            onClick={() => disconnect.mutate(wish, { onSuccess: forget })}
          >
            {t('disconnect.act', { address })}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {disconnect.error ? <ProblemBanner sentence={sentence(disconnect.error)} /> : null}
      {mailbox.capacity.waiting > 0 ? (
        <>
          <Radios
            legend={t('disconnect.queue', { count: mailbox.capacity.waiting })}
            value={wish.queue}
            onChoose={(queue) => setWish({ ...wish, queue })}
            options={[
              { value: 'hold', label: t('disconnect.hold'), hint: t('disconnect.holdHint') },
              {
                value: 'reassign',
                label: t('disconnect.reassign'),
                hint: t('disconnect.reassignHint'),
                disabled: senders.length === 0,
              },
              { value: 'cancel', label: t('disconnect.cancel'), hint: t('disconnect.cancelHint') },
            ]}
          />
          {wish.queue === 'reassign' ? (
            <>
              <MailboxPicker
                label={t('disconnect.to')}
                mailboxes={senders}
                value={wish.reassignTo ?? ''}
                any="–"
                choose={(reassignTo) => setWish({ ...wish, reassignTo })}
              />
              {wish.reassignTo ? <There mailbox={mailbox} to={wish.reassignTo} /> : null}
            </>
          ) : null}
          <Waiting {...props} />
        </>
      ) : (
        <p>{t('disconnect.queueEmpty')}</p>
      )}
      <Radios
        legend={t('disconnect.stored', {
          count: stored?.messages ?? 0,
          size: fileSize(stored?.bytes ?? 0, locale),
        })}
        value={wish.stored}
        onChoose={(keepOrErase) => setWish({ ...wish, stored: keepOrErase })}
        options={[
          { value: 'keep', label: t('disconnect.keep'), hint: t('disconnect.keepHint') },
          { value: 'erase', label: t('disconnect.erase'), hint: t('disconnect.eraseHint') },
        ]}
      />
      {(stored?.messages ?? 0) > 0 ? (
        <div className={styles['take']}>
          <span>{t('disconnect.take')}</span>
          <Downloads mailbox={mailbox} />
        </div>
      ) : null}
      <p className={styles['permission']}>
        {beside.length > 0
          ? t('disconnect.permissionStays', { addresses: beside })
          : t(`disconnect.permission.${mailbox.provider}`)}
      </p>
    </Dialog>
  )
}

function There({ mailbox, to }: Pick<DialogProps, 'mailbox'> & { readonly to: string }): ReactElement {
  return <MovePlanned asked={useMovePlan(mailbox.id, to)} />
}

/** The next ones by name, so that nobody decides about a number. */
function Waiting({ mailbox }: DialogProps): ReactElement | null {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const next = useNextWaiting(mailbox.id).data ?? []
  if (next.length === 0) return null
  const more = mailbox.capacity.waiting - next.length
  return (
    <div className={styles['waiting']}>
      <ul aria-label={t('disconnect.listed')}>
        {next.map((mail) => (
          <li key={mail.id}>
            <b>{mail.toName || mail.to}</b>
            <span>
              {[part(`kind.${mail.kind}`), mail.campaignName ?? mail.subject].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <Link to="/outbox" search={{ mailboxId: mailbox.id }}>
        {more > 0 ? t('disconnect.more', { count: more }) : t('disconnect.all')}
      </Link>
    </div>
  )
}

interface DoneProps extends DialogProps {
  readonly done: NonNullable<ReturnType<typeof useDisconnect>['data']>
  readonly wish: Disconnect
  readonly senders: number
}

function Done({ mailbox, others, close, done, senders }: DoneProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const { t: shell } = useTranslation('shell')
  const provider = part(`provider.${mailbox.provider}`)
  const beside = sameAccount(mailbox, others).map((one) => one.address)
  return (
    <Dialog
      title={t('disconnect.doneTitle', { address: mailbox.address })}
      opened
      close={close}
      acts={<Button onClick={close}>{shell('act.close')}</Button>}
    >
      {done.consentPage ? (
        <p>
          {t('disconnect.forgotten', { provider })}{' '}
          <a href={done.consentPage} target="_blank" rel="noreferrer">
            {t('outcome.consentPage', { provider })}
          </a>
        </p>
      ) : (
        <p>
          {beside.length > 0
            ? t('disconnect.permissionStays', { addresses: beside })
            : done.revoked
              ? t('disconnect.revoked')
              : t('disconnect.notRevoked')}
        </p>
      )}
      {done.queued > 0 ? <WaitingProgress mailbox={mailbox} /> : null}
      {done.erased > 0 ? <p>{t('disconnect.erasing', { count: done.erased })}</p> : null}
      {mailbox.isDefault && senders > 0 ? <p>{t('disconnect.newDefault')}</p> : null}
      <p>
        <Link
          to="/settings/integrations/$mailboxId"
          params={{ mailboxId: mailbox.id }}
          hash="certificates"
          onClick={close}
        >
          {t('disconnect.certificate')}
        </Link>
      </p>
    </Dialog>
  )
}
