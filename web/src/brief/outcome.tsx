/** What a creator sees once there is nothing left to do: applied, declined, decided, closed or over, and what comes next. */
import type { ReactElement } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { BrandHead } from '../parts/brief-letter.tsx'
import { longDate } from '../parts/brief-words.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

type Outcome = keyof typeof outcomes

export function OutcomePage(props: {
  readonly brief: Omit<PublicBrief, 'state'>
  readonly outcome: Outcome
  readonly readAgain: () => void
}): ReactElement {
  const { brief, outcome } = props
  const words = useBriefWords(brief)
  const until = brief.brief.applyUntil
  const brand = { brand: brief.brandName, date: until ? longDate(until, brief.language) : '' }
  const text = outcomes[outcome]
  return (
    <main className={styles['page']} lang={brief.language}>
      <BrandHead
        colour={brief.brandColour}
        logo={brief.logo}
        from={words('from', brand)}
        campaignName={brief.campaignName}
        headline={words(text.title, brand)}
      />
      <div className={styles['outcome']} role="status">
        <p>{words(text.body, brand)}</p>
        {outcome === 'declined' ? <p>{words('declinedUndo')}</p> : null}
        {outcome === 'closed' ? null : (
          <button type="button" className={styles['quiet']} onClick={props.readAgain}>
            {words(outcome === 'over' || outcome === 'paused' ? 'read' : 'readAgain')}
          </button>
        )}
      </div>
    </main>
  )
}

const outcomes = {
  applied: { title: 'appliedTitle', body: 'appliedBody' },
  declined: { title: 'declinedTitle', body: 'declinedBody' },
  decided: { title: 'decidedTitle', body: 'decidedBody' },
  closed: { title: 'closedTitle', body: 'closedBody' },
  paused: { title: 'pausedTitle', body: 'pausedBody' },
  appliedOpen: { title: 'appliedTitle', body: 'appliedOpenBody' },
  over: { title: 'overTitle', body: 'overBody' },
} as const
