/** The address of a link, asked for under the text. Keeps the selection that it is for. */
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { edit, linkAtSelection } from './commands.ts'
import { safeLink } from './layout.ts'
import styles from './composer.module.css'

interface LinkProps {
  readonly close: () => void
  readonly changed: () => void
}

export function LinkField({ close, changed }: LinkProps): ReactElement {
  const { t } = useTranslation('parts')
  const { t: shell } = useTranslation('shell')
  const range = useRef(currentRange())
  const [existing] = useState(() => linkAtSelection())
  const [address, setAddress] = useState(existing?.getAttribute('href') ?? '')
  const [wrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  function back(): void {
    const selection = getSelection()
    if (!range.current || !selection) return
    selection.removeAllRanges()
    if (existing) selection.selectAllChildren(existing)
    else selection.addRange(range.current)
  }
  function set(): void {
    const href = safeLink(address)
    if (href === undefined) {
      setWrong(true)
      return
    }
    back()
    if (getSelection()?.isCollapsed ?? true) edit('insertHTML', linkHtml(href))
    else edit('createLink', href)
    changed()
    close()
  }
  return (
    <div
      className={styles['linkField']}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          event.stopPropagation()
          set()
        }
        if (event.key === 'Escape') {
          event.stopPropagation()
          back()
          close()
        }
      }}
    >
      <TextField
        ref={field}
        label={t('composer.linkTo')}
        hideLabel
        compact
        placeholder={t('composer.linkTo')}
        value={address}
        problem={wrong ? t('composer.linkWrong') : undefined}
        onText={(text) => {
          setAddress(text)
          setWrong(false)
        }}
      />
      <Button onClick={set}>{t('composer.linkSet')}</Button>
      {existing ? (
        <Button
          look="quiet"
          onClick={() => {
            back()
            edit('unlink')
            changed()
            close()
          }}
        >
          {t('composer.linkRemove')}
        </Button>
      ) : null}
      <Button
        look="quiet"
        onClick={() => {
          back()
          close()
        }}
      >
        {shell('act.cancel')}
      </Button>
    </div>
  )
}

function currentRange(): Range | undefined {
  const selection = getSelection()
  return selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : undefined
}

function linkHtml(href: string): string {
  const link = document.createElement('a')
  link.href = href
  link.textContent = href.replace(/^mailto:/, '')
  return link.outerHTML
}
