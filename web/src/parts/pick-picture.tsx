/**
 * A button that asks for a picture from this machine. What is too large is said at once, with the sentence that the
 * server would say; everything else the server finds out from the bytes.
 */
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { Button, type ButtonLook } from '../ui/button.tsx'

interface PickPictureProps {
  readonly label: string
  readonly look?: ButtonLook
  readonly limit: { readonly bytes: number }
  readonly busy: boolean
  readonly disabled?: boolean
  readonly pick: (file: File) => void
  readonly refuse: (problem: ProblemError) => void
}

export function PickPicture(props: PickPictureProps): ReactElement {
  const { t } = useTranslation('parts')
  const input = useRef<HTMLInputElement>(null)

  function chosen(file: File | undefined): void {
    if (!file) return
    const { bytes } = props.limit
    if (file.size <= bytes) return props.pick(file)
    const values = { most: bytes / 1_000_000 }
    props.refuse(new ProblemError({ code: 'image_too_large', status: 413, title: 'Too large', values }))
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        hidden
        onChange={(event) => {
          chosen(event.currentTarget.files?.[0])
          // the same file may be chosen again after it was mended
          event.currentTarget.value = ''
        }}
      />
      <Button
        look={props.look ?? 'plain'}
        busy={props.busy}
        disabled={props.disabled ?? false}
        onClick={() => input.current?.click()}
      >
        {props.busy ? t('picture.bringing') : props.label}
      </Button>
    </>
  )
}
