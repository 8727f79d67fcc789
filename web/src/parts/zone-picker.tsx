/** Chooses an IANA time zone among those that the browser knows; an unknown value stays selectable. */
import type { ReactElement } from 'react'
import { Select } from '../ui/field.tsx'

interface ZonePickerProps {
  readonly label: string
  readonly value: string
  readonly choose: (zone: string) => void
  readonly hint?: string
  readonly disabled?: boolean
}

export function ZonePicker({ label, value, choose, hint, disabled }: ZonePickerProps): ReactElement {
  const known = Intl.supportedValuesOf('timeZone')
  const zones = known.includes(value) ? known : [value, ...known]
  return (
    <Select
      label={label}
      hint={hint}
      value={value}
      onChoose={choose}
      disabled={disabled ?? false}
      options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    />
  )
}
