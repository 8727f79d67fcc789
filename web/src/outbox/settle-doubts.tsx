/** Asked before an answer about unconfirmed mails counts: what it means, for one or for many. */
import type { OutboxDeed, OutboxRow } from '@kontor/api/outbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { stillLooked } from './doubts.ts'

export type Answer = 'confirm_sent' | 'confirm_unsent'

interface SettleProps {
  readonly answer: Answer
  readonly rows: readonly OutboxRow[]
  readonly close: () => void
  readonly run: (rows: readonly OutboxRow[], deed: OutboxDeed) => void
}

export function SettleDoubts({ answer, rows, close, run }: SettleProps): ReactElement {
  const { t } = useTranslation('outbox')
  const { t: shell } = useTranslation('shell')
  const count = rows.length
  const [first] = rows
  const name = first?.toName || first?.to || ''
  const said = answer === 'confirm_sent' ? 'sent' : 'again'
  const looking = answer === 'confirm_unsent' && count > 1 ? stillLooked(rows) : 0
  return (
    <Dialog
      title={
        count === 1 ? t(`unconfirmed.${said}.name`, { name }) : t(`unconfirmed.${said}.title`, { count })
      }
      opened
      close={close}
      acts={
        <>
          <Button
            look="primary"
            data-autofocus
            onClick={() => {
              close()
              run(rows, { act: answer })
            }}
          >
            {said === 'sent' && count > 1 ? t('unconfirmed.sent.act') : t(`act.${answer}`)}
          </Button>
          <Button onClick={close}>{shell('act.back')}</Button>
        </>
      }
    >
      <p>
        {count === 1
          ? t(`unconfirmed.${said}.nameSentence`, { name })
          : t(`unconfirmed.${said}.sentence`, { count })}
      </p>
      {looking > 0 ? <p>{t('unconfirmed.looking', { count: looking })}</p> : null}
    </Dialog>
  )
}
