/** A list of pairs in a form: networks with handles, variables with values. A line to add one stands at its end. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { Pair } from './facts.ts'
import styles from './influencers.module.css'

interface PairsProps {
  readonly legend: string
  readonly nameLabel: string
  readonly valueLabel: string
  readonly add: string
  readonly pairs: readonly Pair[]
  readonly keep: (pairs: readonly Pair[]) => void
  /** Proposed for the name. */
  readonly names?: readonly string[]
  readonly listId: string
  readonly problem?: (name: string) => string | undefined
  readonly longest: { readonly name: number; readonly value: number }
}

export function Pairs(props: PairsProps): ReactElement {
  const { t } = useTranslation('influencers')
  const { pairs, keep } = props
  const change = (at: number, next: Partial<Pair>): void =>
    keep(pairs.map((pair, n) => (n === at ? { ...pair, ...next } : pair)))
  return (
    <fieldset className={styles['pairs']}>
      <legend>{props.legend}</legend>
      <datalist id={props.listId}>
        {props.names?.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {pairs.map((pair, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is known by its place while it is typed
        <div key={at} className={styles['pair']}>
          <TextField
            label={props.nameLabel}
            hideLabel
            placeholder={props.nameLabel}
            list={props.listId}
            value={pair.name}
            maxLength={props.longest.name}
            problem={props.problem?.(pair.name)}
            onText={(name) => change(at, { name })}
          />
          <TextField
            label={props.valueLabel}
            hideLabel
            placeholder={props.valueLabel}
            value={pair.value}
            maxLength={props.longest.value}
            onText={(value) => change(at, { value })}
          />
          <Button
            look="quiet"
            aria-label={t('form.removeLine', { name: pair.name || props.legend })}
            onClick={() => keep(pairs.filter((_, n) => n !== at))}
          >
            {t('form.remove')}
          </Button>
        </div>
      ))}
      <Button look="quiet" onClick={() => keep([...pairs, { name: '', value: '' }])}>
        {props.add}
      </Button>
    </fieldset>
  )
}
