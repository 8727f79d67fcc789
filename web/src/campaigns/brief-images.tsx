/**
 * The images of a brief: brought here, described in words or marked as decoration, and placed by a line in the text that
 * moves with it.
 */
import { imageLimit, mostImages } from '@kontor/api/campaigns'
import type { Brief, BriefImage, Picture } from '@kontor/api/campaigns'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { withoutImage } from '../parts/brief-paragraphs.ts'
import { PickPicture } from '../parts/pick-picture.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox, TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useAddImage } from './asks.ts'
import styles from './brief-images.module.css'

interface BriefImagesProps {
  readonly campaignId: string
  readonly brief: Brief
  readonly pictures: readonly Picture[]
  /** What the server said to the brief as a whole. */
  readonly refused: Error | null
  readonly keep: (brief: Brief) => void
  /** Shows a picture in the brief, where the cursor stood in the text. */
  readonly place: (picture: Picture) => void
}

export function BriefImages(props: BriefImagesProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const { brief, keep } = props
  const add = useAddImage(props.campaignId)
  const [tooLarge, refuse] = useState<ProblemError>()
  const problem = tooLarge ?? add.error
  const wordless = props.refused instanceof ProblemError && props.refused.code === 'image_needs_words'

  function change(id: string, to: Partial<BriefImage>): void {
    const images = brief.images.map((image) => (image.id === id ? { ...image, ...to } : image))
    keep({ ...brief, images })
  }
  function remove(at: number): void {
    const images = brief.images.filter((_, place) => place !== at)
    keep({ ...brief, images, body: withoutImage(brief.body, at + 1) })
  }
  return (
    <fieldset className={styles['images']}>
      <legend>{t('brief.images')}</legend>
      <p className={styles['hint']}>{t('brief.imagesHint', { line: t('brief.imageLine', { n: 1 }) })}</p>
      {brief.images.map((image, at) => (
        <div key={image.id} className={styles['image']}>
          <Thumbnail picture={props.pictures.find((one) => one.id === image.id)} />
          <div>
            <TextField
              label={t('brief.alt', { n: at + 1 })}
              value={image.alt}
              maxLength={300}
              disabled={image.decorative}
              problem={
                wordless && !image.decorative && image.alt.trim() === '' ? t('brief.altMissing') : undefined
              }
              onText={(alt) => change(image.id, { alt })}
            />
            <div className={styles['imageActs']}>
              <Checkbox
                label={t('brief.decorative')}
                checked={image.decorative}
                onCheck={(decorative) => change(image.id, { decorative })}
              />
              <Button
                look="quiet"
                aria-label={t('brief.removeImage', { n: at + 1 })}
                onClick={() => remove(at)}
              >
                {t('brief.remove')}
              </Button>
            </div>
          </div>
        </div>
      ))}
      {problem ? <ProblemBanner sentence={sentence(problem)} /> : null}
      <div>
        <PickPicture
          label={t('brief.addImage')}
          limit={imageLimit}
          busy={add.isPending}
          disabled={brief.images.length >= mostImages}
          pick={(file) => {
            refuse(undefined)
            add.mutate(file, { onSuccess: props.place })
          }}
          refuse={refuse}
        />
      </div>
    </fieldset>
  )
}

function Thumbnail({ picture }: { readonly picture: Picture | undefined }): ReactElement {
  return <span className={styles['thumbnail']}>{picture ? <img src={picture.path} alt="" /> : null}</span>
}
