import type { SchemeSection } from '../card-scheme.ts'
import { callNumber } from './calls.ts'
import { type EditorSettings, EntityEditor } from './editor.ts'
import type { CardModel, CardTexts } from './model.ts'
import type { PortalWindow } from './portal-window.ts'
import { bindStages, showStage } from './stages.ts'

/** How often the card asks for news; Bitrix24 would push them. */
const UPDATE_INTERVAL_MS = 2_000

const page = window as unknown as PortalWindow
const top = window.top as unknown as PortalWindow
const { BX } = page
const texts = () => BX.message('CRM_CARD_TEXTS') as CardTexts

interface DetailSettings {
  entityTypeId: number
  entityId: number
  containerId: string
}

// In a frame the side panel is the top window's. (On top this document is about to leave.)
if (page !== top) {
  BX.SidePanel = {
    get Instance() {
      if (!top.BX.SidePanel) throw new Error('The top window has no side panel')
      return top.BX.SidePanel.Instance
    },
  }
}

let lastTimeline = ''
let lastStageId = ''
let defaultEditor: EntityEditor | null = null
const detailManagers: Record<string, DetailSettings> = {}

Object.assign(BX.Crm, {
  Page: { context: '' },
  EntityConfig: {
    create: (_id: string, settings: { data: SchemeSection[] }) => settings.data,
  },
  EntityEditorModelFactory: {
    create: (_typeId: number, _id: string, settings: { data: CardModel }) => settings.data,
  },
  EntityEditor: {
    create: (id: string, settings: EditorSettings) => new EntityEditor(id, settings, texts()),
    getDefault: () => defaultEditor,
    setDefault: (editor: EntityEditor) => {
      defaultEditor = editor
    },
  },
  EntityDetailManager: { items: detailManagers },
  EntityDetailFactory: {
    create: (guid: string, settings: DetailSettings) => {
      detailManagers[guid] = settings
      bindCard(settings)
    },
  },
  EntityDetailProgressControl: {
    create: (_id: string, settings: { containerId: string }) =>
      bindStages(settings.containerId, texts()),
  },
})

function bindCard(settings: DetailSettings): void {
  // Whatever the link's rule says, a card is thrown away when its slider closes.
  BX.SidePanel?.Instance.getSliderByWindow(window)?.setCacheable(false)
  const typeName = typeNameOf(settings)
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-call-number]')
    const number = button?.dataset.callNumber
    if (number) callNumber(number, typeName, settings.entityId)
  })
  if (settings.entityId > 0) setInterval(() => void update(settings), UPDATE_INTERVAL_MS)
}

function typeNameOf(settings: DetailSettings): string {
  return /(lead|company|contact|deal)_\d+_details/.exec(settings.containerId)?.[1] ?? 'lead'
}

/** New entries of the stream and a new stage; the model stays the snapshot at load. */
async function update(settings: DetailSettings): Promise<void> {
  const address = `/bitrix/components/bitrix/crm.timeline/ajax.php?type=${typeNameOf(settings)}&id=${settings.entityId}`
  let news: { timeline: string; stageId: string | null }
  try {
    const response = await fetch(address)
    if (!response.ok) return
    news = await response.json()
  } catch {
    return // The portal is away; the next round asks again.
  }
  if (lastTimeline !== news.timeline) {
    lastTimeline = news.timeline
    showTimeline(news.timeline)
  }
  const guid = settings.containerId.replace(/_container$/, '')
  if (news.stageId !== null && news.stageId !== lastStageId) {
    lastStageId = news.stageId
    showStage(`${guid}_progress_bar`, news.stageId)
  }
}

/** Everything below «add a comment» is laid out anew. */
function showTimeline(markup: string): void {
  const list = document.querySelector('.crm-entity-stream-container-list')
  const first = list?.querySelector('.crm-entity-stream-section-new')
  if (!list || !first) return
  list.replaceChildren(first)
  list.insertAdjacentHTML('beforeend', markup)
}
