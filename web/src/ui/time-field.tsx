/**
 * A time of day in 24 hours. The browser's own control writes it as the browser's language does, not the page's, so this
 * is a plain text field: what is typed is completed to HH:MM, and what is no time is said when the field is left.
 */
import { useState, type ReactElement } from 'react'
import { clockTime } from './clock-time.ts'
import { TextField } from './field.tsx'

interface Props {
  readonly label: string
  /** HH:MM, or what was typed if it is no time. */
  readonly value: string
  readonly onTime: (value: string) => void
  /** Said when the field holds no time. */
  readonly wrong: string
  readonly problem?: string | undefined
}

export function TimeField({ label, value, onTime, wrong, problem }: Props): ReactElement {
  const [typing, setTyping] = useState<string>()
  const missed = typing === undefined && clockTime(value) === undefined
  return (
    <TextField
      label={label}
      value={typing ?? value}
      placeholder="08:00"
      size={5}
      maxLength={8}
      autoComplete="off"
      onText={(text) => {
        setTyping(text)
        onTime(clockTime(text) ?? text)
      }}
      onBlur={() => setTyping(undefined)}
      problem={missed ? wrong : problem}
    />
  )
}
