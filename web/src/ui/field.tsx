/**
 * Form fields: a label, an optional hint before and a problem after, tied together for readers. Plain browser
 * controls, so that every keyboard, phone and reader knows them.
 */
import {
  useId,
  type InputHTMLAttributes,
  type ReactElement,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'
import styles from './field.module.css'

interface FieldWords {
  readonly label: string
  readonly hint?: ReactNode
  /** The sentence that says what is wrong with this field. */
  readonly problem?: string | undefined
  /** The label is read out but not shown (search fields, filters). */
  readonly hideLabel?: boolean
}

interface Wired {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

function Frame({
  label,
  hint,
  problem,
  hideLabel,
  children,
}: FieldWords & { readonly children: (wired: Wired) => ReactElement }): ReactElement {
  const id = useId()
  const about = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id} className={hideLabel ? 'unseen' : styles['label']}>
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      ) : null}
      {children({ id, 'aria-describedby': about || undefined, 'aria-invalid': problem ? true : undefined })}
      {problem ? (
        <p id={`${id}-problem`} className={styles['error']} role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  )
}

function inputClass(compact: boolean | undefined): string {
  return [styles['input'], compact ? styles['compact'] : ''].filter(Boolean).join(' ')
}

type TextFieldProps = FieldWords &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange'> & {
    readonly onText?: (text: string) => void
    readonly compact?: boolean
    readonly ref?: Ref<HTMLInputElement>
  }

export function TextField({
  label,
  hint,
  problem,
  hideLabel,
  onText,
  compact,
  ...rest
}: TextFieldProps): ReactElement {
  return (
    <Frame label={label} hint={hint} problem={problem} hideLabel={hideLabel ?? false}>
      {(wired) => (
        <input
          type="text"
          {...rest}
          {...wired}
          className={inputClass(compact)}
          onChange={(event) => onText?.(event.currentTarget.value)}
        />
      )}
    </Frame>
  )
}

type TextAreaProps = FieldWords &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'onChange'> & {
    readonly onText?: (text: string) => void
    readonly ref?: Ref<HTMLTextAreaElement>
  }

export function TextArea({ label, hint, problem, hideLabel, onText, ...rest }: TextAreaProps): ReactElement {
  return (
    <Frame label={label} hint={hint} problem={problem} hideLabel={hideLabel ?? false}>
      {(wired) => (
        <textarea
          {...rest}
          {...wired}
          className={styles['input']}
          onChange={(event) => onText?.(event.currentTarget.value)}
        />
      )}
    </Frame>
  )
}

export interface Option<T extends string> {
  readonly value: T
  readonly label: string
  readonly disabled?: boolean
}

type SelectProps<T extends string> = FieldWords &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'onChange' | 'value'> & {
    readonly value: T
    readonly options: readonly Option<T>[]
    readonly onChoose: (value: T) => void
    readonly compact?: boolean
  }

export function Select<T extends string>({
  label,
  hint,
  problem,
  hideLabel,
  options,
  onChoose,
  compact,
  ...rest
}: SelectProps<T>): ReactElement {
  return (
    <Frame label={label} hint={hint} problem={problem} hideLabel={hideLabel ?? false}>
      {(wired) => (
        <select
          {...rest}
          {...wired}
          className={inputClass(compact)}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value)
            if (chosen) onChoose(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  )
}

interface CheckboxProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onCheck: (checked: boolean) => void
  readonly disabled?: boolean
}

export function Checkbox({ label, hint, checked, onCheck, disabled }: CheckboxProps): ReactElement {
  return (
    <label className={styles['choice']}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled ?? false}
        onChange={(event) => onCheck(event.currentTarget.checked)}
      />
      <span>{label}</span>
      {hint ? <small>{hint}</small> : null}
    </label>
  )
}

interface RadiosProps<T extends string> {
  readonly legend: string
  readonly hideLegend?: boolean
  readonly value: T | undefined
  readonly options: readonly {
    readonly value: T
    readonly label: ReactNode
    readonly hint?: ReactNode
    readonly disabled?: boolean
  }[]
  readonly onChoose: (value: T) => void
}

export function Radios<T extends string>({
  legend,
  hideLegend,
  value,
  options,
  onChoose,
}: RadiosProps<T>): ReactElement {
  const name = useId()
  return (
    <fieldset className={styles['group']}>
      <legend className={hideLegend ? 'unseen' : undefined}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['choice']}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.label}</span>
          {option.hint ? <small>{option.hint}</small> : null}
        </label>
      ))}
    </fieldset>
  )
}
