/** Disconnecting: what happens to what waits, to what is stored, and to the permission; then what was done. */
import type { Disconnect } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { MailboxPicker } from '../parts/mailbox-picker.tsx'
import { Button } from '../ui/button.tsx'
import { Radios } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useDisconnect } from './asks.ts'
import type { DialogProps } from './dialog-props.ts'

const consequences = {
  gmail: 'disconnect.google',
  microsoft: 'disconnect.microsoft',
  imap: 'disconnect.other',
} as const

export function DisconnectDialog(props: DialogProps): ReactElement {
  const { mailbox, others, close } = props
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const disconnect = useDisconnect(mailbox.id)
  const [wish, setWish, forget] = useDraft<Disconnect>(`disconnect.${mailbox.id}`, {
    queue: 'hold',
    stored: 'keep',
  })
  const { address } = mailbox
  const senders = others.filter(
    (one) => one.id !== mailbox.id && one.maySend && one.health !== 'disconnected',
  )
  const incomplete = wish.queue === 'reassign' && !wish.reassignTo

  if (disconnect.data) {
    const { queued, erased, revoked, consentPage } = disconnect.data
    const provider = part(`provider.${mailbox.provider}`)
    return (
      <Dialog
        title={t('menu.disconnect')}
        opened
        close={close}
        acts={<Button onClick={close}>{shell('act.close')}</Button>}
      >
        <p>{t('disconnect.done', { address })}</p>
        {consentPage ? (
          <p>
            {t('disconnect.forgotten', { provider })}{' '}
            <a href={consentPage} target="_blank" rel="noreferrer">
              {t('outcome.consentPage', { provider })}
            </a>
          </p>
        ) : (
          <p>{revoked ? t('disconnect.revoked') : t('disconnect.notRevoked')}</p>
        )}
        {queued > 0 ? <p>{t('disconnect.queued', { count: queued })}</p> : null}
        {wish.stored === 'erase' ? <p>{t('disconnect.erased', { count: erased })}</p> : null}
        {mailbox.isDefault && senders.length > 0 ? <p>{t('disconnect.newDefault')}</p> : null}
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t('disconnect.title', { address })}
      opened
      close={close}
      width={540}
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
        <MailboxPicker
          label={t('disconnect.to')}
          mailboxes={senders}
          value={wish.reassignTo ?? ''}
          any="–"
          choose={(reassignTo) => setWish({ ...wish, reassignTo })}
        />
      ) : null}
      <Radios
        legend={t('disconnect.stored')}
        value={wish.stored}
        onChoose={(stored) => setWish({ ...wish, stored })}
        options={[
          { value: 'keep', label: t('disconnect.keep'), hint: t('disconnect.keepHint') },
          { value: 'erase', label: t('disconnect.erase'), hint: t('disconnect.eraseHint') },
        ]}
      />
      <p>{t(consequences[mailbox.provider])}</p>
    </Dialog>
  )
}
