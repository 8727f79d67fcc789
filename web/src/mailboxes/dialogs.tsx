/** Asked before something happens to a mailbox: each says what becomes of the queue and of stored mail. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { sameAccount } from '../parts/same-account.ts'
import { AddressDialog } from './address-dialog.tsx'
import { usePause, useReconnect, useTestMessage } from './asks.ts'
import type { DialogProps } from './dialog-props.ts'
import { DisconnectDialog } from './disconnect-dialog.tsx'
import { LevelDialog } from './level-dialog.tsx'
import { SharedDialog } from './shared-dialog.tsx'

export type MailboxAct = 'pause' | 'test' | 'reconnect' | 'level' | 'address' | 'shared' | 'disconnect'

export function MailboxDialog({ act, ...props }: DialogProps & { readonly act: MailboxAct }): ReactElement {
  switch (act) {
    case 'pause':
      return <PauseDialog {...props} />
    case 'test':
      return <TestDialog {...props} />
    case 'reconnect':
      return <ReconnectDialog {...props} />
    case 'level':
      return <LevelDialog {...props} />
    case 'address':
      return <AddressDialog {...props} />
    case 'shared':
      return <SharedDialog {...props} />
    case 'disconnect':
      return <DisconnectDialog {...props} />
  }
}

interface AskProps {
  readonly title: string
  readonly sentence: string
  readonly label: string
  readonly run: () => void
  readonly running: boolean
  readonly failed: Error | null
  readonly close: () => void
}

function Ask({ title, sentence, label, run, running, failed, close }: AskProps): ReactElement {
  const { t } = useTranslation('shell')
  const problem = useProblemSentence()
  return (
    <Dialog
      title={title}
      opened
      close={close}
      acts={
        <>
          <Button look="primary" busy={running} onClick={run} data-autofocus>
            {label}
          </Button>
          <Button onClick={close}>{t('act.cancel')}</Button>
        </>
      }
    >
      {failed ? <ProblemBanner sentence={problem(failed)} /> : null}
      <p>{sentence}</p>
    </Dialog>
  )
}

function PauseDialog({ mailbox, close }: DialogProps): ReactElement {
  const { t } = useTranslation('settings')
  const pause = usePause(mailbox.id)
  return (
    <Ask
      title={t('pause.title', { address: mailbox.address })}
      sentence={t('pause.sentence', { count: mailbox.capacity.waiting })}
      label={t('pause.act')}
      run={() => pause.mutate('pause', { onSuccess: close })}
      running={pause.isPending}
      failed={pause.error}
      close={close}
    />
  )
}

function TestDialog({ mailbox, close }: DialogProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const test = useTestMessage(mailbox.id)
  const times = useTimes()
  if (test.isSuccess)
    return (
      <Dialog
        title={t('menu.test')}
        opened
        close={close}
        acts={<Button onClick={close}>{shell('act.close')}</Button>}
      >
        <p>
          {test.data.expectedAt
            ? t('test.sentAt', { address: test.data.to, when: times.about(test.data.expectedAt) })
            : t('test.sent', { address: test.data.to })}
        </p>
      </Dialog>
    )
  return (
    <Ask
      title={t('test.title')}
      sentence={t('test.sentence', { address: mailbox.address, limit: mailbox.capacity.limit })}
      label={t('test.act')}
      run={() => test.mutate()}
      running={test.isPending}
      failed={test.error}
      close={close}
    />
  )
}

function ReconnectDialog({ mailbox, others, close }: DialogProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const reconnect = useReconnect(mailbox.id)
  const beside = sameAccount(mailbox, others).map(({ address }) => address)
  return (
    <Ask
      title={t('reconnect.title', { address: mailbox.address })}
      sentence={[
        t('reconnect.sentence', { provider: part(`provider.${mailbox.provider}`) }),
        t('reconnect.waiting', { count: mailbox.capacity.waiting }),
        mailbox.account
          ? t(mailbox.place === 'shared' ? 'reconnect.shared' : 'reconnect.account', {
              account: mailbox.account,
            })
          : '',
        beside.length > 0 ? t('reconnect.others', { addresses: beside }) : '',
      ]
        .filter(Boolean)
        .join(' ')}
      label={t('reconnect.act')}
      run={() => reconnect.mutate()}
      running={reconnect.isPending}
      failed={reconnect.error}
      close={close}
    />
  )
}
