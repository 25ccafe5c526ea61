import type { Entity, Status } from '../model.ts'
import { dictionary, fieldText } from './entities.ts'
import { type Html, html, raw, scriptJson } from './html.ts'
import type { Texts } from './text.ts'
import type { PageContext } from './types.ts'

const NOT_REACHED = '#e6ebf0'

/**
 * The lead's stages. The current one has no class of its own: passed steps only get its colour by
 * inline style, and an inline script says `currentStepId`.
 */
export function stageBar(guid: string, lead: Entity, context: PageContext, texts: Texts): Html {
  const stages = dictionary(context.data, 'STATUS')
  const current = fieldText(lead, 'STATUS_ID')
  const reached = stages.findIndex((stage) => stage.STATUS_ID === current)
  const color = stages[reached]?.COLOR || '#2fc6f6'
  const steps = stages.map((stage, index) => step(stage, index <= reached ? color : null, texts))
  return html`<div class="crm-entity-section crm-entity-section-status-wrap">
  <div class="crm-entity-section-status-container"><div class="crm-entity-section-status-container-flex" id="${guid}_progress_bar">${steps}</div></div>
</div>`
}

/** The bar's inline script; like all of them it is moved to the end of body. */
export function stageBarScript(guid: string, lead: Entity): Html {
  return html`<script>
BX.ready(function() {
  BX.Crm.EntityDetailProgressControl.create("${guid}_progress", {
    containerId: "${guid}_progress_bar",
    currentStepId: ${scriptJson(fieldText(lead, 'STATUS_ID'))},
    entityType: "LEAD",
    entityId: ${lead.ID}
  });
});
</script>`
}

/** Failure stages stand in the bar too, but only the final popup shows them. */
function step(stage: Status, color: string | null, texts: Texts): Html {
  const isFailure = stage.SEMANTICS === 'F'
  const label = stage.SEMANTICS === 'S' ? texts.finishLead : stage.NAME
  const style = `background-color:${color ?? NOT_REACHED};border-bottom-color:${stage.COLOR || NOT_REACHED}`
  return html`<div class="crm-entity-section-status-step" data-id="${stage.STATUS_ID}" data-semantics="${stage.SEMANTICS ?? 'P'}"${raw(isFailure ? ' style="display:none"' : '')}><div class="crm-entity-section-status-step-item" title="${stage.NAME}" style="${style}"><div class="crm-entity-section-status-step-item-text" data-base-color="${stage.COLOR}">${label}</div></div></div>`
}
