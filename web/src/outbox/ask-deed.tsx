/** Asked before something happens to mails of the outbox: a time, a day, a mailbox, or only whether it is meant. */
import type { WholeChoice } from '@kontor/api/outbox'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { instant, now } from '../client/clock.ts'
import { useHere } from '../client/session.ts'
import { fieldOf, instantAt } from '../client/wall-time.ts'
import { MailboxPicker } from '../parts/mailbox-picker.tsx'
import { useMailboxes } from '../parts/mailboxes.ts'
import { MovePlanned } from '../parts/move-plan.tsx'
import { TextField } from '../ui/field.tsx'
import { Frame } from './ask-frame.tsx'
import { useChosenMove } from './asks.ts'
import type { Asked, Run } from './deeds.ts'
import { SendAgain } from './send-again.tsx'

interface AskProps {
  readonly count: number
  /** There are more than `count`. */
  readonly uncounted?: boolean
  /** The same mails, for a plan. */
  readonly choice: WholeChoice
  /** Mailboxes that the mails wait in, when that is one: it is not offered as the other. */
  readonly from?: string | undefined
  readonly close: () => void
  readonly run: Run
}

export function AskDeed({ ask, ...asked }: AskProps & { readonly ask: Asked }): ReactElement {
  // those that leave meanwhile do not make it another question
  const [choice] = useState(asked.choice)
  const props = { ...asked, choice }
  switch (ask) {
    case 'cancel':
    case 'now':
      return <Confirm {...props} what={ask} />
    case 'send_again':
      return <SendAgain {...props} />
    case 'schedule':
      return <AskTime {...props} />
    case 'promise':
      return <AskDay {...props} />
    case 'move':
      return <AskMailbox {...props} />
  }
}

function Confirm({ what, count, close, run }: AskProps & { readonly what: 'cancel' | 'now' }): ReactElement {
  const { t } = useTranslation('outbox')
  return (
    <Frame
      title={t(`ask.${what}.title`, { count })}
      sentence={t(`ask.${what}.sentence`)}
      label={t(`ask.${what}.act`, { count })}
      problem={what === 'cancel'}
      close={close}
      act={() => run({ act: what })}
    />
  )
}

function AskTime({ close, run }: AskProps): ReactElement {
  const { t } = useTranslation('outbox')
  const { zone } = useHere()
  const [present] = useState(now)
  const [value, setValue] = useState(() => `${fieldOf(present + dayMs, zone).slice(0, 10)}T08:00`)
  const [date = '', clock = ''] = value.split('T')
  const at = date && clock ? instantAt(date, clock.slice(0, 5), zone) : ''
  const wrong = !(instant(at) > present && instant(at) < present + yearMs)
  return (
    <Frame
      title={t('ask.schedule.title')}
      sentence={t('ask.schedule.sentence')}
      label={t('ask.schedule.act')}
      disabled={wrong}
      close={close}
      act={() => run({ act: 'schedule', at })}
    >
      <TextField
        type="datetime-local"
        label={t('ask.schedule.field', { zone })}
        value={value}
        min={fieldOf(present, zone)}
        problem={wrong ? t('ask.schedule.wrong') : undefined}
        data-autofocus
        onText={setValue}
      />
    </Frame>
  )
}

function AskDay({ close, run }: AskProps): ReactElement {
  const { t } = useTranslation('outbox')
  const { zone } = useHere()
  const [present] = useState(now)
  const today = fieldOf(present, zone).slice(0, 10)
  const [date, setDate] = useState(today)
  const wrong = !(date >= today && instant(date) < present + yearMs)
  return (
    <Frame
      title={t('ask.promise.title')}
      sentence={t('ask.promise.sentence')}
      label={t('ask.promise.act')}
      disabled={wrong}
      close={close}
      act={() => run({ act: 'promise', date })}
    >
      <TextField
        type="date"
        label={t('ask.promise.field')}
        value={date}
        min={today}
        problem={wrong ? t('ask.promise.wrong') : undefined}
        data-autofocus
        onText={setDate}
      />
    </Frame>
  )
}

function AskMailbox({ count, choice, from, close, run }: AskProps): ReactElement {
  const { t } = useTranslation('outbox')
  const { data = [] } = useMailboxes()
  const others = data.filter(
    (mailbox) => mailbox.maySend && mailbox.id !== from && mailbox.health !== 'disconnected',
  )
  const [chosen, choose] = useState('')
  const to = chosen || (others[0]?.id ?? '')
  const asked = useChosenMove(choice, to)
  const none = asked.data !== undefined && asked.data.total + asked.data.held === 0
  return (
    <Frame
      title={t('ask.move.title', { count })}
      sentence={others.length === 0 ? t('ask.move.none') : t('ask.move.sentence')}
      label={t('ask.move.act')}
      disabled={to === '' || none}
      long
      close={close}
      act={() => run({ act: 'move', to })}
    >
      {others.length > 0 ? (
        <>
          <MailboxPicker label={t('ask.move.field')} mailboxes={others} value={to} choose={choose} />
          <MovePlanned asked={asked} />
        </>
      ) : null}
    </Frame>
  )
}

const dayMs = 86_400_000
const yearMs = 365 * dayMs
