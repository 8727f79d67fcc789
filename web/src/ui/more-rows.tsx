/** The end of a list of which more can be fetched; nothing at the end of all. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'

interface MoreRowsProps {
  readonly of: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
  readonly className?: string | undefined
}

export function MoreRows({ of, className }: MoreRowsProps): ReactElement | null {
  const { t } = useTranslation('shell')
  if (!of.hasNextPage) return null
  return (
    <div className={className}>
      <Button look="quiet" busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t('act.more')}
      </Button>
    </div>
  )
}
