import { useState } from 'react'
import type { PortalMoveOutcome } from '../../lib/contracts/account.ts'
import type { createTranslator, TextKey } from '../../lib/locales/index.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Strip } from '../ui/Strip.tsx'
import type { AccountActions } from './account-actions.ts'
import { originOf } from './form.ts'

const OUTCOMES: Record<Exclude<PortalMoveOutcome, 'moved'>, TextKey> = {
  forbidden: 'options.moveForbidden',
  refused: 'options.moveRefused',
  away: 'options.moveAway',
}

/** The portal has a new address: an administrator agrees to it, then everybody goes there. */
export function MovedPortal({
  movedTo,
  actions,
  allow,
  onAgreed,
  onFollowed,
  t,
}: {
  /** Null while nobody has agreed. */
  movedTo: string | null
  actions: AccountActions
  allow(origin: string): Promise<'known' | 'new' | 'refused'>
  onAgreed: () => Promise<void>
  onFollowed: () => Promise<void>
  t: ReturnType<typeof createTranslator>
}) {
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<TextKey | null>(null)

  async function agree(): Promise<void> {
    const origin = originOf(address)
    if (origin === '') return setProblem('options.invalid')
    const outcome = await actions.agreeToMove(origin)
    setProblem(outcome === 'moved' ? null : OUTCOMES[outcome])
    if (outcome === 'moved') await onAgreed()
  }

  async function follow(origin: string): Promise<void> {
    if ((await allow(origin)) === 'refused') return setProblem('options.allowRefused')
    await actions.follow()
    await onFollowed()
  }

  if (movedTo !== null) {
    return (
      <Strip
        tone="danger"
        icon="shield"
        action={
          <Button size="small" onClick={() => void follow(movedTo)}>
            {t('options.followMove', { origin: movedTo })}
          </Button>
        }
      >
        {problem ? t(problem) : t('account.bitrix24_moved')}
      </Strip>
    )
  }
  return (
    <>
      <Strip
        tone="danger"
        icon="shield"
        action={
          <Button size="small" onClick={() => void agree()}>
            {t('options.agreeToMove')}
          </Button>
        }
      >
        {t('account.bitrix24_moved')}
      </Strip>
      <Field
        label={t('options.newAddress')}
        hint={t('options.portalAddressHint')}
        value={address}
        problem={problem && t(problem)}
        onChange={(text) => {
          setAddress(text)
          setProblem(null)
        }}
      />
    </>
  )
}
