import type { CardTexts } from './model.ts'
import { openPopup } from './popup.ts'
import type { PortalWindow } from './portal-window.ts'

const NOT_REACHED = '#e6ebf0'

/** Colours the steps up to the given one; no class tells which is the current stage. */
export function showStage(containerId: string, stageId: string): void {
  const steps = stepsOf(containerId)
  const reached = steps.findIndex((step) => step.dataset.id === stageId)
  if (reached < 0) return
  const color = baseColor(steps[reached])
  steps.forEach((step, index) => {
    const item = step.querySelector<HTMLElement>('.crm-entity-section-status-step-item')
    if (item) item.style.backgroundColor = index <= reached ? color : NOT_REACHED
  })
}

/** Clicks on the bar: a step in progress is saved at once, the last one asks how the lead ends. */
export function bindStages(containerId: string, texts: CardTexts): void {
  document.getElementById(containerId)?.addEventListener('click', (event) => {
    const step = (event.target as Element).closest<HTMLElement>('.crm-entity-section-status-step')
    const stageId = step?.dataset.id
    if (!step || !stageId) return
    if (step.dataset.semantics === 'P') {
      showStage(containerId, stageId)
      const { BX } = window as unknown as PortalWindow
      BX.onCustomEvent(step, 'Crm.EntityProgress.Saved', [{ currentStepId: stageId }])
    } else {
      askForEnd(texts)
    }
  })
}

/** After a lead has ended the card reloads itself: the same iframe, a new document. */
function askForEnd(texts: CardTexts): void {
  const end = () => location.reload()
  openPopup('entity_progress_TERMINATION', texts.finishTitle, '', [
    {
      text: texts.finishSuccess,
      className: 'ui-btn ui-btn-success webform-small-button-accept',
      onClick: end,
    },
    { text: texts.finishFailure, className: 'ui-btn ui-btn-danger', onClick: end },
  ])
}

function stepsOf(containerId: string): HTMLElement[] {
  return [
    ...document.querySelectorAll<HTMLElement>(`#${containerId} .crm-entity-section-status-step`),
  ]
}

function baseColor(step: HTMLElement | undefined): string {
  return step?.querySelector<HTMLElement>('[data-base-color]')?.dataset.baseColor || '#2fc6f6'
}
