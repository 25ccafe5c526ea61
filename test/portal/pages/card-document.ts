import type { CardKind, Entity } from '../model.ts'
import type { CardTexts } from './browser/model.ts'
import { cardModel } from './card-model.ts'
import { cardScheme } from './card-scheme.ts'
import { ENTITY_TYPE_ID, entityTitle, findEntity } from './entities.ts'
import { type Html, html, scriptJson } from './html.ts'
import { bxMessage } from './messages.ts'
import { stageBar, stageBarScript } from './stage-bar.ts'
import { type Texts, textsFor } from './text.ts'
import { timeline } from './timeline.ts'
import type { PageContext } from './types.ts'

/** An IFRAME=Y document never stays on top: it goes to its address without the parameters. */
const REDIRECT_IF_TOP = `<script data-skip-moving="true">
if (window === window.top) {
  var address = new URL(location.href);
  address.searchParams.delete('IFRAME');
  address.searchParams.delete('IFRAME_TYPE');
  location.replace(address.href);
}
</script>`

/** The card itself: the document inside a slider. Null when there is no such record. */
export function cardDocument(kind: CardKind, id: number, context: PageContext): string | null {
  const entity = id === 0 ? newEntity() : findEntity(context.data, kind, id)
  if (entity === null) return null
  const texts = textsFor(context.language)
  const title = id === 0 ? texts.newItem : entityTitle(kind, entity)
  const guid = cardGuid(kind, entity)
  const body = html`
<div class="crm-iframe-header"><div class="pagetitle-wrap"><div class="pagetitle-inner-container">
  <div class="pagetitle-menu" id="pagetitle-menu"><div class="crm-entity-actions-container"><button type="button" class="ui-btn ui-btn-light">${texts.tabAutomation}</button><button type="button" class="ui-btn ui-btn-light ui-btn-icon-setting" aria-label="${texts.edit}"></button></div></div>
  <div class="pagetitle"><div class="pagetitle-title-prefix"></div><span id="pagetitle_icon"></span><span id="pagetitle" class="pagetitle-item">${title}</span><span id="pagetitle_btn_wrapper"><span id="pagetitle_edit" class="pagetitle-edit-button"></span><span id="page_url_copy_btn" class="crm-page-link-btn"></span></span><div id="pagetitle_sub" class="pagetitle-sub"></div></div>
</div></div></div>
<div class="crm-iframe-workarea" id="crm-content-outer"><div class="crm-iframe-sidebar"></div><div class="crm-iframe-content">
<div class="crm-entity-wrap" id="${guid}_container">
${kind === 'lead' ? stageBar(guid, entity, context, texts) : null}
${tabs(guid, texts)}
<div id="${guid}_tabs" style="position: relative;">
  <div class="crm-entity-section crm-entity-section-info" data-tab-id="main">
    <div class="crm-entity-card-container">
      <div class="crm-entity-card-container-content" id="${guid}_editor_container"></div>
      <div class="crm-entity-card-widget-add-btn-container" id="${guid}_editor_buttons" style="display: none;"></div>
    </div>
    <div class="crm-entity-stream-container"><div class="crm-entity-stream-container-content">
      <div class="crm-entity-stream-container-list">
        ${streamMenu(texts)}
        ${timeline(kind, entity, context, texts)}
      </div>
    </div></div>
  </div>
  ${['tab_products', 'tab_quote', 'tab_automation', 'tab_bizproc', 'tab_event'].map((tab) => html`<div data-tab-id="${tab}" class="crm-entity-section crm-entity-section-tab-content-hide crm-entity-section-above-overlay" style="display: none;"></div>`)}
</div>
${id === 0 ? html`<div class="crm-entity-overlay"></div>` : null}
</div></div></div>
<script src="/bitrix/js/main/core.js"></script>
${bxMessage(context)}
<script type="module" src="/bitrix/js/crm/card.js"></script>
${kind === 'lead' ? stageBarScript(guid, entity) : null}
${cardScripts(kind, guid, entity, context, texts)}`
  return `<!DOCTYPE html>
<html lang="${context.language}" xml:lang="${context.language}">
<head>
<meta charset="utf-8">
${REDIRECT_IF_TOP}
<title>${html`${title}`}</title>
<link rel="stylesheet" href="/bitrix/css/base.css"><link rel="stylesheet" href="/bitrix/css/card.css">
</head>
<body class="crm-iframe-popup crm-detail-page template-air no-paddings no-background" onload="window.top.BX.onCustomEvent(window.top, 'crmEntityIframeLoad')" onunload="window.top.BX.onCustomEvent(window.top, 'crmEntityIframeUnload')">${body}
</body>
</html>`
}

/** A repeat lead has a GUID of its own. */
function cardGuid(kind: CardKind, entity: Entity): string {
  const isReturning = kind === 'lead' && entity.fields.IS_RETURN_CUSTOMER === 'Y'
  return `${isReturning ? 'returning_' : ''}${kind}_${entity.ID}_details`
}

function newEntity(): Entity {
  return { ID: 0, fields: { STATUS_ID: 'NEW' }, multifields: [] }
}

function tabs(guid: string, texts: Texts): Html {
  const names = [
    ['main', texts.tabMain],
    ['tab_products', texts.tabProducts],
    ['tab_quote', texts.tabQuotes],
    ['tab_automation', texts.tabAutomation],
    ['tab_bizproc', texts.tabBizproc],
    ['tab_event', texts.tabHistory],
  ]
  return html`<div class="crm-entity-section crm-entity-section-tabs" data-role="crm-item-detail-container" id="${guid}_menu">${names.map(([id, name], index) => html`<div class="main-buttons-item${index === 0 ? ' main-buttons-item-active' : ''}" data-tab-id="${id}">${name}</div>`)}</div>`
}

function streamMenu(texts: Texts): Html {
  const names = [texts.streamComment, texts.streamTodo, texts.streamCall, texts.streamMail]
  return html`<div class="crm-entity-stream-section crm-entity-stream-section-new"><div class="crm-entity-stream-menu">${names.map((name, index) => html`<span class="main-buttons-item${index === 0 ? ' main-buttons-item-active' : ''}">${name}</span>`)}</div><textarea class="crm-entity-stream-content-new-comment-textarea" rows="1" placeholder="${texts.streamPlaceholder}"></textarea></div>`
}

/**
 * The inline scripts that build the card on BX.ready. Current builds write the model's data as
 * strict JSON inside a JS literal, and it stays readable as the script's text.
 */
function cardScripts(
  kind: CardKind,
  guid: string,
  entity: Entity,
  context: PageContext,
  texts: Texts,
): Html {
  const typeId = ENTITY_TYPE_ID[kind]
  const words: CardTexts = {
    edit: texts.edit,
    save: texts.save,
    cancel: texts.cancel,
    empty: texts.fieldEmpty,
    call: texts.call,
    finishTitle: texts.finishTitle,
    finishSuccess: texts.finishSuccess,
    finishFailure: texts.finishFailure,
  }
  return html`<script>
BX.message({CRM_CARD_TEXTS: ${scriptJson(words)}});
</script>
<script>
BX.ready(function() {
  BX.Crm.Page.context = '${kind}-${entity.ID}';
  BX.Crm.EntityDetailFactory.create("${guid}", {
    entityTypeId: ${typeId},
    entityId: ${entity.ID},
    tabs: [{ id: "main" }],
    containerId: "${guid}_container"
  });
});
</script>
<script>
BX.ready(function() {
  var config = BX.Crm.EntityConfig.create("${guid}_editor", { data: ${scriptJson(cardScheme(kind, context, texts))} });
  var model = BX.Crm.EntityEditorModelFactory.create(
    ${typeId},
    "",
    { entityTypeId: ${typeId}, data: ${scriptJson(cardModel(kind, entity, context, texts))} }
  );
  BX.Crm.EntityEditor.setDefault(
    BX.Crm.EntityEditor.create("${guid}_editor", {
      model: model,
      config: config,
      containerId: "${guid}_editor_container",
      entityTypeId: ${typeId},
      entityId: ${entity.ID}
    })
  );
});
</script>`
}

/** What a card document asks for again and again: stands in for Bitrix24's push channel. */
export function cardUpdates(kind: CardKind, id: number, context: PageContext): string | null {
  const entity = findEntity(context.data, kind, id)
  if (entity === null) return null
  return JSON.stringify({
    timeline: timeline(kind, entity, context, textsFor(context.language)).text,
    stageId: entity.fields.STATUS_ID ?? null,
  })
}
