/** What a column is about: one of the facts, a further profile, a variable of the team's own, or nothing. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Select, TextField } from '../ui/field.tsx'
import { knownRoles, variableName } from './import-roles.ts'
import styles from './import.module.css'

interface RoleProps {
  readonly label: string
  readonly role: string
  readonly choose: (role: string) => void
}

export function RolePicker({ label, role, choose }: RoleProps): ReactElement {
  const { t } = useTranslation('imports')
  const custom = role.startsWith('custom:')
  const shown = knownRoles.find((one) => one === role) ?? (custom ? 'custom' : 'skip')
  return (
    <div className={styles['role']} data-skipped={role === 'skip' ? 'true' : undefined}>
      <Select
        label={label}
        hideLabel
        compact
        value={shown}
        options={[
          ...knownRoles.map((one) => ({ value: one, label: t(`role.${one.replace(':', '_') as 'name'}`) })),
          { value: 'custom' as const, label: t('role.custom') },
        ]}
        onChoose={(next) => choose(next === 'custom' ? `custom:${variableName(label)}` : next)}
      />
      {custom ? (
        <TextField
          label={t('variableOf', { name: label })}
          hideLabel
          compact
          value={role.slice('custom:'.length)}
          maxLength={40}
          onText={(name) => choose(`custom:${variableName(name)}`)}
        />
      ) : null}
    </div>
  )
}
