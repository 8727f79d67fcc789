/** Chooses files from one's own device. */
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { FileSign } from '../composer/signs.tsx'

export function AttachButton({ add }: { readonly add: (files: Iterable<File>) => void }): ReactElement {
  const { t } = useTranslation('parts')
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          add(Array.from(event.currentTarget.files ?? []))
          event.currentTarget.value = ''
        }}
      />
      <Button look="quiet" onClick={() => picker.current?.click()}>
        <FileSign /> {t('composer.attach')}
      </Button>
    </>
  )
}
