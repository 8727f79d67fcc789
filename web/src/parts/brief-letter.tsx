/**
 * A brief as influencers see it: the brand's colour and name above, the letter, and the terms as a small timetable.
 * Used by the public page and by the editor's preview, so that what the team sees is what creators get.
 * It knows no session and no address; its words come from the caller, in the influencer's language.
 */
import type { ReactElement, ReactNode } from 'react'
import type { Brief, Picture } from '@kontor/api/campaigns'
import { brandLook } from './brand-colour.ts'
import { type Paragraph, paragraphs } from './brief-paragraphs.ts'
import type { BriefLetterWords } from './brief-words.ts'
import styles from './brief-letter.module.css'

export interface BriefLetterProps {
  readonly brief: Brief
  /** Those that the brief shows; others may be among them. */
  readonly images: readonly Picture[]
  readonly logo: Picture | undefined
  readonly campaignName: string
  readonly brandColour: string
  readonly words: BriefLetterWords
  readonly language: 'en' | 'de'
  /** Level of the headline: h1 on the public page, lower inside another screen. */
  readonly heading?: 'h1' | 'h3'
  readonly children?: ReactNode
}

export function BriefLetter(props: BriefLetterProps): ReactElement {
  const { brief, words } = props
  return (
    <article lang={props.language} className={styles['sheet']}>
      <BrandHead
        colour={props.brandColour}
        logo={props.logo}
        from={words.from}
        campaignName={props.campaignName}
        headline={brief.headline}
        heading={props.heading ?? 'h1'}
      />
      <div className={styles['letter']}>
        {words.greeting ? <p className={styles['greeting']}>{words.greeting}</p> : null}
        {paragraphs(brief.body, brief.images.length).map((part) => (
          <Part key={keyOf(part)} part={part} brief={brief} images={props.images} />
        ))}
        <dl className={styles['terms']}>
          <Term name={words.deliverables}>
            {brief.deliverables.length > 0 ? (
              <ul>
                {brief.deliverables.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            ) : null}
          </Term>
          <Term name={words.applyUntil.name}>{words.applyUntil.value}</Term>
          <Term name={words.publish.name}>{words.publish.value}</Term>
          <Term name={words.dates}>{brief.dates}</Term>
          <Term name={words.compensation}>{brief.compensation}</Term>
        </dl>
        {props.children}
      </div>
    </article>
  )
}

function keyOf(part: Paragraph): string {
  if (part.kind === 'image') return `image ${part.n}`
  return part.kind === 'list' ? part.lines.join('\n') : part.text
}

interface PartProps {
  readonly part: Paragraph
  readonly brief: Brief
  readonly images: readonly Picture[]
}

function Part({ part, brief, images }: PartProps): ReactElement | null {
  if (part.kind === 'text') return <p>{part.text}</p>
  if (part.kind === 'list') {
    return (
      <ul>
        {part.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )
  }
  const image = brief.images[part.n - 1]
  const picture = images.find((one) => one.id === image?.id)
  if (!image || !picture) return null
  return (
    <img
      className={styles['image']}
      src={picture.path}
      alt={image.decorative ? '' : image.alt}
      width={picture.width}
      height={picture.height}
      decoding="async"
    />
  )
}

/** The band in the brand's colour. The campaign's name stands alone when there is no headline yet. */
export function BrandHead(props: {
  readonly colour: string
  readonly logo: Picture | undefined
  readonly from: string
  readonly campaignName: string
  readonly headline: string
  readonly heading?: 'h1' | 'h3'
}): ReactElement {
  const Heading = props.heading ?? 'h1'
  const look = brandLook(props.colour, '#FFFFFF', '#1B1D1F')
  return (
    <header className={styles['head']} style={{ background: look.fill, color: look.onFill }}>
      <div className={styles['headInner']}>
        {props.logo ? (
          // the line below names the brand already
          <span className={styles['plate']}>
            <img src={props.logo.path} alt="" width={props.logo.width} height={props.logo.height} />
          </span>
        ) : null}
        <p className={styles['from']}>{props.from}</p>
        <Heading className={styles['headline']}>{props.headline || props.campaignName}</Heading>
        {props.headline && props.headline !== props.campaignName ? (
          <p className={styles['campaign']}>{props.campaignName}</p>
        ) : null}
      </div>
    </header>
  )
}

function Term({
  name,
  children,
}: {
  readonly name: string
  readonly children: ReactNode
}): ReactElement | null {
  if (!children) return null
  return (
    <div className={styles['term']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
