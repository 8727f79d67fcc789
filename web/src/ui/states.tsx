/** The three states beside content: nothing there yet, something wrong, not there yet. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import styles from './states.module.css'

/** Teaches in one sentence and offers one act. */
export function EmptyState({
  sentence,
  act,
}: {
  readonly sentence: ReactNode
  readonly act?: ReactNode
}): ReactElement {
  return (
    <div className={styles['empty']}>
      <p>{sentence}</p>
      {act}
    </div>
  )
}

interface BannerProps {
  readonly tone?: 'problem' | 'waiting' | 'note'
  readonly children: ReactNode
  readonly act?: ReactNode
}

/** A sentence that concerns the whole screen, with what to do about it. Problems are read out at once. */
export function Banner({ tone = 'note', children, act }: BannerProps): ReactElement {
  return (
    <div
      className={`${styles['banner']} ${styles[tone] ?? ''}`}
      role={tone === 'problem' ? 'alert' : 'status'}
    >
      <div>{children}</div>
      {act}
    </div>
  )
}

/** A problem with the way out. */
export function ProblemBanner({
  sentence,
  retry,
}: {
  readonly sentence: string
  readonly retry?: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <Banner
      tone="problem"
      {...(retry
        ? {
            act: (
              <Button look="link" onClick={retry}>
                {t('act.retry')}
              </Button>
            ),
          }
        : {})}
    >
      {sentence}
    </Banner>
  )
}

/** Nothing for 400 ms, then one quiet word. */
export function Loading(): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <p className={styles['loading']} aria-busy="true">
      {t('loading')} …
    </p>
  )
}
