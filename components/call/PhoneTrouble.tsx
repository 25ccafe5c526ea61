import type { SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import type { PanelActions } from '../panel/actions.ts'
import { usePanel } from '../panel/context.ts'
import { Button } from '../ui/Button.tsx'
import { Strip } from '../ui/Strip.tsx'

/** What is wrong with phone or microphone, in words, each with its one fix. */
export function PhoneTrouble({
  softphone,
  actions,
}: {
  softphone: SoftphoneSnapshot
  actions: Pick<PanelActions, 'openOptions' | 'requestMicrophone'>
}) {
  const { t } = usePanel()
  const { registration, microphone } = softphone
  return (
    <>
      {registration !== 'registered' && (
        <Strip
          tone={registration === 'refused' ? 'danger' : 'waiting'}
          icon="phone"
          action={
            (registration === 'off' || registration === 'refused') && (
              <Button size="small" onClick={() => actions.openOptions()}>
                {t('action.openSettings')}
              </Button>
            )
          }
        >
          {t(`registration.${registration}`)}
        </Strip>
      )}
      {microphone !== 'granted' && microphone !== 'unknown' && (
        <Strip
          tone={microphone === 'prompt' ? 'waiting' : 'danger'}
          icon="microphoneOff"
          action={
            <Button size="small" onClick={() => actions.requestMicrophone()}>
              {t(
                microphone === 'missing' || microphone === 'lost'
                  ? 'action.checkMicrophone'
                  : 'action.requestMicrophone',
              )}
            </Button>
          }
        >
          {t(`microphone.${microphone}`)}
        </Strip>
      )}
    </>
  )
}
