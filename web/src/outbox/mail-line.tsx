/** One mail of the outbox: time, person and subject, kind, sender, reason, and what can be done about it. */
import type { OutboxDeed, OutboxRow } from '@kontor/api/outbox'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useReasonSentence } from '../parts/reason.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Kebab, Menu } from '../ui/overlay.tsx'
import { Choose } from './choose.tsx'
import { type Asked, firstWayOut, type Offer, offersFor, type Part } from './deeds.ts'
import styles from './outbox.module.css'
import { timeOf } from './lines.ts'

export interface MailLineProps {
  readonly row: OutboxRow
  readonly part: Part
  readonly current: boolean
  readonly selected: boolean
  /** Nothing can be chosen here, but the row stands in line with those of which it can. */
  readonly aligned?: boolean
  /** Absent for people who may not act. */
  readonly toggle?: ((extend: 'one' | 'range') => void) | undefined
  readonly act?: ((deed: OutboxDeed) => void) | undefined
  readonly ask?: ((ask: Asked) => void) | undefined
}

const past = new Set<OutboxRow['state']>(['accepted', 'failed', 'cancelled', 'suppressed'])

export function MailLine(props: MailLineProps): ReactElement {
  const { row, part, current, selected, aligned, toggle, act, ask } = props
  const { t: word } = useTranslation('parts')
  const times = useTimes()
  const at = timeOf(row)
  const name = row.toName || row.to
  const expected = row.expectedAt !== undefined
  return (
    <div
      className={styles['mail']}
      data-part={part}
      data-past={past.has(row.state) ? 'true' : undefined}
      data-current={current ? 'true' : undefined}
      data-selected={selected ? 'true' : undefined}
      data-select={toggle || aligned ? 'true' : undefined}
    >
      <time className={styles['gutter']} dateTime={at} title={at && expected ? times.about(at) : undefined}>
        {at ? times.clock(at) : '–'}
      </time>
      {toggle ? <Choose name={name} selected={selected} toggle={toggle} /> : aligned ? <span /> : null}
      <span className={styles['person']} title={`${row.to}\n${row.subject}`}>
        {row.contactId ? (
          <Link to="/influencers/$contactId" params={{ contactId: row.contactId }}>
            {name}
          </Link>
        ) : (
          <b>{name}</b>
        )}
        <span className={styles['subject']}>{row.subject}</span>
      </span>
      <span className={styles['kind']}>{word(`kind.${row.kind}`)}</span>
      <span className={styles['sender']} title={row.mailboxAddress}>
        {row.mailboxAddress}
      </span>
      <Why row={row} part={part} />
      <RowActs row={row} part={part} name={name} act={act} ask={ask} />
    </div>
  )
}

function Why({ row, part }: Pick<MailLineProps, 'row' | 'part'>): ReactElement {
  const { t } = useTranslation('outbox')
  const { t: word } = useTranslation('parts')
  const times = useTimes()
  const reason = useReasonSentence()
  const why = reason(row.reason)
  const sentence = [
    // in its own part the state needs no word
    row.state === 'queued' || part === 'held' ? '' : `${word(`state.${row.state}`)}.`,
    row.promisedFor ? `${t('promised', { day: times.date(row.promisedFor) })}.` : '',
    why,
  ]
    .filter(Boolean)
    .join(' ')
  return (
    <span className={styles['reason']} title={sentence} data-state={row.state}>
      {sentence}
    </span>
  )
}

function RowActs({
  row,
  part,
  name,
  act,
  ask,
}: Pick<MailLineProps, 'row' | 'part' | 'act' | 'ask'> & { readonly name: string }): ReactElement {
  const { t } = useTranslation('outbox')
  if (!act || !ask) return <span />
  const groups = offersFor(row, part)
  function choose(offer: Offer): void {
    if (offer.ask) ask?.(offer.ask)
    else if (offer.deed) act?.(offer.deed)
  }
  return (
    <span className={styles['rowActs']}>
      {part === 'waiting' && row.reason.code === 'undo' ? (
        <Button look="link" onClick={() => act({ act: 'cancel' })}>
          {t('act.take_back')}
        </Button>
      ) : null}
      {part === 'held' ? <WayOutOf row={row} act={act} ask={ask} /> : null}
      {groups.length > 0 ? (
        <Menu
          target={
            <Button look="tool" aria-label={t('rowMenu', { name })}>
              <Kebab />
            </Button>
          }
          groups={groups.map((group) =>
            group.map((offer) => ({
              label: t(`act.${offer.label}`),
              act: () => choose(offer),
              problem: offer.problem ?? false,
            })),
          )}
        />
      ) : null}
    </span>
  )
}

/** What helps a held mail most: done here, or where its condition is mended. */
function WayOutOf({
  row,
  act,
  ask,
}: {
  readonly row: OutboxRow
  readonly act: (deed: OutboxDeed) => void
  readonly ask: (ask: Asked) => void
}): ReactElement | null {
  const { t } = useTranslation('outbox')
  const way = firstWayOut(row)
  switch (way) {
    case 'release':
    case 'new_address':
      return (
        <Button look="link" onClick={() => act({ act: way })}>
          {t(`act.${way}`)}
        </Button>
      )
    case 'move':
      return (
        <Button look="link" onClick={() => ask('move')}>
          {t('act.move')}
        </Button>
      )
    case 'open_contact':
      return (
        <ButtonLink look="link" to="/influencers/$contactId" params={{ contactId: row.contactId ?? '' }}>
          {t('act.open_contact')}
        </ButtonLink>
      )
    case 'open_campaign':
      return (
        <ButtonLink look="link" to="/campaigns/$campaignId" params={{ campaignId: row.campaignId ?? '' }}>
          {t('act.open_campaign')}
        </ButtonLink>
      )
    case 'open_server':
    case 'cancel':
    case undefined:
      return null
  }
}
