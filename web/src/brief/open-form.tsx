/**
 * Applying uninvited: name, address, a few words. What was typed stays until it arrived. The last field is out of sight
 * and empty for people; programs that fill in everything fill it in too.
 */
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { useDraft, forgetDraft } from '../client/draft.ts'
import { FormButtons, MessageField, Wrong } from './form-parts.tsx'
import { useOpenAct } from './use-open-link.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

interface OpenFormProps {
  readonly token: string
  readonly brief: Omit<PublicBrief, 'state'>
  readonly applied: () => void
  /** The server refused because the campaign is no longer as the page shows it. */
  readonly changed: () => void
  readonly back: () => void
}

const empty = { name: '', address: '', message: '' }

export function OpenForm({ token, brief, applied, changed, back }: OpenFormProps): ReactElement {
  const words = useBriefWords(brief)
  const draft = `apply-openly:${token}`
  const [typed, keep] = useDraft(draft, empty)
  const first = useRef<HTMLInputElement>(null)
  const extra = useRef<HTMLInputElement>(null)
  const act = useOpenAct(token, changed)
  useEffect(() => first.current?.focus(), [])
  const brand = { brand: brief.brandName }

  function send(): void {
    act.apply({ ...typed, language: brief.language, extra: extra.current?.value ?? '' }, () => {
      forgetDraft(draft)
      applied()
    })
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label className={styles['field']}>
        <span>{words('name')}</span>
        <input
          ref={first}
          value={typed.name}
          onChange={(event) => keep({ ...typed, name: event.currentTarget.value })}
          autoComplete="name"
          maxLength={200}
          aria-invalid={act.failed === 'name' || undefined}
          required
        />
        {act.failed === 'name' ? <Wrong sentence={words('nameWrong')} /> : null}
      </label>
      <label className={styles['field']}>
        <span>{words('address')}</span>
        <input
          type="email"
          value={typed.address}
          onChange={(event) => keep({ ...typed, address: event.currentTarget.value })}
          autoComplete="email"
          maxLength={320}
          aria-invalid={act.failed === 'address' || undefined}
          required
        />
        {act.failed === 'address' ? <Wrong sentence={words('addressWrong')} /> : null}
        <small>{words('addressHint', brand)}</small>
      </label>
      <MessageField brief={brief} message={typed.message} write={(message) => keep({ ...typed, message })} />
      <input
        ref={extra}
        className="unseen"
        name="extra"
        tabIndex={-1}
        autoComplete="off"
        aria-hidden="true"
      />
      <p className={styles['kept']}>{words('kept', brand)}</p>
      {act.failed === 'often' ? <Wrong sentence={words('often')} /> : null}
      {act.failed === 'otherwise' ? <Wrong sentence={words('failed')} /> : null}
      <FormButtons brief={brief} sending={act.running} back={back} />
    </form>
  )
}
