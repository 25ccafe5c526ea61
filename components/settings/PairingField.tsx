import { useState } from 'react'
import type { PairingOutcome } from '../../lib/contracts/messages.ts'
import type { createTranslator, TextKey } from '../../lib/locales/index.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'

const TROUBLES: Record<Exclude<PairingOutcome['state'], 'paired'>, TextKey> = {
  unknown: 'options.pairingUnknown',
  used: 'options.pairingUsed',
  expired: 'options.pairingExpired',
  limit: 'options.pairingLimit',
  away: 'options.pairingAway',
}

/** A code from the coordinator instead of a token: traded at once, and once. */
export function PairingField({
  pair,
  t,
}: {
  pair: (code: string) => Promise<PairingOutcome>
  t: ReturnType<typeof createTranslator>
}) {
  const [code, setCode] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<PairingOutcome | null>(null)

  async function trade(): Promise<void> {
    if (isBusy || code.trim() === '') return
    setBusy(true)
    const answer = await pair(code.trim())
    setBusy(false)
    setOutcome(answer)
    if (answer.state === 'paired') setCode('')
  }

  const problem = outcome && outcome.state !== 'paired' ? t(TROUBLES[outcome.state]) : null
  return (
    <>
      <Field
        label={t('options.pairingCode')}
        hint={t('options.pairingCodeHint')}
        value={code}
        problem={problem}
        onChange={(text) => {
          setCode(text)
          setOutcome(null)
        }}
      />
      <Button aria-disabled={isBusy || code.trim() === ''} onClick={() => void trade()}>
        {t('options.pair')}
      </Button>
      <p role="status">
        {outcome?.state === 'paired' && t('options.paired', { name: outcome.name })}
      </p>
    </>
  )
}
