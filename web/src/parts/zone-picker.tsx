/** Chooses an IANA time zone among those that the browser knows; an unknown value stays selectable. */
import type { ReactElement } from 'react'
import { Select } from '../ui/field.tsx'

interface ZonePickerProps {
  readonly label: string
  readonly value: string
  readonly choose: (zone: string) => void
  readonly hint?: string
  readonly disabled?: boolean
  /** The word for no zone at all, where that may be chosen. */
  readonly none?: string
  readonly problem?: string | undefined
}

export function ZonePicker(props: ZonePickerProps): ReactElement {
  const { label, value, choose, hint, disabled, none, problem } = props
  const known = Intl.supportedValuesOf('timeZone')
  const zones = known.includes(value) || value === '' ? known : [value, ...known]
  const nothing = none === undefined ? [] : [{ value: '', label: none }]
  return (
    <Select
      label={label}
      hint={hint}
      problem={problem}
      value={value}
      onChoose={choose}
      disabled={disabled ?? false}
      options={[...nothing, ...zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]}
    />
  )
}
