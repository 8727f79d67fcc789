/** What can be done with the selected mails; stands where the filters were. Cancelling asks first. */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import type { Acting } from './asks.ts'
import styles from './outbox.module.css'

interface SelectionBarProps {
  readonly section: 'waiting' | 'held' | 'past'
  readonly count: number
  readonly acting: boolean
  readonly act: (act: Acting) => void
  readonly selectAll: () => void
  readonly clear: () => void
}

export function SelectionBar(props: SelectionBarProps): ReactElement {
  const { t } = useTranslation('outbox')
  const { t: shell } = useTranslation('shell')
  const [asking, setAsking] = useState(false)
  const { section, count, acting, act } = props
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('selected', { count })} data-selection="true">
      <b aria-live="polite">{t('selected', { count })}</b>
      {section === 'waiting' ? (
        <>
          <Button busy={acting} onClick={() => act('front')}>
            {t('act.front')}
          </Button>
          <Button busy={acting} onClick={() => act('hold')}>
            {t('act.hold')}
          </Button>
        </>
      ) : (
        <Button busy={acting} onClick={() => act('release')}>
          {t('act.release')}
        </Button>
      )}
      <Button look="quiet" onClick={props.selectAll}>
        {t('selectAll')}
      </Button>
      <Button look="quiet" onClick={props.clear}>
        {t('clearSelection')}
      </Button>
      <span className={styles['apart']}>
        <Button look="problem" busy={acting} onClick={() => setAsking(true)}>
          {t('act.cancel')}
        </Button>
      </span>
      <Dialog
        title={t('cancelTitle', { count })}
        opened={asking}
        close={() => setAsking(false)}
        acts={
          <>
            <Button
              look="problem"
              onClick={() => {
                setAsking(false)
                act('cancel')
              }}
            >
              {t('cancelAct', { count })}
            </Button>
            <Button onClick={() => setAsking(false)}>{shell('act.back')}</Button>
          </>
        }
      >
        <p>{t('cancelSentence')}</p>
      </Dialog>
    </div>
  )
}
