/** A small form of settings: its fields, one button that appears with the first change, and what became of it. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import styles from './form.module.css'
import { ProblemBanner } from './states.tsx'

interface SettingsFormProps {
  readonly changed: boolean
  readonly saving: boolean
  readonly saved: boolean
  readonly problem?: string | undefined
  readonly save: () => void
  readonly discard: () => void
  readonly children: ReactNode
  readonly blocked?: boolean
}

export function SettingsForm(props: SettingsFormProps): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        props.save()
      }}
    >
      {props.problem ? <ProblemBanner sentence={props.problem} /> : null}
      {props.children}
      <div className={styles['foot']} aria-live="polite">
        {props.changed ? (
          <>
            <Button type="submit" look="primary" busy={props.saving} disabled={props.blocked ?? false}>
              {t('act.save')}
            </Button>
            <Button look="quiet" onClick={props.discard}>
              {t('act.discard')}
            </Button>
          </>
        ) : props.saved ? (
          t('act.saved')
        ) : null}
      </div>
    </form>
  )
}

/** Fields beside each other. */
export function FieldLine({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles['line']}>{children}</div>
}

/** A quiet sentence under a section's heading. */
export function Note({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className={styles['note']}>{children}</p>
}
