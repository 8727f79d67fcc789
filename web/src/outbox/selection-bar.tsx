/**
 * What can be done with the selected mails; stands where the filters were. While many are being changed it shows how far
 * it is, and a way to stop.
 */
import type { WholeChoice } from '@kontor/api/outbox'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { useKeys } from '../ui/keys.ts'
import { Menu } from '../ui/overlay.tsx'
import { Progress, ProgressAct, ProgressNews } from '../ui/progress.tsx'
import type { Acting } from './acting.ts'
import { AskDeed } from './ask-deed.tsx'
import { type Asked, type Offer, offersForMany, type Part, type Run } from './deeds.ts'
import styles from './outbox.module.css'

interface SelectionBarProps {
  readonly part: Part
  readonly count: number
  /** How many match, and whether all of them are chosen already. */
  readonly total: number
  readonly all: boolean
  /** More than `total` match. */
  readonly uncounted: boolean
  readonly from: string | undefined
  readonly choice: WholeChoice
  readonly act: Run
  readonly selectAll: () => void
  readonly clear: () => void
}

export function SelectionBar(props: SelectionBarProps): ReactElement {
  const { t } = useTranslation('outbox')
  const [asking, setAsking] = useState<Asked>()
  const { part, count, total, all, uncounted, act } = props
  const selected = all && uncounted ? t('selectedOver', { count }) : t('selected', { count })
  const { beside, more } = offersForMany(part)
  function choose(offer: Offer): void {
    if (offer.ask) setAsking(offer.ask)
    else if (offer.deed) act(offer.deed)
  }
  const bar = useRef<HTMLDivElement>(null)
  useKeys({ '.': () => bar.current?.querySelector('button')?.focus() })
  return (
    <div ref={bar} className={styles['bar']} role="toolbar" aria-label={selected} data-selection="true">
      <b aria-live="polite">{selected}</b>
      {beside.map((offer) => (
        <Button key={offer.label} onClick={() => choose(offer)}>
          {t(`act.${offer.label}`)}
        </Button>
      ))}
      {more.length > 0 ? (
        <Menu
          position="bottom-start"
          target={<Button>{t('more')} ▾</Button>}
          groups={[more.map((offer) => ({ label: t(`act.${offer.label}`), act: () => choose(offer) }))]}
        />
      ) : null}
      {all || total <= count ? null : (
        <Button look="quiet" onClick={props.selectAll}>
          {t(uncounted ? 'selectAllOver' : 'selectAll', { count: total })}
        </Button>
      )}
      <Button look="quiet" onClick={props.clear}>
        {t('clearSelection')}
      </Button>
      {part === 'past' ? null : (
        <span className={styles['apart']}>
          <Button look="problem" onClick={() => setAsking('cancel')}>
            {t('act.cancel')}
          </Button>
        </span>
      )}
      {asking ? (
        <AskDeed
          ask={asking}
          count={count}
          uncounted={all && uncounted}
          choice={props.choice}
          from={props.from}
          close={() => setAsking(undefined)}
          run={act}
        />
      ) : null}
    </div>
  )
}

export function ProgressBar({
  running,
  stop,
}: {
  readonly running: NonNullable<Acting['running']>
  readonly stop: () => void
}): ReactElement {
  const { t } = useTranslation('outbox')
  const [stopping, setStopping] = useState(false)
  const { handled, total, act } = running
  const said = t('progress.count', { handled, total })
  return (
    <div className={styles['bar']} data-selection="true">
      <b>{t(`act.${act}`)}</b>
      <span className={styles['progress']}>
        <Progress value={handled} max={total} label={t('progress.label')} />
      </span>
      <span className={styles['figures']}>{said}</span>
      <ProgressNews
        phase={stopping ? 'stopping' : act}
        value={handled}
        max={total}
        sentence={stopping ? t('progress.stopping') : `${t(`act.${act}`)}: ${said}`}
      />
      <ProgressAct
        busy={stopping}
        act={() => {
          setStopping(true)
          stop()
        }}
      >
        {stopping ? t('progress.stopping') : t('progress.stop')}
      </ProgressAct>
    </div>
  )
}
