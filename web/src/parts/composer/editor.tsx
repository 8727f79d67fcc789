/**
 * The field of a letter with layout: bold, italic, lists, links, and nothing that would not arrive. What is pasted is cut
 * to that; files that are pasted or dropped become attachments. Tools beside it, with names for readers.
 */
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { ClipboardEvent, DragEvent, ReactElement, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { type EditCommand, edit, isOn } from './commands.ts'
import { layoutOf } from './layout.ts'
import { LinkField } from './link-field.tsx'
import { BoldSign, ItalicSign, LinkSign, ListSign, NumberSign } from './signs.tsx'
import styles from './composer.module.css'

export interface EditorHandle {
  readonly focus: () => void
}

interface EditorProps {
  readonly label: string
  readonly html: string
  readonly onHtml: (html: string) => void
  readonly onFiles?: ((files: File[]) => void) | undefined
  readonly placeholder?: string | undefined
  readonly handle?: Ref<EditorHandle>
}

const tools = [
  ['bold', 'bold', BoldSign],
  ['italic', 'italic', ItalicSign],
  ['insertUnorderedList', 'bullets', ListSign],
  ['insertOrderedList', 'numbers', NumberSign],
] as const

export function Editor({ label, html, onHtml, onFiles, placeholder, handle }: EditorProps): ReactElement {
  const { t } = useTranslation('parts')
  const field = useRef<HTMLDivElement>(null)
  const written = useRef<string>(undefined)
  const [on, setOn] = useState<ReadonlySet<EditCommand>>(new Set())
  const [linking, setLinking] = useState(false)
  useImperativeHandle(handle, () => ({ focus: () => placeAtEnd(field.current) }))

  // What stands in the field is the person's; it is only set when the letter became another one.
  useEffect(() => {
    const box = field.current
    if (!box || written.current === html) return
    written.current = html
    box.innerHTML = layoutOf(parsed(html))
  }, [html])
  useEffect(() => {
    edit('defaultParagraphSeparator', 'p')
    function look(): void {
      const anchor = getSelection()?.anchorNode
      if (!anchor || !field.current?.contains(anchor)) return
      setOn(new Set(tools.map(([command]) => command).filter(isOn)))
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [])

  function tell(): void {
    const box = field.current
    if (!box) return
    written.current = layoutOf(box)
    onHtml(written.current)
  }
  function act(command: EditCommand, value?: string): void {
    field.current?.focus()
    edit(command, value)
    tell()
  }
  function paste(event: ClipboardEvent): void {
    const files = Array.from(event.clipboardData.files)
    const rich = event.clipboardData.getData('text/html')
    event.preventDefault()
    if (files.length > 0 && rich === '') onFiles?.(files)
    else if (rich === '') edit('insertText', event.clipboardData.getData('text/plain'))
    else edit('insertHTML', insertable(layoutOf(parsed(rich))))
    tell()
  }
  function drop(event: DragEvent): void {
    const files = Array.from(event.dataTransfer.files)
    if (files.length === 0 || !onFiles) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    <div className={styles['editor']}>
      <div
        ref={field}
        className={styles['field']}
        role="textbox"
        aria-multiline="true"
        aria-label={label}
        tabIndex={0}
        contentEditable
        suppressContentEditableWarning
        spellCheck
        data-placeholder={html === '' ? placeholder : undefined}
        onInput={tell}
        onPaste={paste}
        onDrop={drop}
      />
      {linking ? (
        <LinkField
          close={() => {
            setLinking(false)
            field.current?.focus()
          }}
          changed={tell}
        />
      ) : null}
      <div className={styles['tools']} role="toolbar" aria-label={t('composer.layout')}>
        {tools.map(([command, name, Sign]) => (
          <button
            key={command}
            type="button"
            aria-label={t(`composer.${name}`)}
            title={t(`composer.${name}`)}
            aria-pressed={on.has(command)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => act(command)}
          >
            <Sign />
          </button>
        ))}
        <button
          type="button"
          aria-label={t('composer.link')}
          title={t('composer.link')}
          aria-expanded={linking}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinking(!linking)}
        >
          <LinkSign />
        </button>
      </div>
    </div>
  )
}

/** A document of its own: nothing in it is loaded or run. */
function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body
}

// one paragraph is inserted into the line where the caret stands
function insertable(html: string): string {
  const one = /^<p>((?:(?!<\/?p>).)*)<\/p>$/s.exec(html)
  return one?.[1] ?? html
}

function placeAtEnd(box: HTMLElement | null): void {
  if (!box) return
  box.focus()
  const selection = getSelection()
  selection?.selectAllChildren(box)
  selection?.collapseToEnd()
}
