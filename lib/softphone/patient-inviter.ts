import { type Core, Inviter, SessionState } from 'sip.js'

/**
 * sip.js drops a BYE that comes while it still applies the answer of the 200, and never answers
 * it: the call would seem to go on. Here such a BYE waits until the session stands.
 */
export class PatientInviter extends Inviter {
  protected override onByeRequest(request: Core.IncomingByeRequest): void {
    if (this.state !== SessionState.Establishing) {
      super.onByeRequest(request)
      return
    }
    const whenSettled = (state: SessionState) => {
      this.stateChange.removeListener(whenSettled)
      // Behind everybody else who has to hear first that the call was answered.
      if (state === SessionState.Established) queueMicrotask(() => super.onByeRequest(request))
    }
    this.stateChange.addListener(whenSettled)
  }
}
